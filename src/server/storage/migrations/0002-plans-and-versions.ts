import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

/** What a run needs to be planned, taken back, cancelled and understood later; what versions and repeated requests need. */
export const plansAndVersions: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await widenRuns(db);
    await db.schema.alterTable("versions").addColumn("secret_hashes", "text").execute();
    await db.schema
      .alterTable("inventory")
      .addColumn("adopted", "integer", (adopted) => adopted.notNull().defaultTo(0))
      .execute();

    await db.schema
      .createTable("preimages")
      .addColumn("run_id", "text", (id) => id.notNull().references("runs.id").onDelete("cascade"))
      .addColumn("object_key", "text", (key) => key.notNull())
      .addColumn("seq", "integer", (seq) => seq.notNull())
      .addColumn("api_version", "text", (version) => version.notNull())
      .addColumn("node_id", "text", (node) => node.notNull())
      .addColumn("is_sealed", "integer", (sealed) => sealed.notNull())
      .addColumn("state", "text")
      .addPrimaryKeyConstraint("preimages_key", ["run_id", "object_key"])
      .execute();

    await db.schema
      .createTable("run_evidence")
      .addColumn("run_id", "text", (id) => id.notNull().references("runs.id").onDelete("cascade"))
      .addColumn("seq", "integer", (seq) => seq.notNull())
      .addColumn("at", "text", (at) => at.notNull())
      .addColumn("kind", "text", (kind) => kind.notNull())
      .addColumn("node_id", "text")
      .addColumn("entry", "text", (entry) => entry.notNull())
      .addPrimaryKeyConstraint("run_evidence_key", ["run_id", "seq"])
      .execute();

    await db.schema
      .createTable("repeats")
      .addColumn("user_id", "text", (id) => id.notNull().references("users.id").onDelete("cascade"))
      .addColumn("route", "text", (route) => route.notNull())
      .addColumn("key", "text", (key) => key.notNull())
      .addColumn("body_hash", "text", (hash) => hash.notNull())
      .addColumn("status", "integer")
      .addColumn("answer", "text")
      .addColumn("created_ms", "bigint", (at) => at.notNull())
      .addPrimaryKeyConstraint("repeats_key", ["user_id", "route", "key"])
      .execute();
    await db.schema.createIndex("repeats_by_age").on("repeats").column("created_ms").execute();
  },
};

async function widenRuns(db: Kysely<unknown>): Promise<void> {
  const texts = { on_failure: "rollback", intent: "deploy", deletes: "[]" };
  for (const [name, usual] of Object.entries(texts))
    await db.schema
      .alterTable("runs")
      .addColumn(name, "text", (column) => column.notNull().defaultTo(sql.lit(usual)))
      .execute();
  for (const name of ["plan_hash", "plan", "taking_back", "result"])
    await db.schema.alterTable("runs").addColumn(name, "text").execute();
  await db.schema
    .alterTable("runs")
    .addColumn("cancel_requested", "integer", (column) => column.notNull().defaultTo(0))
    .execute();
}
