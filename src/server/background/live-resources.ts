import type { ResourceUpdate } from "../../contract/resources.ts";
import type { Kind } from "../../core/resources/kinds.ts";
import type { Cluster } from "../cluster/connection.ts";
import { refusedStatus } from "../cluster/refused.ts";
import { inOurWords } from "../cluster/rest.ts";
import type { ClusterRow, ResourceRow } from "../storage/tables.ts";
import { createLiveKind, type LiveKind, type LiveKindNeeds } from "./live-kind.ts";

interface Needs extends LiveKindNeeds {
  connect(row: ClusterRow): Cluster;
}

export type LiveResources = ReturnType<typeof createLiveResources>;

/** Keeps objects current while somebody looks at them: one watch of a kind, however many look at however much of it. */
export function createLiveResources(needs: Needs) {
  const open = new Map<Cluster, Map<string, LiveKind>>();
  const latest = new Map<string, ResourceUpdate>();
  const closing = new Set<Promise<void>>();

  function kindOf(cluster: Cluster, cluster_id: string, kind: Kind, namespace?: string): LiveKind {
    const kinds = open.get(cluster) ?? new Map<string, LiveKind>();
    open.set(cluster, kinds);
    const key = JSON.stringify([kind.apiVersion, kind.kind, namespace]);
    const known = kinds.get(key);
    if (known) return known;
    const live = createLiveKind({ ...needs, latest }, { cluster, cluster_id, ...kind, namespace }, () => {
      kinds.delete(key);
      if (kinds.size === 0) open.delete(cluster);
      closeOne(live);
    });
    kinds.set(key, live);
    return live;
  }

  const closeOne = (live: LiveKind) => {
    const done = live.stopped().finally(() => closing.delete(done));
    closing.add(done);
  };

  /** In all namespaces at once where the credential may, else in the object's own. */
  async function join(row: ResourceRow, cluster: Cluster, leaving: AbortSignal): Promise<void> {
    const kind = { apiVersion: row.api_version, kind: row.kind };
    const wide = new AbortController();
    const either = AbortSignal.any([leaving, wide.signal]);
    try {
      await kindOf(cluster, row.cluster_id, kind).join(row, either);
    } catch (error) {
      wide.abort();
      if (refusedStatus(error) !== 403 || row.namespace === "" || leaving.aborted) throw error;
      await kindOf(cluster, row.cluster_id, kind, row.namespace).join(row, leaving);
    }
  }

  return {
    /** Has the object's changes told and kept from now on, until the answer is called. */
    follow(row: ResourceRow, stored: ClusterRow): () => void {
      const leaving = new AbortController();
      const following = async () => inOurWords(join(row, needs.connect(stored), leaving.signal));
      following().catch((error: unknown) => {
        if (leaving.signal.aborted) return;
        const message = error instanceof Error ? error.message : String(error);
        needs.events.failed(row.id, { message });
      });
      return () => leaving.abort();
    },

    /** How an object that somebody looks at was told to be last. */
    latestOf: (resource_id: string): ResourceUpdate | undefined => latest.get(resource_id),

    /** Fulfils when all that was seen is written. */
    async stop(): Promise<void> {
      for (const kinds of open.values()) for (const live of kinds.values()) closeOne(live);
      await Promise.all(closing);
    },
  };
}
