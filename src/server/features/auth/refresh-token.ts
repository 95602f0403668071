import type { SignedIn } from "../../../contract/auth.ts";
import { unauthenticated } from "../../../core/problem.ts";
import type { Claims } from "../../secrets/tokens.ts";
import type { OpenSession } from "../../storage/sessions.ts";
import { claimsOf, nextToken, refreshableMs, type SessionNeeds, sessionMs } from "./start-session.ts";
import { standingOf } from "./token-order.ts";

/**
 * Exchanges a token for its successor. One that was exchanged before has a second owner, and nobody can tell
 * which of the two is the thief: the session ends for both.
 */
export async function refreshToken(needs: SessionNeeds, token: string): Promise<SignedIn> {
  const claims = await needs.tokens.read(token);
  if (!claims) throw refusal();
  const session = await continuable(needs, claims);
  const standing = standingOf(claims.token_id, session, needs.now().getTime());

  if (standing === "replaced") return signedIn(needs, session, session);
  if (standing === "used") {
    await needs.sessions.end(session.id, needs.now().toISOString(), "token_reuse");
    throw refusal();
  }
  const next = nextToken(needs);
  if (await needs.sessions.rotate(session.id, claims.token_id, next)) return signedIn(needs, session, next);
  // Somebody else was faster, in this server or another: theirs is the successor.
  const rotated = await continuable(needs, claims);
  if (standingOf(claims.token_id, rotated, needs.now().getTime()) !== "replaced") throw refusal();
  return signedIn(needs, rotated, rotated);
}

/** The session of a token, unless it has ended or is too old to be continued. */
async function continuable({ sessions, now }: SessionNeeds, claims: Claims): Promise<OpenSession> {
  const nowMs = now().getTime();
  const session = await sessions.find(claims.session_id);
  if (!session || session.user.id !== claims.user_id) throw refusal();
  const isPast = nowMs > claims.exp * 1_000 + refreshableMs;
  if (isPast || nowMs > Date.parse(session.created_at) + sessionMs) throw refusal();
  return session;
}

async function signedIn(
  { tokens }: SessionNeeds,
  { id, user }: OpenSession,
  token: Parameters<typeof claimsOf>[2],
): Promise<SignedIn> {
  return { token: await tokens.issue(claimsOf(user.id, id, token)), user };
}

const refusal = () => unauthenticated("Invalid or expired token");
