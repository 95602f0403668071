import { setTimeout as sleep } from "node:timers/promises";
import type { AppliedResource } from "../../../contract/runs.ts";
import { type KubernetesObject, keyOf } from "../../../core/kubernetes-object.ts";
import { conflict } from "../../../core/problem.ts";
import type { Cluster } from "../../cluster/connection.ts";
import type { InventoryRow, RunRow } from "../../storage/tables.ts";
import type { Checked } from "./check-objects.ts";
import type { NodeProgress } from "./node-progress.ts";
import { hashOf, versionLeft } from "./untouched.ts";

export interface ApplyNeeds {
  cluster: Cluster;
  run: RunRow;
  checked: ReadonlyMap<KubernetesObject, Checked>;
  valueHash(text: string): string;
  signal: AbortSignal;
  patienceMs: number;
}

/** Applies a node's objects in their order, and answers with the inventory of what was made. */
export async function applyNode(needs: ApplyNeeds, progress: NodeProgress): Promise<InventoryRow[]> {
  const { node } = progress;
  const rows: InventoryRow[] = [];
  for (const object of node.objects) {
    const check = needs.checked.get(object);
    if (check?.replaces) await replace(needs, object, check.replaces);
    const applied = check?.untouched ?? (await needs.cluster.apply(object, needs));
    progress.applied.push(applied);
    progress.resources.push(resourceOf(applied, check));
    if (check?.untouched) continue;
    const { uid = null } = applied.metadata;
    const resource_version = versionLeft(applied.metadata);
    const applied_hash = hashOf(object, needs.valueHash);
    rows.push({ ...rowOf(needs.run, node.node_id, object), uid, resource_version, applied_hash });
  }
  return rows;
}

/** Deletes the object of that uid, and waits until its name is free again. */
async function replace(
  { cluster, ...asking }: ApplyNeeds,
  object: KubernetesObject,
  uid: string,
): Promise<void> {
  const doomed = { ...object, metadata: { ...object.metadata, uid } };
  await cluster.remove(doomed, asking);
  for (let tries = 0; tries < 150; tries += 1) {
    const live = await cluster.read(object, asking);
    if (live?.metadata.uid !== uid) return;
    await sleep(200, undefined, { signal: asking.signal });
  }
  throw conflict(`The old ${object.kind} “${object.metadata.name}” is still being deleted`);
}

function resourceOf({ kind, metadata }: KubernetesObject, check: Checked | undefined): AppliedResource {
  const { name, namespace, uid = "", resourceVersion } = metadata;
  const isUnchanged = check?.version !== undefined && check.version === resourceVersion;
  const operation = check?.isNew ? "created" : isUnchanged ? "unchanged" : "updated";
  return { kind, name, ...(namespace && { namespace }), operation, uid };
}

export function rowOf({ id, workflow_id, cluster_id }: RunRow, node_id: string, object: KubernetesObject) {
  const { apiVersion: api_version } = object;
  return { workflow_id, cluster_id, object_key: keyOf(object), api_version, node_id, adopted: 0, run_id: id };
}
