import type { CompiledNode } from "../../../core/compile/compile-design.ts";
import type { KubernetesObject } from "../../../core/kubernetes-object.ts";
import { type Detail, Problem } from "../../../core/problem.ts";
import type { Cluster } from "../../cluster/connection.ts";
import { causesOf } from "../../cluster/rest.ts";

interface Checking {
  signal: AbortSignal;
  patienceMs: number;
}

/** What a dry run said of one object: what it would become, and whether it first has to go. */
export interface Checked {
  isNew: boolean;
  /** The version it had when it was checked. */
  version: string | undefined;
  /** A Job whose fixed fields differ can only be made anew. */
  replaces: string | undefined;
}

/** Dry-runs every object, all at once. All faults come back together, each with its node. */
export async function checkObjects(
  cluster: Cluster,
  nodes: readonly CompiledNode[],
  missingNamespaces: ReadonlySet<string>,
  checking: Checking,
): Promise<{ checked: Map<KubernetesObject, Checked>; faults: Detail[] }> {
  const checked = new Map<KubernetesObject, Checked>();
  const faults: Detail[] = [];

  const checks = nodes.flatMap((node) =>
    node.objects.map(async (object) => {
      try {
        checked.set(object, await check(cluster, object, missingNamespaces, checking));
      } catch (error) {
        if (!(error instanceof Problem) || error.kind === "unavailable") throw error;
        faults.push(...faultsOf(node, object, error));
      }
    }),
  );
  await Promise.all(checks);
  return { checked, faults };
}

async function check(
  cluster: Cluster,
  object: KubernetesObject,
  missingNamespaces: ReadonlySet<string>,
  checking: Checking,
): Promise<Checked> {
  const fresh = { isNew: true, version: undefined, replaces: undefined };
  if (missingNamespaces.has(object.metadata.namespace ?? "")) {
    await cluster.check(object, "default", checking);
    return fresh;
  }
  try {
    const { metadata } = await cluster.apply(object, { ...checking, dryRun: true });
    // What does not exist yet has no version, not even in a dry run.
    return { isNew: !metadata.resourceVersion, version: metadata.resourceVersion, replaces: undefined };
  } catch (error) {
    if (object.kind !== "Job" || !isImmutable(error)) throw error;
    const live = await cluster.read(object, checking);
    await cluster.check(object, object.metadata.namespace ?? "default", checking);
    return { ...fresh, isNew: !live, replaces: live?.metadata.uid };
  }
}

function isImmutable(error: unknown): boolean {
  return causesOf(error).some(({ message }) => message.endsWith("field is immutable"));
}

function faultsOf({ node_id, name }: CompiledNode, object: KubernetesObject, problem: Problem): Detail[] {
  const code = problem.kind === "conflict" ? "field-owned-by-another" : "refused-by-cluster";
  return [{ node_id, path: "", code, message: `${object.kind} “${name}”: ${problem.message}` }];
}
