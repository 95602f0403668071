import type { Kysely } from "kysely";
import type { Migration } from "kysely/migration";

/** Groups and notes of the canvas go with the drawing they were made for. */
export const versionCanvas: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema.alterTable("versions").addColumn("canvas", "text").execute();
  },
};
