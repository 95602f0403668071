import { sql } from "kysely";
import type { Database } from "./database.ts";
import type { ExecTicketRow } from "./tables.ts";

export type ExecTicketStore = ReturnType<typeof execTicketStore>;

/** Tickets that are good once and for a short while, known by their hash alone. */
export function execTicketStore({ write, clockMs }: Database) {
  return {
    /** Answers with when it ends, and forgets those that have ended before. */
    add: ({ lastsMs, ...ticket }: Omit<ExecTicketRow, "expires_ms"> & { lastsMs: number }): Promise<number> =>
      write(async (tx) => {
        await tx.deleteFrom("exec_tickets").where("expires_ms", "<=", clockMs).execute();
        const expires_ms = sql<number>`${clockMs} + ${sql.lit(lastsMs)}`;
        const added = tx.insertInto("exec_tickets").values({ ...ticket, expires_ms });
        return (await added.returning("expires_ms").executeTakeFirstOrThrow()).expires_ms;
      }),

    /** One delete, so that of two who bring the same one is let in, on whichever server they are. */
    take: (hash: string): Promise<ExecTicketRow | undefined> =>
      write((tx) =>
        tx
          .deleteFrom("exec_tickets")
          .where("hash", "=", hash)
          .where("expires_ms", ">", clockMs)
          .returningAll()
          .executeTakeFirst(),
      ),
  };
}
