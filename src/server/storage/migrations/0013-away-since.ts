import type { Kysely } from "kysely";
import type { Migration } from "kysely/migration";

/** When a cluster that does not answer was last known to: what was seen of it is from then. */
export const awaySince: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema.alterTable("clusters").addColumn("away_since", "text").execute();
  },
};
