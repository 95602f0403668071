import type { SessionRow } from "../../storage/tables.ts";

/** Two tabs that refresh at once must both go on, so the token before the one in force is good for a moment. */
const graceMs = 10_000;

type Order = Pick<SessionRow, "token_id" | "previous_token_id" | "issued_at">;

/** Where a token stands among those of its session: the one in force, the one just replaced, or one used up. */
export function standingOf(token_id: string, session: Order, nowMs: number): "current" | "replaced" | "used" {
  if (token_id === session.token_id) return "current";
  const isRecent = nowMs - Date.parse(session.issued_at) <= graceMs;
  return token_id === session.previous_token_id && isRecent ? "replaced" : "used";
}
