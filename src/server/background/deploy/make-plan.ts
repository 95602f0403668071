import type {
  Action,
  FieldChange,
  Plan,
  PlannedNode,
  PlannedObject,
  PlanWarning,
} from "../../../contract/plan.ts";
import type { CompiledNode } from "../../../core/compile/compile-design.ts";
import { type KubernetesObject, keyOf } from "../../../core/kubernetes-object.ts";
import { confirmOf } from "../../../core/plan/confirm-level.ts";
import { changesOf } from "../../../core/plan/diff-objects.ts";
import { pointerOfField } from "../../../core/plan/pointers.ts";
import { restartOf } from "../../../core/plan/restarts.ts";
import { fieldManager } from "../../cluster/objects.ts";
import type { Checked } from "./check-object.ts";
import { hashPlan } from "./plan-hash.ts";
import type { Aim, PlanNeeds, Planned } from "./planning.ts";
import type { Removal } from "./removals.ts";

type Parts = Pick<Planned, "prepared" | "checks" | "known" | "removals" | "gone">;

/** A plan as people read it, of all that was found out. */
export function makePlan(
  { valueHash, now }: Pick<PlanNeeds, "valueHash" | "now">,
  aim: Aim,
  parts: Parts,
): Plan {
  const { prepared, checks, removals, known } = parts;
  const nodes = prepared.nodes.map((node) => plannedNode(node, parts));
  const removed = removals.map(plannedRemoval);
  const objects = [...nodes.flatMap((node) => node.objects), ...removed];
  const counts = { create: 0, update: 0, delete: 0, keep: 0, none: 0 };
  for (const { action } of objects) counts[action] += 1;
  const deletes = removed.filter(({ action }) => action === "delete");
  const restarts = prepared.nodes.flatMap((node) => restartsOf(node, checks.checked));
  const { workflow, cluster, namespace, intent, version } = aim;
  const extent = { name: workflow.name, deletes, total: known.size, named: aim.deletes, restarts };
  return {
    plan_hash: hashPlan(valueHash, aim, parts, objects),
    revision: workflow.revision,
    ...(version !== undefined && { version }),
    intent,
    cluster: cluster.name,
    namespace,
    made_at: now().toISOString(),
    counts,
    order: orderOf(prepared.nodes),
    nodes,
    removed,
    namespaces: [...checks.missingNamespaces].toSorted(),
    warnings: prepared.warnings.map(toWarning),
    restarts,
    confirm: confirmOf(extent),
  };
}

function plannedNode(node: CompiledNode, { prepared, checks }: Parts): PlannedNode {
  const objects = node.objects.map((object) => plannedObject(node, object, checks.checked.get(object)));
  const missing = prepared.missing.filter(({ node_id }) => node_id === node.node_id);
  return {
    node_id: node.node_id,
    action: worst(objects.map(({ action }) => action)),
    waits_for: node.after,
    needs_values: missing.map(({ key }) => key),
    objects,
  };
}

/** What is to be said of a node is what is to be said of the most changed of its objects. */
function worst(actions: readonly Action[]): Action {
  const severity: Action[] = ["create", "update", "delete", "keep"];
  return severity.find((action) => actions.includes(action)) ?? "none";
}

function plannedObject(
  node: CompiledNode,
  object: KubernetesObject,
  check: Checked | undefined,
): PlannedObject {
  const fields = check ? fieldsOf(check) : [];
  return {
    ...nameOf(keyOf(object)),
    node_id: node.node_id,
    action: actionOf(check),
    ...(check?.replaces && { replace: true }),
    fields,
  };
}

/** What could not be checked is a fault, and is not going to be written. */
function actionOf(check: Checked | undefined): Action {
  if (!check || check.untouched) return "none";
  return check.isNew ? "create" : "update";
}

function fieldsOf({ live, planned, untouched, contested, sent }: Checked): FieldChange[] {
  if (untouched || !live || !planned) return [];
  const changes = changesOf(live, planned, { manager: fieldManager, secret: live.kind === "Secret" });
  const contestedAt = new Map(
    contested.map((conflict) => [pointerOfField(sent, conflict.field) ?? conflict.field, conflict]),
  );
  return changes.map((change) => {
    const conflict = contestedAt.get(change.path);
    if (!conflict) return change;
    return { ...change, contested: true, owner: { manager: conflict.manager, ...change.owner } };
  });
}

function plannedRemoval({ row, policy, reason }: Removal): PlannedObject {
  return {
    ...nameOf(row.object_key),
    ...(row.node_id && { node_id: row.node_id }),
    action: policy,
    policy,
    reason,
    fields: [],
  };
}

function nameOf(key: string): Pick<PlannedObject, "key" | "kind" | "name" | "namespace"> {
  const [, kind = "", namespace = "", ...name] = key.split("/");
  return { key, kind, name: name.join("/"), ...(namespace && { namespace }) };
}

function restartsOf({ node_id, objects }: CompiledNode, checked: ReadonlyMap<KubernetesObject, Checked>) {
  return objects.flatMap((object) => {
    const { live, planned, untouched, replaces } = checked.get(object) ?? {};
    if (!live || !planned || untouched) return [];
    const restart = restartOf(live, planned, { replaced: replaces !== undefined });
    return restart ? [{ node_id, ...restart }] : [];
  });
}

/** Each node after those it waits for. What waits for itself in the end is refused, and only must not be followed for ever. */
function orderOf(nodes: readonly CompiledNode[]): string[] {
  const byId = new Map(nodes.map((node) => [node.node_id, node]));
  const order = new Set<string>();
  const seen = new Set<string>();
  for (const { node_id } of nodes) {
    const path = seen.has(node_id) ? [] : [node_id];
    for (let at = path.at(-1); at !== undefined; at = path.at(-1)) {
      seen.add(at);
      const next = byId.get(at)?.after.find((wait) => byId.has(wait.node_id) && !seen.has(wait.node_id));
      if (next) path.push(next.node_id);
      else order.add(path.pop() ?? at);
    }
  }
  return [...order];
}

function toWarning({
  code = "warning",
  message,
  node_id,
  path,
}: Parts["prepared"]["warnings"][0]): PlanWarning {
  return { code, message, ...(node_id && { node_id }), ...(path && { path }) };
}
