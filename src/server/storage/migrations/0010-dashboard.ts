import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

/** What a dashboard counts, apart from workflows, so that counting reads no drawing and saving one counts nothing. */
export const dashboard: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable("workflow_counts")
      .addColumn("workflow_id", "text", (id) =>
        id.primaryKey().references("workflows.id").onDelete("cascade"),
      )
      .addColumn("owner_id", "text", (id) => id.notNull())
      .addColumn("published_at", "text")
      .addColumn("run_count", "integer", (count) => count.notNull())
      .addColumn("success_count", "integer", (count) => count.notNull())
      .execute();
    await sql`insert into workflow_counts select id, owner_id,
      case when status = 'published' then coalesce(
        (select min(started_at) from runs where workflow_id = workflows.id), updated_at) end,
      (select count(*) from runs where workflow_id = workflows.id and completed_at is not null),
      (select count(*) from runs where workflow_id = workflows.id and status = 'completed')
      from workflows where deleted_at is null`.execute(db);
    await db.schema
      .createIndex("workflow_counts_of_owner")
      .on("workflow_counts")
      .columns(["owner_id", "published_at", "run_count", "success_count"])
      .execute();
    await db.schema
      .createIndex("runs_ended")
      .on("runs")
      .columns(["owner_id", "completed_at", "status", "workflow_id"])
      .execute();
  },
};
