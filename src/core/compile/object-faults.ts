import { type KubernetesObject, keyOf } from "../kubernetes-object.ts";
import type { Detail } from "../problem.ts";
import { findCycles } from "../relations/cycles.ts";
import type { Wait } from "../relations/dependencies.ts";

interface CompiledNode {
  node_id: string;
  type: string;
  name: string;
  objects: readonly KubernetesObject[];
  after: readonly Wait[];
}

/** Two nodes that make the same object would overwrite each other for ever. */
export function duplicateObjects(nodes: readonly CompiledNode[]): Detail[] {
  const makers = new Map<string, Set<CompiledNode>>();
  for (const node of nodes)
    for (const object of node.objects) {
      const key = keyOf(object);
      makers.set(key, (makers.get(key) ?? new Set()).add(node));
    }
  return [...makers].flatMap(([key, by]) =>
    by.size > 1 ? [...by].map((node) => sameObject(key, node, by)) : [],
  );
}

const mostNamed = 5;

function sameObject(key: string, node: CompiledNode, by: ReadonlySet<CompiledNode>): Detail {
  const [, kind, namespace, name] = key.split("/");
  const others = [...by].filter((each) => each !== node).map(({ node_id }) => `“${node_id}”`);
  const named = others.length > mostNamed ? [...others.slice(0, mostNamed), "others"] : others;
  const message = `The ${kind} ${name} in ${namespace || "the cluster"} is also made by ${named.join(", ")}`;
  const path = node.type === "object" ? "/manifest/metadata/name" : "/name";
  return { node_id: node.node_id, path, code: "duplicate-object", message };
}

/** What waits for itself in the end would wait for ever. */
export function cycleFaults(nodes: readonly CompiledNode[]): Detail[] {
  const names = new Map(nodes.map(({ node_id, name }) => [node_id, `“${name}”`]));
  return findCycles(nodes).flatMap((cycle) => {
    const circle = [...cycle, cycle[0] ?? ""].map((id) => names.get(id) ?? id).join(" → ");
    const message = `The workflow contains a cycle: ${circle}`;
    return cycle.map((node_id): Detail => ({ node_id, path: "", code: "cycle", message }));
  });
}
