import type { Cluster } from "../../contract/clusters.ts";

/** The server asks each cluster once a minute. */
const freshMs = 120_000;

/** The state of a cluster as far as it is known at a time: one that was not asked for a while may have gone away. */
export function clusterWord(
  { status, lastCheck }: Pick<Cluster, "status" | "lastCheck">,
  now: number,
): Cluster["status"] {
  const isOld = lastCheck !== undefined && now - Date.parse(lastCheck) > freshMs;
  return status === "connected" && isOld ? "unknown" : status;
}
