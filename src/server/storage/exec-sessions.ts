import { audit } from "./audit.ts";
import type { Database } from "./database.ts";
import type { ExecSessionRow } from "./tables.ts";

export type ExecSessionStore = ReturnType<typeof execSessionStore>;

type Begun = Omit<ExecSessionRow, "ended_at" | "ending" | "bytes_in" | "bytes_out">;
type Ended = Pick<ExecSessionRow, "id" | "ending" | "bytes_in" | "bytes_out"> & { ended_at: string };

/** Who had a terminal where and when, and how much went through it: never what. */
export function execSessionStore({ write }: Database) {
  return {
    async begin(session: Begun): Promise<void> {
      const row = { ...session, ended_at: null, ending: null, bytes_in: 0, bytes_out: 0 };
      const { user_id, started_at: at, resource_id: object, address } = session;
      await write(async (tx) => {
        await audit(tx, { at, user_id, action: "exec", object, address });
        await tx.insertInto("exec_sessions").values(row).execute();
      });
    },

    async end({ id, ...ended }: Ended): Promise<void> {
      await write((tx) => tx.updateTable("exec_sessions").set(ended).where("id", "=", id).execute());
    },
  };
}
