import type { Transaction } from "kysely";
import type { Database } from "./database.ts";
import { preparedWithin } from "./prepared.ts";
import type { Tables } from "./tables.ts";
import { besideDocument, type LockedRow, lockedColumns, type NextRow } from "./workflows-change.ts";
import type { Statuses } from "./workflows-drawing.ts";

/** The statements of a save, prepared once: it is asked for with every stroke of somebody's mouse. */
export function saveStatements(database: Database) {
  const lock = lockQuery(database, lockedColumns);
  const lockBeside = lockQuery(database, besideDocument);
  const statuses = statusQuery(database);
  const update = updateQuery(database);

  return {
    async lock(tx: Transaction<Tables>, id: string, owner_id: string): Promise<LockedRow | undefined> {
      const [row] = await lock(tx, id, owner_id);
      return row as LockedRow | undefined;
    },

    /** The same without the document, for whoever has that. */
    async lockBeside(tx: Transaction<Tables>, id: string, owner_id: string) {
      const [row] = await lockBeside(tx, id, owner_id);
      return row;
    },

    async statuses(tx: Transaction<Tables>, id: string): Promise<Statuses> {
      const rows = await statuses(tx, id);
      return new Map(rows.map(({ node_id, status }) => [node_id, status]));
    },

    /** The values in the order in which the statement below names them. */
    async update(tx: Transaction<Tables>, id: string, next: NextRow): Promise<void> {
      const { name, description, search, status, revision, changes, updated_at } = next;
      const { canvas, head, document } = next;
      const short = [name, description, search, status, revision, changes, updated_at];
      await update(tx, ...short, canvas, head, document, id);
    },
  };
}

function lockQuery<Column extends keyof LockedRow>(database: Database, columns: readonly Column[]) {
  return preparedWithin(database, (db) => {
    const query = db
      .selectFrom("workflows")
      .select(columns)
      .where("id", "=", "")
      .where("owner_id", "=", "")
      .where("deleted_at", "is", null);
    // On SQLite a write is alone from its beginning.
    return (database.exclusive ? query : query.forUpdate()).compile();
  });
}

function statusQuery(database: Database) {
  return preparedWithin(database, (db) =>
    db.selectFrom("node_statuses").select(["node_id", "status"]).where("workflow_id", "=", "").compile(),
  );
}

function updateQuery(database: Database) {
  const texts = { name: "", description: "", search: "", status: "draft" as const };
  const rest = { revision: 0, changes: 0, updated_at: "", canvas: "" };
  const json = { head: "" as NextRow["head"], document: "" as NextRow["document"] };
  return preparedWithin(database, (db) =>
    db
      .updateTable("workflows")
      .set({ ...texts, ...rest, ...json })
      .where("id", "=", "")
      .compile(),
  );
}
