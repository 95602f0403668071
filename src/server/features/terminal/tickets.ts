import { createHash, randomBytes } from "node:crypto";
import type { Caller } from "../../http/caller.ts";
import type { Redeem } from "../../http/socket-entry.ts";
import type { ResourceRow } from "../../storage/tables.ts";
import type { TerminalNeeds } from "./terminal-needs.ts";

const lastsMs = 30_000;

interface Asked {
  container?: string | undefined;
  debug?: boolean | undefined;
}

/** What a ticket is good for: one pod, and what was asked of it. Another pod of that name is another. */
export function purposeOf({ id, uid }: Pick<ResourceRow, "id" | "uid">, { container, debug }: Asked): string {
  return JSON.stringify([id, uid, container ?? "", debug ?? false]);
}

/** Makes a ticket; only its hash is kept. */
export async function issueTicket(
  { execTickets }: Pick<TerminalNeeds, "execTickets">,
  { user, session_id }: Caller,
  purpose: string,
): Promise<{ ticket: string; expires_at: string }> {
  const ticket = randomBytes(32).toString("base64url");
  const hash = hashOf(ticket);
  const expires_ms = await execTickets.add({ hash, user_id: user.id, session_id, purpose, lastsMs });
  return { ticket, expires_at: new Date(expires_ms).toISOString() };
}

/** Lets in by ticket whoever asked for it, unless their session has ended since. */
export function redeemer({ execTickets, sessions }: Pick<TerminalNeeds, "execTickets" | "sessions">): Redeem {
  return async (ticket) => {
    const { session_id, user_id, purpose } = (await execTickets.take(hashOf(ticket))) ?? {};
    const caller = session_id === undefined ? undefined : await sessions.callerOf(session_id);
    if (!caller || session_id === undefined || purpose === undefined || caller.user.id !== user_id)
      return undefined;
    return { user: caller.user, session_id, purpose };
  };
}

const hashOf = (ticket: string) => createHash("sha256").update(ticket).digest("base64url");
