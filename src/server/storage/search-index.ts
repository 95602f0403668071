import type { Transaction } from "kysely";
import { fromJsonText } from "../../core/json-text.ts";
import { textsOf, type WorkflowTexts } from "../../core/search/texts-of.ts";
import type { Database } from "./database.ts";
import type { Tables, WorkflowRow } from "./tables.ts";

export type SearchIndex = ReturnType<typeof searchIndex>;

type State = Pick<WorkflowRow, "id" | "owner_id" | "revision" | "changes" | "document" | "deleted_at">;

/** Keeps what is searched as what is stored: each change waits here, and is taken in before somebody searches. */
export function searchIndex(database: Database) {
  const { read, write } = database;

  async function takeIn(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    const states = await read
      .selectFrom("workflows")
      .select(["id", "owner_id", "revision", "changes", "document", "deleted_at"])
      .where("id", "in", [...ids])
      .execute();
    // Read and picked before anybody has to wait for it.
    const texts = states.map((state) => ({ state, texts: textsOf(fromJsonText(state.document)) }));
    await write(async (tx) => {
      for (const each of texts) await replace(tx, database, each.state, each.texts);
    });
  }

  return {
    /** Takes in up to so many changes, of one owner or of all, and answers how many there were. */
    async catchUp(most: number, owner_id?: string): Promise<number> {
      let waiting = read.selectFrom("search_queue").select("workflow_id").limit(most);
      if (owner_id !== undefined) waiting = waiting.where("owner_id", "=", owner_id);
      const ids = (await waiting.execute()).map(({ workflow_id }) => workflow_id);
      for (let at = 0; at < ids.length; at += batchSize) await takeIn(ids.slice(at, at + batchSize));
      return ids.length;
    },
  };
}

/** Notes, in the transaction of a change, that a workflow's texts are to be taken again. */
export async function queueForSearch(
  tx: Transaction<Tables>,
  { id: workflow_id, owner_id }: Pick<WorkflowRow, "id" | "owner_id">,
): Promise<void> {
  await tx
    .insertInto("search_queue")
    .values({ workflow_id, owner_id })
    .onConflict((oc) => oc.doNothing())
    .execute();
}

/** Small enough that others who write are not kept waiting. */
const batchSize = 10;

/** What has changed meanwhile goes on waiting. */
async function replace(
  tx: Transaction<Tables>,
  { exclusive }: Pick<Database, "exclusive">,
  { id, owner_id, revision, changes, deleted_at }: State,
  texts: WorkflowTexts,
): Promise<void> {
  const now = tx
    .selectFrom("workflows")
    .select("id")
    .where("id", "=", id)
    .where("revision", "=", revision)
    .where("changes", "=", changes)
    .where("deleted_at", deleted_at === null ? "is" : "is not", null);
  // On SQLite a write is alone from its beginning.
  const isStill = await (exclusive ? now : now.forUpdate()).executeTakeFirst();
  if (!isStill) return;
  await tx.deleteFrom("search_queue").where("workflow_id", "=", id).execute();
  const known = await tx
    .selectFrom("search_texts")
    .select(["name", "about", "nodes"])
    .where("workflow_id", "=", id)
    .executeTakeFirst();
  const { name, about, nodes } = texts;
  const isSame = known?.name === name && known.about === about && known.nodes === nodes;
  if (deleted_at === null && isSame) return;
  if (known) await tx.deleteFrom("search_texts").where("workflow_id", "=", id).execute();
  // A row of its own each time: the newest rows are what was changed last.
  if (deleted_at === null)
    await tx
      .insertInto("search_texts")
      .values({ owner_id, workflow_id: id, ...texts })
      .execute();
}
