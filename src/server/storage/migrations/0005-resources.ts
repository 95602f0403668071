import type { Kysely } from "kysely";
import type { Migration } from "kysely/migration";

/** What was seen in clusters: a row an object, by where it is, so that one made anew keeps its id and notes. */
export const resources: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await objects(db);
    await marks(db);
    await logs(db);
    await db.schema
      .createTable("resource_syncs")
      .addColumn("cluster_id", "text", (column) =>
        column.notNull().references("clusters.id").onDelete("cascade"),
      )
      .addColumn("scope", "text", (column) => column.notNull())
      .addColumn("synced_at", "text", (column) => column.notNull())
      .addPrimaryKeyConstraint("resource_syncs_pk", ["cluster_id", "scope"])
      .execute();
  },
};

async function objects(db: Kysely<unknown>): Promise<void> {
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
    .addColumn("links", "text", (column) => column.notNull())
    .addColumn("owner_uid", "text")
    .addColumn("workflow_id", "text")
    .addColumn("node_id", "text")
    .addColumn("created_at", "text", (column) => column.notNull())
    .addColumn("first_seen_at", "text", (column) => column.notNull())
    .addColumn("last_seen_at", "text", (column) => column.notNull())
    .addColumn("deleted_at", "text")
    .addUniqueConstraint("resources_place", ["cluster_id", "api_group", "kind", "namespace", "name"])
    .execute();
  const index = (name: string, columns: string[]) =>
    db.schema.createIndex(name).on("resources").columns(columns).execute();
  await index("resources_by_age", ["cluster_id", "created_at", "id"]);
  await index("resources_of_owner", ["owner_uid", "id"]);
  await index("resources_of_workflow", ["workflow_id", "id"]);
}

async function marks(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("resource_marks")
    .addColumn("resource_id", "text", (column) =>
      column.notNull().references("resources.id").onDelete("cascade"),
    )
    .addColumn("user_id", "text", (column) => column.notNull().references("users.id").onDelete("cascade"))
    .addColumn("tags", "text", (column) => column.notNull())
    .addColumn("notes", "text", (column) => column.notNull())
    .addColumn("is_favorite", "integer", (column) => column.notNull())
    .addPrimaryKeyConstraint("resource_marks_pk", ["resource_id", "user_id"])
    .execute();
  await db.schema
    .createIndex("resource_marks_of_user")
    .on("resource_marks")
    .columns(["user_id", "resource_id"])
    .execute();
}

/** What happened to objects, and who looked at them. */
async function logs(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("resource_history")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("resource_id", "text", (column) =>
      column.notNull().references("resources.id").onDelete("cascade"),
    )
    .addColumn("action", "text", (column) => column.notNull())
    .addColumn("changes", "text", (column) => column.notNull())
    .addColumn("old_status", "text")
    .addColumn("new_status", "text")
    .addColumn("message", "text", (column) => column.notNull())
    .addColumn("at", "text", (column) => column.notNull())
    .execute();
  await db.schema
    .createTable("resource_access")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("resource_id", "text", (column) =>
      column.notNull().references("resources.id").onDelete("cascade"),
    )
    .addColumn("user_id", "text", (column) => column.notNull().references("users.id").onDelete("cascade"))
    .addColumn("action", "text", (column) => column.notNull())
    .addColumn("at", "text", (column) => column.notNull())
    .execute();
  for (const table of ["resource_history", "resource_access"]) {
    await db.schema.createIndex(`${table}_of`).on(table).columns(["resource_id", "id"]).execute();
    await db.schema.createIndex(`${table}_at`).on(table).columns(["at", "id"]).execute();
  }
  await db.schema
    .createIndex("resource_access_of_user")
    .on("resource_access")
    .columns(["user_id", "id"])
    .execute();
}
