import type { AppliedResource } from "../../../contract/runs.ts";
import { type KubernetesObject, keyOf } from "../../../core/kubernetes-object.ts";
import { conflict, Problem } from "../../../core/problem.ts";
import type { Cluster } from "../../cluster/connection.ts";
import { conflictsOf, type FieldConflict } from "../../cluster/field-conflicts.ts";
import type { InventoryRow, RunRow } from "../../storage/tables.ts";
import type { Checked } from "./check-object.ts";
import { handOver, sendsMoreReplicas } from "./hand-over.ts";
import type { NodeProgress } from "./node-progress.ts";
import { removeAndWait } from "./remove-object.ts";
import { hashOf, versionLeft } from "./untouched.ts";

export interface ApplyNeeds {
  cluster: Cluster;
  run: RunRow;
  checked: ReadonlyMap<KubernetesObject, Checked>;
  valueHash(text: string): string;
  signal: AbortSignal;
  underWay?: AbortSignal | undefined;
  patienceMs: number;
}

/** Applies a node's objects in their order, and answers with the inventory of what was made. */
export async function applyNode(needs: ApplyNeeds, progress: NodeProgress): Promise<InventoryRow[]> {
  const { node } = progress;
  const rows: InventoryRow[] = [];
  for (const object of node.objects) {
    const check = needs.checked.get(object);
    const applied = check?.untouched ?? (await write(needs, object, check));
    progress.applied.push(applied);
    progress.resources.push(resourceOf(applied, check));
    // What was taken for untouched by its hash alone is in the inventory as it is.
    if (check?.untouched && !check.live) continue;
    const { uid = null } = applied.metadata;
    const resource_version = versionLeft(applied.metadata);
    // What is not yet as it is drawn is not taken for that later.
    const isDrawn = !check || !sendsMoreReplicas(check.sent, object);
    const applied_hash = isDrawn ? hashOf(object, node.ownership, needs.valueHash) : null;
    rows.push({ ...rowOf(needs.run, node.node_id, object, check), uid, resource_version, applied_hash });
  }
  return rows;
}

async function write(
  needs: ApplyNeeds,
  object: KubernetesObject,
  check: Checked | undefined,
): Promise<KubernetesObject> {
  const { sent = object, live } = check ?? {};
  if (check?.replaces)
    await removeAndWait(needs, { ...object, metadata: { ...object.metadata, uid: check.replaces } });
  else if (live) await handOver(needs.cluster, live, sent, needs);
  return check && check.taken.length > 0 ? takeOver(needs, check) : needs.cluster.apply(sent, needs);
}

const tries = 5;

/**
 * Overrules other managers in the fields that were decided about, and in no others: what came to be contested since is
 * a conflict, and what changed in between is looked at again.
 */
async function takeOver(
  { cluster, ...asking }: ApplyNeeds,
  { sent, taken }: Checked,
): Promise<KubernetesObject> {
  for (let attempt = 1; ; attempt += 1) {
    const live = await cluster.read(sent, asking);
    const objections = await cluster
      .apply(sent, { ...asking, dryRun: true })
      .then(() => [], conflictsOrThrow);
    const other = objections.find(({ field }) => !taken.includes(field));
    if (other) throw conflict(`${other.field} has come to be managed by “${other.manager}”`);
    const { resourceVersion } = live?.metadata ?? {};
    const metadata = { ...sent.metadata, ...(resourceVersion && { resourceVersion }) };
    try {
      return await cluster.apply({ ...sent, metadata }, { ...asking, force: true });
    } catch (error) {
      if (attempt === tries || !(error instanceof Problem) || error.kind !== "conflict") throw error;
    }
  }
}

function conflictsOrThrow(error: unknown): readonly FieldConflict[] {
  const conflicts = conflictsOf(error);
  if (conflicts.length === 0) throw error;
  return conflicts;
}

function resourceOf({ kind, metadata }: KubernetesObject, check: Checked | undefined): AppliedResource {
  const { name, namespace, uid = "", resourceVersion } = metadata;
  const isUnchanged = check?.version !== undefined && check.version === resourceVersion;
  const operation = check?.isNew ? "created" : isUnchanged ? "unchanged" : "updated";
  return { kind, name, ...(namespace && { namespace }), operation, uid };
}

export function rowOf(
  { id, workflow_id, cluster_id }: RunRow,
  node_id: string,
  object: KubernetesObject,
  check: Checked | undefined,
) {
  const { apiVersion: api_version } = object;
  const adopted = check?.isAdopted ? 1 : 0;
  return { workflow_id, cluster_id, object_key: keyOf(object), api_version, node_id, adopted, run_id: id };
}
