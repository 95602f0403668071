import type { Kysely } from "kysely";
import type { Migration } from "kysely/migration";

/** What was seen in clusters: a row an object, by where it is, so that one made anew keeps its id and notes. */
export const resources: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable("resources")
      .addColumn("id", "text", (column) => column.primaryKey())
      .addColumn("cluster_id", "text", (column) =>
        column.notNull().references("clusters.id").onDelete("cascade"),
      )
      .addColumn("api_group", "text", (column) => column.notNull())
      .addColumn("api_version", "text", (column) => column.notNull())
      .addColumn("kind", "text", (column) => column.notNull())
      .addColumn("namespace", "text", (column) => column.notNull())
      .addColumn("name", "text", (column) => column.notNull())
      .addColumn("uid", "text", (column) => column.notNull())
      .addColumn("resource_version", "text", (column) => column.notNull())
      .addColumn("status", "text", (column) => column.notNull())
      .addColumn("spec", "text", (column) => column.notNull())
      .addColumn("metadata", "text", (column) => column.notNull())
      .addColumn("workflow_id", "text")
      .addColumn("node_id", "text")
      .addColumn("created_at", "text", (column) => column.notNull())
      .addColumn("first_seen_at", "text", (column) => column.notNull())
      .addColumn("last_seen_at", "text", (column) => column.notNull())
      .addColumn("last_synced_at", "text", (column) => column.notNull())
      .addColumn("deleted_at", "text")
      .addUniqueConstraint("resources_place", ["cluster_id", "api_group", "kind", "namespace", "name"])
      .execute();
  },
};
