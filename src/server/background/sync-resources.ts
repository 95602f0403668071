import { Problem } from "../../core/problem.ts";
import { type Kind, kindKey, syncedKinds } from "../../core/resources/kinds.ts";
import type { Cluster } from "../cluster/connection.ts";
import type { InventoryStore } from "../storage/inventory.ts";
import type { ResourceStore } from "../storage/resources.ts";
import type { ClusterRow } from "../storage/tables.ts";
import { type KindNeeds, type SyncTally, syncKind } from "./sync-kind.ts";
import type { Tasks } from "./tasks.ts";

interface Needs extends KindNeeds {
  resources: Pick<ResourceStore, "record" | "noteSync" | "sharedNamespaces" | "forgetOld">;
  inventory: Pick<InventoryStore, "inCluster">;
  tasks: Pick<Tasks, "start">;
  connect(row: ClusterRow): Cluster;
}

export interface SyncResult extends SyncTally {
  /** Why nothing could be read at all. */
  error?: string;
}

export type ResourceSync = ReturnType<typeof createResourceSync>;

const longestMs = 5 * 60_000;
/** A list of ten thousand pods is large, so that few are read at once. */
const together = 4;

/** Reads clusters into the database: one sync of a cluster at a time, which whoever asks meanwhile waits for too. */
export function createResourceSync(needs: Needs) {
  const running = new Map<string, Promise<SyncResult>>();

  function sync(row: ClusterRow): Promise<SyncResult> {
    const known = running.get(row.id);
    if (known) return known;
    const { promise, resolve, reject } = Promise.withResolvers<SyncResult>();
    running.set(row.id, promise);
    // Whoever asked may have gone by then.
    promise.catch(() => undefined);
    needs.tasks.start(async (stopping) => {
      const signal = AbortSignal.any([stopping, AbortSignal.timeout(longestMs)]);
      try {
        resolve(await syncCluster(needs, row, signal));
      } catch (error) {
        reject(error);
        throw error;
      } finally {
        running.delete(row.id);
      }
    });
    return promise;
  }

  return { sync };
}

async function syncCluster(needs: Needs, row: ClusterRow, signal: AbortSignal): Promise<SyncResult> {
  const tally: SyncTally = { seen: new Map(), deleted: new Map(), failures: [] };
  try {
    const cluster = needs.connect(row);
    await cluster.version({ signal });
    const { kinds, namespaces } = await whatToAsk(needs, row);
    const queue = [...kinds];
    const place = { cluster_id: row.id, cluster, namespaces, signal };
    const work = async () => {
      for (let kind = queue.shift(); kind; kind = queue.shift()) await syncKind(needs, place, kind, tally);
    };
    await Promise.all(Array.from({ length: together }, work));
  } catch (error) {
    if (error instanceof Problem) return { ...tally, error: error.message };
    throw error;
  }
  await needs.resources.noteSync(row.id, "", needs.now().toISOString());
  await needs.resources.forgetOld(needs.now());
  return tally;
}

/** Besides what everybody has, kinds that workflows have brought there, and the namespaces that are known of. */
async function whatToAsk({ inventory, resources }: Needs, row: ClusterRow) {
  const kinds = new Map<string, Kind>(
    syncedKinds.map(([apiVersion, kind]) => [kindKey({ apiVersion, kind }), { apiVersion, kind }]),
  );
  const namespaces = new Set([row.namespace, ...(await resources.sharedNamespaces(row.id))]);
  for (const { api_version, object_key } of await inventory.inCluster(row.id)) {
    const [, kind = "", namespace = ""] = object_key.split("/");
    const brought = { apiVersion: api_version, kind };
    if (!kinds.has(kindKey(brought))) kinds.set(kindKey(brought), brought);
    namespaces.add(namespace);
  }
  namespaces.delete("");
  return { kinds: kinds.values(), namespaces: [...namespaces] };
}
