import type { Kysely } from "kysely";
import type { Migration } from "kysely/migration";

/** What people are told of, and what they were told is wrong. */
export const notifications: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable("notifications")
      .addColumn("id", "text", (column) => column.primaryKey())
      .addColumn("user_id", "text", (column) => column.notNull().references("users.id").onDelete("cascade"))
      .addColumn("happening", "text", (column) => column.notNull())
      .addColumn("type", "text", (column) => column.notNull())
      .addColumn("level", "text", (column) => column.notNull())
      .addColumn("title", "text", (column) => column.notNull())
      .addColumn("message", "text", (column) => column.notNull())
      .addColumn("link", "text")
      .addColumn("ref_id", "text")
      .addColumn("created_at", "text", (column) => column.notNull())
      .addColumn("read_at", "text")
      .addColumn("told_ms", "bigint", (column) => column.notNull())
      .addUniqueConstraint("notifications_once", ["user_id", "happening"])
      .execute();
    await db.schema
      .createIndex("notifications_of")
      .on("notifications")
      .columns(["user_id", "created_at", "id"])
      .execute();
    await db.schema.createIndex("notifications_told").on("notifications").column("told_ms").execute();
    await db.schema
      .createTable("alarms")
      .addColumn("subject", "text", (column) => column.primaryKey())
      .addColumn("id", "text", (column) => column.notNull())
      .execute();
  },
};
