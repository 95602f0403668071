import type { Stored } from "./autosave.ts";
import type { Graph } from "./graph.ts";
import type { Step } from "./history.ts";

/** What this device keeps of a drawing: what was last saved, what it is now, and how it came to be. */
export interface Kept {
  stored: Stored;
  graph: Graph;
  past: readonly Step[];
  future: readonly Step[];
}

const database = "orrery-drafts";
const table = "drafts";

function open(): Promise<IDBDatabase> {
  return new Promise((done, fail) => {
    const request = indexedDB.open(database, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(table);
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });
}

async function withTable<T>(
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const db = await open();
  try {
    return await new Promise<T>((done, fail) => {
      const transaction = db.transaction(table, mode);
      const request = work(transaction.objectStore(table));
      transaction.oncomplete = () => done(request.result);
      transaction.onerror = () => fail(transaction.error);
      transaction.onabort = () => fail(transaction.error);
    });
  } finally {
    db.close();
  }
}

/** Drafts are each user's own, also on a device that several share. */
const keyOf = (userId: string, workflowId: string) => `${userId}/${workflowId}`;

export async function keepDraft(userId: string, workflowId: string, kept: Kept): Promise<void> {
  await withTable("readwrite", (store) => store.put(kept, keyOf(userId, workflowId)));
}

/** What was kept; nothing where the device keeps nothing. */
export async function readDraft(userId: string, workflowId: string): Promise<Kept | undefined> {
  try {
    return (await withTable("readonly", (store) => store.get(keyOf(userId, workflowId)))) as Kept | undefined;
  } catch {
    return undefined;
  }
}
