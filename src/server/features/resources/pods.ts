import { invalid, Problem } from "../../../core/problem.ts";
import type { GrantedResource } from "../../storage/resources.ts";
import type { ResourceRow } from "../../storage/tables.ts";
import { demandResource, type ResourceNeeds } from "./resource-needs.ts";
import { othersShownTo, shownTo } from "./shown.ts";

/** Through which kinds a workload has made its pods, and which of them are its own. */
const chains: Readonly<Record<string, readonly string[]>> = {
  Deployment: ["ReplicaSet", "Pod"],
  ReplicaSet: ["Pod"],
  StatefulSet: ["Pod"],
  DaemonSet: ["Pod"],
  Job: ["Pod"],
  CronJob: ["Job"],
};

const versions: Readonly<Record<string, string>> = { ReplicaSet: "apps/v1", Job: "batch/v1", Pod: "v1" };

const patienceMs = 5_000;

/** What a workload has made, by who owns whom: a name that begins alike means nothing. */
export async function listPods(needs: ResourceNeeds, user_id: string, id: string) {
  const granted = await demandResource(needs, id, user_id);
  const { resource } = granted;
  const chain = chains[resource.kind];
  if (!chain) throw invalid("Resource type does not have child resources");
  await lookAnew(needs, granted, chain);
  const rows = await childrenOf(needs, resource, chain);
  const parent = await shownTo(needs, user_id, granted);
  const pods = await othersShownTo(needs, user_id, granted, rows);
  return { parent, pods, count: pods.length, ...(resource.kind === "CronJob" && { jobs: pods }) };
}

/** A cluster that is away leaves what was known. */
async function lookAnew(
  { syncing }: ResourceNeeds,
  { cluster, resource }: GrantedResource,
  chain: readonly string[],
) {
  const kinds = chain.map((kind) => ({ apiVersion: versions[kind] ?? "v1", kind }));
  const looking = syncing.look(cluster, kinds, resource.namespace, AbortSignal.timeout(patienceMs));
  await looking.catch((error: unknown) => {
    if (!(error instanceof Problem)) throw error;
  });
}

async function childrenOf(
  { resources }: ResourceNeeds,
  { uid, cluster_id }: ResourceRow,
  chain: readonly string[],
) {
  let owners: ResourceRow[] = [];
  let uids = [uid];
  for (const kind of chain) {
    owners = uids.length > 0 ? await resources.ownedBy(cluster_id, kind, uids) : [];
    uids = owners.map((row) => row.uid);
  }
  return owners;
}
