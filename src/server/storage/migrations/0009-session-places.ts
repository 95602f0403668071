import type { Kysely } from "kysely";
import type { Migration } from "kysely/migration";

/** Where a session was begun from and when it was last used, so that people know their own from others'. */
export const sessionPlaces: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const column of ["address", "agent", "last_seen_at"])
      await db.schema.alterTable("sessions").addColumn(column, "text").execute();
  },
};
