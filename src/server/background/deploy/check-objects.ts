import type { CompiledNode } from "../../../core/compile/compile-design.ts";
import type { KubernetesObject } from "../../../core/kubernetes-object.ts";
import { type Detail, Problem } from "../../../core/problem.ts";
import type { Cluster } from "../../cluster/connection.ts";
import { causesOf, isNotFound } from "../../cluster/rest.ts";
import type { Untouched } from "./untouched.ts";

interface Checking {
  signal: AbortSignal;
  patienceMs: number;
}

/** What is known of one object before it is written: what it would become, and whether it first has to go. */
export interface Checked {
  isNew: boolean;
  /** The version it had when it was checked. */
  version: string | undefined;
  /** A Job whose fixed fields differ can only be made anew. */
  replaces: string | undefined;
  /** The object as it is, where nothing has to be sent. */
  untouched?: KubernetesObject;
}

interface Checks {
  checked: Map<KubernetesObject, Checked>;
  faults: Detail[];
  missingNamespaces: ReadonlySet<string>;
}

/** Dry-runs every object that has to be sent, all at once. All faults come back together, each with its node. */
export async function checkObjects(
  cluster: Cluster,
  nodes: readonly CompiledNode[],
  untouchedOf: Untouched,
  checking: Checking,
): Promise<Checks> {
  const checked = new Map<KubernetesObject, Checked>();
  const faults: Detail[] = [];
  const namespaces = lookOnce((name) => cluster.lacksNamespace(name, checking));

  const checks = nodes.flatMap((node) =>
    node.objects.map(async (object) => {
      try {
        const untouched = await untouchedOf(object);
        const found = untouched ? asItIs(untouched) : check(cluster, object, namespaces.lacks, checking);
        checked.set(object, await found);
      } catch (error) {
        if (!(error instanceof Problem) || error.kind === "unavailable") throw error;
        faults.push(...faultsOf(node, object, error));
      }
    }),
  );
  await Promise.all(checks);
  return { checked, faults, missingNamespaces: namespaces.missing };
}

function asItIs(untouched: KubernetesObject): Checked {
  return { isNew: false, version: untouched.metadata.resourceVersion, replaces: undefined, untouched };
}

type Lacks = (namespace: string) => Promise<boolean>;

/** Most namespaces are there: they are looked at only when the cluster says that something was not found. */
function lookOnce(look: Lacks): { lacks: Lacks; missing: ReadonlySet<string> } {
  const looks = new Map<string, Promise<boolean>>();
  const missing = new Set<string>();

  async function lookAt(namespace: string): Promise<boolean> {
    const isMissing = await look(namespace);
    if (isMissing) missing.add(namespace);
    return isMissing;
  }

  function lacks(namespace: string): Promise<boolean> {
    const looking = looks.get(namespace) ?? lookAt(namespace);
    looks.set(namespace, looking);
    return looking;
  }
  return { lacks, missing };
}

async function check(
  cluster: Cluster,
  object: KubernetesObject,
  lacks: Lacks,
  checking: Checking,
): Promise<Checked> {
  const fresh = { isNew: true, version: undefined, replaces: undefined };
  const { namespace } = object.metadata;
  try {
    const { metadata } = await cluster.apply(object, { ...checking, dryRun: true });
    // What does not exist yet has no version, not even in a dry run.
    return { isNew: !metadata.resourceVersion, version: metadata.resourceVersion, replaces: undefined };
  } catch (error) {
    if (namespace && isNotFound(error) && (await lacks(namespace))) {
      await cluster.check(object, "default", checking);
      return fresh;
    }
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
