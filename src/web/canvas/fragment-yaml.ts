import { stringify } from "yaml";
import { compileDesign } from "../../core/compile/compile-design.ts";
import type { KubernetesObject } from "../../core/kubernetes-object.ts";
import type { Fragment } from "./fragment.ts";
import { dialect } from "./yaml-dialect.ts";

const namespace = "default";

/** What `kubectl apply -f -` takes: the objects of a fragment, without the values of secrets. */
export function yamlOf(fragment: Fragment): string {
  const ids = new Set(fragment.nodes.map(({ id }) => id));
  const edges = fragment.edges.filter(({ source, target }) => ids.has(source) && ids.has(target));
  const { nodes } = compileDesign({
    workflow_id: "copied",
    namespace,
    design: { nodes: fragment.nodes, edges },
  });
  const isSaid = fragment.nodes.some(({ data }) => data.namespace === namespace);
  const placed = nodes.flatMap((node) => node.objects);
  const objects = (isSaid ? placed : placed.map(placeless)).map(withoutOwnership);
  return objects
    .map((object) => stringify(object, { ...dialect, lineWidth: 0, aliasDuplicateObjects: false }))
    .join("---\n");
}

/** Where nobody said which namespace, whoever applies it says so. */
function placeless(object: KubernetesObject): KubernetesObject {
  const { namespace: where, ...metadata } = object.metadata;
  return where === namespace ? { ...object, metadata } : object;
}

/** Whoever applies a copy owns it; our labels on it would say otherwise. */
function withoutOwnership(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutOwnership);
  if (typeof value !== "object" || value === null) return value;
  const own = (key: string) => key.startsWith("orrery.dev/") || key === "app.kubernetes.io/managed-by";
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, each]) => (own(key) ? [] : [[key, withoutOwnership(each)]])),
  );
}
