import type { User } from "../../../contract/user.ts";
import { invalid, notFound } from "../../../core/problem.ts";
import type { ClusterStore } from "../../storage/clusters.ts";
import type { ClusterRow } from "../../storage/tables.ts";

export interface ClusterChoice {
  clusters: Pick<ClusterStore, "findOwned" | "findOwnedById" | "findDefault" | "listOwned">;
}

/** The cluster the run names, else the workflow's, else the caller's default, else the only one there is. */
export async function resolveCluster(
  { clusters }: ClusterChoice,
  user: User,
  named: string,
): Promise<ClusterRow> {
  if (named) {
    const isId = /^[0-9a-f]{24}$/.test(named);
    const byName = await clusters.findOwned(named, user.id);
    const found = byName ?? (isId ? await clusters.findOwnedById(named, user.id) : undefined);
    if (!found) throw notFound("Cluster");
    return found;
  }
  const chosen = await clusters.findDefault(user.id);
  if (chosen) return chosen;
  const [only, ...others] = await clusters.listOwned(user.id);
  if (only && others.length === 0) return only;
  throw invalid("No cluster configured for this workflow");
}
