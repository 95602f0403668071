import type { CompiledNode } from "../../../core/compile/compile-design.ts";
import type { KubernetesObject } from "../../../core/kubernetes-object.ts";
import { type Detail, Problem } from "../../../core/problem.ts";
import { type Checked, type Checking, checkObject, type Lacks } from "./check-object.ts";

export interface Checks {
  checked: Map<KubernetesObject, Checked>;
  faults: Detail[];
  missingNamespaces: ReadonlySet<string>;
}

/** Dry-runs every object that has to be sent, all at once. All faults come back together, each with its node. */
export async function checkObjects(checking: Checking, nodes: readonly CompiledNode[]): Promise<Checks> {
  const { cluster, signal, patienceMs } = checking;
  const checked = new Map<KubernetesObject, Checked>();
  const faults: Detail[] = [];
  const namespaces = lookOnce((name) => cluster.lacksNamespace(name, { signal, patienceMs }));

  const checks = nodes.flatMap((node) =>
    node.objects.map(async (object) => {
      try {
        checked.set(object, await checkObject({ ...checking, lacks: namespaces.lacks }, node, object));
      } catch (error) {
        if (!(error instanceof Problem) || passedOn.has(error.kind)) throw error;
        faults.push(faultOf(node, object, error));
      }
    }),
  );
  await Promise.all(checks);
  return { checked, faults, missingNamespaces: namespaces.missing };
}

/** What is not wrong with one object alone. */
const passedOn: ReadonlySet<Problem["kind"]> = new Set(["unavailable", "forbidden"]);

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

function faultOf({ node_id }: CompiledNode, object: KubernetesObject, problem: Problem): Detail {
  const message = `${object.kind} “${object.metadata.name}”: ${problem.message}`;
  return { node_id, path: "", code: "refused-by-cluster", message };
}
