import { type Kysely, SqliteAdapter, sql } from "kysely";
import type { Migration } from "kysely/migration";

/** What is searched, apart from what is shown; all there is waits to be taken in. */
export const search: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    const isSqlite = db.getExecutor().adapter instanceof SqliteAdapter;
    await db.schema
      .createTable("search_texts")
      .addColumn("id", isSqlite ? "integer" : "serial", (id) =>
        isSqlite ? id.primaryKey().autoIncrement() : id.primaryKey(),
      )
      .addColumn("owner_id", "text", (owner) => owner.notNull())
      .addColumn("workflow_id", "text", (id) =>
        id.notNull().unique().references("workflows.id").onDelete("cascade"),
      )
      .addColumn("name", "text", (name) => name.notNull())
      .addColumn("about", "text", (about) => about.notNull())
      .addColumn("parts", "text", (parts) => parts.notNull())
      .addColumn("nodes", "text", (nodes) => nodes.notNull())
      .execute();
    const index = (name: string, table: string, columns: string[]) =>
      db.schema.createIndex(name).on(table).columns(columns).execute();
    await index("search_texts_by_name", "search_texts", ["owner_id", "name"]);
    await index("search_texts_by_age", "search_texts", ["owner_id", "id"]);
    await db.schema
      .createTable("search_queue")
      .addColumn("workflow_id", "text", (id) =>
        id.primaryKey().references("workflows.id").onDelete("cascade"),
      )
      .addColumn("owner_id", "text", (owner) => owner.notNull())
      .execute();
    await index("search_queue_of_owner", "search_queue", ["owner_id", "workflow_id"]);
    await sql`insert into search_queue select id, owner_id from workflows where deleted_at is null`.execute(
      db,
    );

    await index("runs_of_owner", "runs", ["owner_id", "started_at", "workflow_id"]);
    // Found by the beginning of a name, and by any part of it.
    await db.schema
      .createIndex("resources_by_name")
      .on("resources")
      .columns(["cluster_id", "name", "namespace", "kind", "deleted_at", "id"])
      .where(sql.ref("deleted_at"), "is", null)
      .execute();
    if (isSqlite) await addTrigrams(db);
  },
};

/** An index of every three letters. The end of the owner's id keeps other people's texts out of the way. */
async function addTrigrams(db: Kysely<unknown>): Promise<void> {
  await sql`create virtual table search_trigrams using fts5(owner, about, parts,
    content='', contentless_delete=1, tokenize='trigram')`.execute(db);
  await sql`create trigger search_texts_added after insert on search_texts begin
    insert into search_trigrams (rowid, owner, about, parts)
      values (new.id, substr(new.owner_id, -3), new.about, new.parts); end`.execute(db);
  await sql`create trigger search_texts_gone after delete on search_texts begin
    delete from search_trigrams where rowid = old.id; end`.execute(db);
}
