import type { Kysely } from "kysely";
import type { Migration } from "kysely/migration";

/** Who did what. Without references: it is known after who did it, and to what, have gone. */
export const audit: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable("audit")
      .addColumn("id", "text", (column) => column.primaryKey())
      .addColumn("at", "text", (column) => column.notNull())
      .addColumn("user_id", "text")
      .addColumn("action", "text", (column) => column.notNull())
      .addColumn("object", "text", (column) => column.notNull())
      .addColumn("result", "text", (column) => column.notNull())
      .addColumn("address", "text")
      .execute();
    await db.schema.createIndex("audit_at").on("audit").columns(["at", "id"]).execute();
  },
};
