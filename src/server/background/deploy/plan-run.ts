import { keyOf } from "../../../core/kubernetes-object.ts";
import type { InventoryRow } from "../../storage/tables.ts";
import { checkObjects } from "./check-objects.ts";
import { makePlan } from "./make-plan.ts";
import { namespacesOf } from "./namespaces.ts";
import { type Aim, givenIn, type PlanNeeds, type Planned } from "./planning.ts";
import { type Prepared, prepareRun } from "./prepare-run.ts";
import { findRemovals, type Removals } from "./removals.ts";
import { lookForUntouched } from "./untouched.ts";

/** Asks the cluster what a run would change, and writes nothing. */
export async function planRun(needs: PlanNeeds, aim: Aim, ahead?: Prepared): Promise<Planned> {
  const { cluster, inventory, valueHash, signal, patienceMs } = needs;
  const { workflow, namespace, design, values } = aim;
  const asking = { cluster, workflow_id: workflow.id, valueHash, signal, patienceMs };
  const rows = await inventory.of(workflow.id, aim.cluster.id);
  const known = new Map(rows.map((row) => [row.object_key, row]));

  const source = { workflow_id: workflow.id, design, namespace, values, inventory: rows, valueHash };
  const prepared =
    aim.intent === "undeploy" ? nothing : (ahead ?? (await prepareRun(cluster, source, asking)));
  const nodes = prepared.faults.length > 0 ? [] : prepared.nodes;
  needs.foreseen?.(namespacesOf(nodes));
  const untouchedOf = lookForUntouched({ ...asking, known });
  const checks = await checkObjects({ ...asking, untouchedOf, known, isGiven: givenIn(values) }, nodes);

  const removing = prepared.faults.length > 0 ? none : await removalsOf(needs, aim, known, prepared);
  const faults = [...prepared.faults, ...checks.faults];
  const parts = { ...removing, prepared, checks, known };
  return { ...parts, faults, plan: makePlan(needs, aim, parts) };
}

const nothing: Prepared = { nodes: [], faults: [], warnings: [], missing: [], kept: [] };
const none: Removals = { removals: [], gone: [] };

function removalsOf(
  { cluster, inventory, signal, patienceMs }: PlanNeeds,
  { workflow, cluster: { id: cluster_id }, deletes }: Aim,
  known: ReadonlyMap<string, InventoryRow>,
  { nodes, kept }: Prepared,
): Promise<Removals> {
  const used = namespacesOf(nodes).map((name) => `/Namespace//${name}`);
  const objects = [...nodes.flatMap((node) => node.objects), ...kept];
  const wanted = new Set([...objects.map(keyOf), ...used]);
  const asking = { cluster, inventory, workflow_id: workflow.id, cluster_id, known, signal, patienceMs };
  return findRemovals({ ...asking, deletes: new Set(deletes) }, wanted);
}
