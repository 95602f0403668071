import type { Cluster } from "../cluster/connection.ts";
import { type ClusterView, createClusterView } from "./cluster-view.ts";
import { trackStatuses } from "./track-statuses.ts";

type Needs = Parameters<typeof trackStatuses>[0];

interface Open {
  cluster: Cluster;
  view: ClusterView;
  stop(): void;
}

/** One view of each cluster that something is deployed to, and the statuses kept true by it. */
export function createClusterViews(needs: Needs) {
  const open = new Map<string, Open>();

  return {
    of(cluster_id: string, cluster: Cluster): Open {
      const known = open.get(cluster_id);
      // Another connection means another address or other credentials: what was seen is of no use any more.
      if (known?.cluster === cluster) return known;
      known?.stop();
      const view = createClusterView(cluster);
      const { stop } = trackStatuses(needs, view, cluster_id);
      const made = { cluster, view, stop: () => [stop(), view.close()] };
      open.set(cluster_id, made);
      return made;
    },

    /** Clusters of which something is seen. */
    open: () => [...open.keys()],

    close(cluster_id: string): void {
      open.get(cluster_id)?.stop();
      open.delete(cluster_id);
    },

    stop(): void {
      for (const each of open.values()) each.stop();
      open.clear();
    },
  };
}
