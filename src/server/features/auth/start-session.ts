import type { SignedIn } from "../../../contract/auth.ts";
import type { User } from "../../../contract/user.ts";
import { unauthenticated } from "../../../core/problem.ts";
import type { Claims, Tokens } from "../../secrets/tokens.ts";
import type { NextToken, SessionStore } from "../../storage/sessions.ts";

export interface SessionNeeds {
  sessions: SessionStore;
  tokens: Tokens;
  newId(): string;
  now(): Date;
}

const dayMs = 86_400_000;
/** How long after its end a token can still be exchanged for the next one. */
export const refreshableMs = 7 * dayMs;
/** How long after signing in one has to do so again. */
export const sessionMs = 30 * dayMs;

/** Where somebody signs in from, and with what. */
export interface SignInFrom {
  address: string;
  agent: string | undefined;
}

/** For a user whose password was just judged to be the one with this hash. */
export async function startSession(
  needs: SessionNeeds,
  user: User,
  password_hash: string,
  { address, agent = "" }: SignInFrom,
): Promise<SignedIn> {
  const { sessions, tokens, newId, now } = needs;
  const id = newId();
  const next = nextToken(needs);
  const beyondRefresh = new Date(now().getTime() - refreshableMs).toISOString();
  const session = { id, user_id: user.id, created_at: next.issued_at, ...next, address, agent: shown(agent) };
  const begun = await sessions.begin(session, password_hash, beyondRefresh);
  if (!begun) throw unauthenticated("Invalid email or password");
  return { token: await tokens.issue(claimsOf(user.id, id, next)), user };
}

/** What a stranger says of itself, as far as it is to be seen. */
function shown(agent: string): string {
  return agent.replace(/[^\x20-\x7e]/g, "").slice(0, 200);
}

export function nextToken({ newId, now }: Pick<SessionNeeds, "newId" | "now">): NextToken {
  const issued = now();
  return {
    token_id: newId(),
    issued_at: issued.toISOString(),
    expires_at: new Date(issued.getTime() + dayMs).toISOString(),
  };
}

/** The same row always gives the same claims, and with them the same token. */
export function claimsOf(user_id: string, session_id: string, token: NextToken): Claims {
  const { token_id, issued_at, expires_at } = token;
  return { user_id, session_id, token_id, iat: toSeconds(issued_at), exp: toSeconds(expires_at) };
}

function toSeconds(time: string): number {
  return Math.floor(Date.parse(time) / 1_000);
}
