import type { Kysely } from "kysely";
import type { Migration } from "kysely/migration";

/** Terminals: tickets that open one each, and a record of who had one where, when and how much went through it. */
export const exec: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable("exec_tickets")
      .addColumn("hash", "text", (column) => column.primaryKey())
      .addColumn("user_id", "text", (column) => column.notNull().references("users.id").onDelete("cascade"))
      .addColumn("session_id", "text", (column) => column.notNull())
      .addColumn("purpose", "text", (column) => column.notNull())
      .addColumn("expires_ms", "bigint", (column) => column.notNull())
      .execute();
    // Without references: what was done is known after who did it, and where, have gone.
    await db.schema
      .createTable("exec_sessions")
      .addColumn("id", "text", (column) => column.primaryKey())
      .addColumn("user_id", "text", (column) => column.notNull())
      .addColumn("resource_id", "text", (column) => column.notNull())
      .addColumn("cluster_id", "text", (column) => column.notNull())
      .addColumn("namespace", "text", (column) => column.notNull())
      .addColumn("pod", "text", (column) => column.notNull())
      .addColumn("container", "text", (column) => column.notNull())
      .addColumn("address", "text", (column) => column.notNull())
      .addColumn("started_at", "text", (column) => column.notNull())
      .addColumn("ended_at", "text")
      .addColumn("ending", "text")
      .addColumn("bytes_in", "bigint", (column) => column.notNull())
      .addColumn("bytes_out", "bigint", (column) => column.notNull())
      .execute();
    await db.schema
      .createIndex("exec_sessions_of_resource")
      .on("exec_sessions")
      .columns(["resource_id", "id"])
      .execute();
  },
};
