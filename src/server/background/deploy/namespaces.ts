import type { CompiledNode } from "../../../core/compile/compile-design.ts";
import { keyOf, ownLabels } from "../../../core/kubernetes-object.ts";
import type { Cluster } from "../../cluster/connection.ts";
import type { RunRow } from "../../storage/tables.ts";
import type { Journal } from "./journal.ts";

interface NamespaceNeeds {
  cluster: Cluster;
  run: RunRow;
  journal: Pick<Journal, "commit" | "log">;
  signal: AbortSignal;
  underWay?: AbortSignal | undefined;
  patienceMs: number;
}

export function namespacesOf(nodes: readonly CompiledNode[]): string[] {
  const objects = nodes.flatMap((node) => node.objects);
  return [...new Set(objects.flatMap(({ metadata }) => metadata.namespace ?? []))];
}

/** Makes the namespaces the design speaks of. They are noted as ours, and are never pruned by the way. */
export async function makeNamespaces(needs: NamespaceNeeds, missing: ReadonlySet<string>): Promise<void> {
  const { cluster, run, journal, ...asking } = needs;
  for (const name of missing) {
    const labels = { [ownLabels.managedBy]: "orrery" };
    const namespace = { apiVersion: "v1", kind: "Namespace", metadata: { name, labels } };
    const { metadata } = await cluster.apply(namespace, asking);
    const row = { workflow_id: run.workflow_id, cluster_id: run.cluster_id, object_key: keyOf(namespace) };
    const { uid = null, resourceVersion: resource_version = null } = metadata;
    const made = {
      api_version: "v1",
      node_id: "",
      uid,
      resource_version,
      applied_hash: null,
      adopted: 0,
      run_id: run.id,
    };
    await journal.commit([{ ...row, ...made }]);
    journal.log(`Made the namespace ${name}`);
  }
}
