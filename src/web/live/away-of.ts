import type { Cluster } from "../../contract/clusters.ts";
import { timeOf } from "../parts/when-text.ts";

/** A cluster that does not answer. What is shown of it is from then. */
export interface Away {
  name: string;
  since: Date;
  why: string;
}

type Standing = Pick<Cluster, "displayName" | "status" | "awaySince" | "lastCheck" | "warning">;

/** Since when a cluster is away, and why; nothing of one that answers. */
export function awayOf({ displayName, status, awaySince, lastCheck, warning }: Standing): Away | undefined {
  const since = timeOf(awaySince ?? lastCheck);
  if (!since || (status !== "disconnected" && status !== "error")) return undefined;
  return { name: displayName, since, why: warning ?? "" };
}
