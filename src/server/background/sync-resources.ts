import { Problem } from "../../core/problem.ts";
import { type Kind, kindKey, syncedKinds } from "../../core/resources/kinds.ts";
import type { Cluster } from "../cluster/connection.ts";
import type { ResourceStore } from "../storage/resources.ts";
import type { ClusterRow } from "../storage/tables.ts";
import { type KindNeeds, type SyncTally, syncKind, syncScope } from "./sync-kind.ts";
import type { Tasks } from "./tasks.ts";

interface Needs extends KindNeeds {
  resources: Pick<ResourceStore, "record" | "noteSync" | "usedPlaces" | "forgetOld">;
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
    if (known !== undefined) return known;
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

  return {
    sync,

    /** Reads some kinds of one namespace, or of none, now, beside whatever else is going on. */
    async look(
      row: ClusterRow,
      kinds: readonly Kind[],
      namespace: string,
      signal: AbortSignal,
    ): Promise<void> {
      const place = { cluster_id: row.id, cluster: needs.connect(row), namespaces: [namespace], signal };
      const looks = kinds.map((kind) => syncScope(needs, place, kind, namespace || undefined, emptyTally()));
      await Promise.all(looks);
    },
  };
}

const emptyTally = (): SyncTally => ({ seen: new Map(), deleted: new Map(), failures: [] });

async function syncCluster(needs: Needs, row: ClusterRow, signal: AbortSignal): Promise<SyncResult> {
  const tally = emptyTally();
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
async function whatToAsk({ resources }: Needs, row: ClusterRow) {
  const used = await resources.usedPlaces(row.id);
  const usual = syncedKinds.map(([apiVersion, kind]) => ({ apiVersion, kind }));
  const kinds = new Map<string, Kind>([...used.kinds, ...usual].map((each) => [kindKey(each), each]));
  const namespaces = new Set([...used.namespaces, ...(row.namespace ? [row.namespace] : [])]);
  return { kinds: kinds.values(), namespaces: [...namespaces] };
}
