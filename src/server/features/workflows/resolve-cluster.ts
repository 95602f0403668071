import type { User } from "../../../contract/user.ts";
import { invalid, notFound } from "../../../core/problem.ts";
import type { Granted, GrantStore } from "../../storage/grants.ts";

export interface ClusterChoice {
  grants: Pick<GrantStore, "named" | "chosen" | "all">;
}

/** The cluster the run names, else the workflow's, else the caller's default, else the only one there is. */
export async function resolveCluster({ grants }: ClusterChoice, user: User, named: string): Promise<Granted> {
  if (named) {
    const found = await grants.named(named, user.id);
    if (!found) throw notFound("Cluster");
    return found;
  }
  const chosen = await grants.chosen(user.id);
  if (chosen) return chosen;
  const all = await grants.all(user.id);
  const own = all.filter(({ grant }) => grant.role === "owner");
  const [only, ...others] = own.length > 0 ? own : all;
  if (only && others.length === 0) return only;
  throw invalid("No cluster configured for this workflow");
}
