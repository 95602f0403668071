import type { Database } from "./database.ts";
import type { SessionRow } from "./tables.ts";

export type OwnSession = Pick<SessionRow, "id" | "created_at" | "last_seen_at" | "address" | "agent">;

/** Sessions that can still be continued: begun, and with a token that ended, no longer ago than that. */
export interface Since {
  begun: string;
  expired: string;
}

const mostListed = 100;

/** The sessions somebody has, as they see them. */
export function sessionsOfUser({ read, write }: Pick<Database, "read" | "write">) {
  return {
    /** The one used last first. */
    listOf(user_id: string, { begun, expired }: Since): Promise<OwnSession[]> {
      return read
        .selectFrom("sessions")
        .select(["id", "created_at", "last_seen_at", "address", "agent"])
        .where("user_id", "=", user_id)
        .where("ended_at", "is", null)
        .where("created_at", ">", begun)
        .where("expires_at", ">", expired)
        .orderBy("last_seen_at", "desc")
        .orderBy("id", "desc")
        .limit(mostListed)
        .execute();
    },

    /** False if it has ended, never was, or is somebody else's. */
    async endOwn(id: string, user_id: string, ended_at: string, end_reason: string): Promise<boolean> {
      const ended = await write((tx) =>
        tx
          .updateTable("sessions")
          .set({ ended_at, end_reason })
          .where("id", "=", id)
          .where("user_id", "=", user_id)
          .where("ended_at", "is", null)
          .returning("id")
          .executeTakeFirst(),
      );
      return ended !== undefined;
    },

    /** Ends all but one, and says how many those were. */
    async endOthers(user_id: string, kept_id: string, ended_at: string, end_reason: string): Promise<number> {
      const ended = await write((tx) =>
        tx
          .updateTable("sessions")
          .set({ ended_at, end_reason })
          .where("user_id", "=", user_id)
          .where("id", "!=", kept_id)
          .where("ended_at", "is", null)
          .returning("id")
          .execute(),
      );
      return ended.length;
    },

    ...sessionUse(write),
  };
}

function sessionUse(write: Database["write"]) {
  return {
    /** Several servers may have seen a session; the last time is kept. */
    async saveSeen(seen: readonly (readonly [session_id: string, at: string])[]): Promise<void> {
      await write(async (tx) => {
        for (const [id, last_seen_at] of seen)
          await tx
            .updateTable("sessions")
            .set({ last_seen_at })
            .where("id", "=", id)
            .where((eb) => eb.or([eb("last_seen_at", "is", null), eb("last_seen_at", "<", last_seen_at)]))
            .execute();
      });
    },
  };
}
