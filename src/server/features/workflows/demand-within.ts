import { demandNamespace, type Grant } from "../../../core/access/grant.ts";
import { demandHarmless } from "../../../core/access/harmless.ts";
import { compileDesign } from "../../../core/compile/compile-design.ts";
import type { Aim } from "../../background/deploy/planning.ts";
import type { InventoryStore } from "../../storage/inventory.ts";

const namespaces = "/Namespace//";

/** Refuses what reaches out of the namespaces somebody was given, before the cluster is asked anything. */
export async function demandWithin(
  { inventory }: { inventory: Pick<InventoryStore, "of"> },
  grant: Grant,
  { workflow, cluster, design, namespace, values, intent, deletes }: Aim,
): Promise<void> {
  if (grant.namespaces.length === 0) return;
  await demandDeployed({ inventory }, grant, { workflow_id: workflow.id, cluster_id: cluster.id });
  if (deletes.some((key) => key.startsWith(namespaces))) demandNamespace(grant, "");
  if (intent === "undeploy") return;
  const { secrets = {}, envVars: env = {} } = values;
  const { nodes, faults } = compileDesign({
    workflow_id: workflow.id,
    design,
    namespace,
    values: { secrets, env },
  });
  // With faults nothing is asked of the cluster, and the caller hears of those.
  if (faults.length > 0) return;
  for (const { objects } of nodes) for (const object of objects) demandHarmless(grant, object);
}

/** Refuses whoever may not see all of what a workflow has in a cluster. */
export async function demandDeployed(
  { inventory }: { inventory: Pick<InventoryStore, "of"> },
  grant: Grant,
  { workflow_id, cluster_id }: { workflow_id: string; cluster_id: string },
): Promise<void> {
  if (grant.namespaces.length === 0) return;
  for (const { object_key } of await inventory.of(workflow_id, cluster_id)) {
    // Made when the access was wider; that it is there is no secret to who was given what is in it.
    if (object_key.startsWith(namespaces)) continue;
    const [, , namespace = ""] = object_key.split("/");
    demandNamespace(grant, namespace);
  }
}
