import { useMemo } from "react";
import { api } from "../../contract/api.ts";
import { useRead } from "../api.ts";
import { type Away, awayOf } from "./away-of.ts";

/** Since when the cluster with that name is away, and why; nothing while it answers. */
export function useAway(name: string | undefined): Away | undefined {
  const { data } = useRead(api.listClusters, { query: { limit: 100 } }, { enabled: name !== undefined });
  const cluster = data?.clusters.find((each) => each.name === name);
  return useMemo(() => cluster && awayOf(cluster), [cluster]);
}
