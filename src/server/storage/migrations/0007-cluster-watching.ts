import type { Kysely } from "kysely";
import type { Migration } from "kysely/migration";

/** What is noted of clusters while they are watched over: when to look next, what happened, what was used. */
export const clusterWatching: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable("cluster_checks")
      .addColumn("cluster_id", "text", (column) =>
        column.primaryKey().references("clusters.id").onDelete("cascade"),
      )
      .addColumn("due_ms", "bigint", (column) => column.notNull())
      .addColumn("failures", "integer", (column) => column.notNull())
      .execute();
    await db.schema
      .createTable("cluster_logs")
      .addColumn("id", "text", (column) => column.primaryKey())
      .addColumn("cluster_id", "text", (column) =>
        column.notNull().references("clusters.id").onDelete("cascade"),
      )
      .addColumn("user_id", "text")
      .addColumn("action", "text", (column) => column.notNull())
      .addColumn("error", "text")
      .addColumn("details", "text", (column) => column.notNull())
      .addColumn("at", "text", (column) => column.notNull())
      .execute();
    await db.schema
      .createIndex("cluster_logs_of")
      .on("cluster_logs")
      .columns(["cluster_id", "at", "id"])
      .execute();
    await db.schema.createIndex("cluster_logs_at").on("cluster_logs").column("at").execute();
    await db.schema
      .createTable("cluster_points")
      .addColumn("cluster_id", "text", (column) =>
        column.notNull().references("clusters.id").onDelete("cascade"),
      )
      .addColumn("at_ms", "bigint", (column) => column.notNull())
      .addColumn("cpu", "bigint", (column) => column.notNull())
      .addColumn("memory", "bigint", (column) => column.notNull())
      .addColumn("pods", "integer", (column) => column.notNull())
      .addPrimaryKeyConstraint("cluster_points_pk", ["cluster_id", "at_ms"])
      .execute();
  },
};
