import type { Cluster } from "../../contract/clusters.ts";
import { useConnection } from "../live/connection.ts";
import { clusterWord } from "./cluster-word.ts";
import { Status } from "./Status.tsx";
import { useNow } from "./use-now.ts";

/** How a cluster is doing, as long as that is known. */
export function ClusterStatus({ cluster }: { cluster: Pick<Cluster, "status" | "lastCheck" | "awaySince"> }) {
  const now = useNow() + useConnection(({ clockOffset }) => clockOffset);
  const word = clusterWord(cluster, now);
  return (
    <Status
      of="cluster"
      word={word}
      since={word === cluster.status ? cluster.awaySince : cluster.lastCheck}
    />
  );
}
