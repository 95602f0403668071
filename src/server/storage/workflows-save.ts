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
  const queue = queueQuery(database);
  const updateDrawing = updateQuery(database, drawn);
  const update = updateQuery(database, { ...drawn, name: "", status: "draft" });

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

    /** Most changes are of the drawing alone, and leave most indexes in peace. */
    async update(tx: Transaction<Tables>, id: string, before: LockedRow, next: NextRow): Promise<void> {
      // Values in the order in which the statements below name them.
      const { description, search, revision, changes, updated_at, canvas, head, document } = next;
      const drawn = [description, search, revision, changes, updated_at, canvas, head, document];
      const { name, status } = next;
      if (name === before.name && status === before.status) await updateDrawing(tx, ...drawn, id);
      else await update(tx, ...drawn, name, status, id);
      await queue(tx, id, before.owner_id);
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

/** What is found by the workflow is looked for when somebody searches, and not by who saves. */
function queueQuery(database: Database) {
  return preparedWithin(database, (db) =>
    db
      .insertInto("search_queue")
      .values({ workflow_id: "", owner_id: "" })
      .onConflict((oc) => oc.doNothing())
      .compile(),
  );
}

function statusQuery(database: Database) {
  return preparedWithin(database, (db) =>
    db.selectFrom("node_statuses").select(["node_id", "status"]).where("workflow_id", "=", "").compile(),
  );
}

const drawn = {
  ...{ description: "", search: "", revision: 0, changes: 0, updated_at: "", canvas: "" },
  ...{ head: "" as NextRow["head"], document: "" as NextRow["document"] },
};

function updateQuery(database: Database, columns: Partial<NextRow>) {
  return preparedWithin(database, (db) =>
    db.updateTable("workflows").set(columns).where("id", "=", "").compile(),
  );
}
