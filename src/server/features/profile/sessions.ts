import type { OwnSessions } from "../../../contract/profile.ts";
import { notFound } from "../../../core/problem.ts";
import type { SessionStore } from "../../storage/sessions.ts";

export interface SessionsNeeds {
  sessions: Pick<SessionStore, "listOf" | "endOwn" | "endOthers">;
  /** Ends at once what is open in sessions that have ended. */
  sessionsChanged(): void;
  now(): Date;
}

const dayMs = 86_400_000;

/** Those that can still be used, or continued, as signing in says how long that is. */
export async function ownSessions(
  { sessions, now }: SessionsNeeds,
  user_id: string,
  current_id: string,
): Promise<OwnSessions> {
  const ago = (days: number) => new Date(now().getTime() - days * dayMs).toISOString();
  const rows = await sessions.listOf(user_id, { begun: ago(30), expired: ago(7) });
  return rows.map(({ id, created_at, last_seen_at, address, agent }) => {
    const current = id === current_id;
    const seen = current ? now().toISOString() : (last_seen_at ?? created_at);
    return { id, created_at, last_seen_at: seen, address: address ?? "", agent: agent ?? "", current };
  });
}

const reason = "ended_by_user";

export async function endSession(needs: SessionsNeeds, user_id: string, id: string): Promise<void> {
  const { sessions, now, sessionsChanged } = needs;
  if (!(await sessions.endOwn(id, user_id, now().toISOString(), reason))) throw notFound("Session");
  sessionsChanged();
}

export async function endOthers(needs: SessionsNeeds, user_id: string, current_id: string): Promise<number> {
  const { sessions, now, sessionsChanged } = needs;
  const ended = await sessions.endOthers(user_id, current_id, now().toISOString(), reason);
  sessionsChanged();
  return ended;
}
