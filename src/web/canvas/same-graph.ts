import { isEqual } from "../../core/versions/merge-values.ts";
import type { Graph } from "./graph.ts";

/** The newer graph with the objects of the older one where they say the same. */
export function sharing(older: Graph, newer: Graph): Graph {
  const share = <T>(before: ReadonlyMap<string, T>, after: ReadonlyMap<string, T>) =>
    new Map(
      [...after].map(([id, item]) => [id, isEqual(before.get(id), item) ? (before.get(id) ?? item) : item]),
    );
  const extras = isEqual(older.extras, newer.extras) ? older.extras : newer.extras;
  return { nodes: share(older.nodes, newer.nodes), edges: share(older.edges, newer.edges), extras };
}

/** Whether one graph is the other with nodes moved, at most. Of an edit, which keeps what it does not change. */
export function isOnlyMoved(from: Graph, to: Graph): boolean {
  if (from === to) return true;
  if (from.edges !== to.edges || from.nodes.size !== to.nodes.size) return false;
  for (const [id, node] of to.nodes) {
    const before = from.nodes.get(id);
    if (before !== node && (before?.data !== node.data || before.type !== node.type)) return false;
  }
  return true;
}

/** Whether two graphs say the same, in whatever order. */
export function isSameGraph(a: Graph, b: Graph): boolean {
  const isSame = <T>(one: ReadonlyMap<string, T>, other: ReadonlyMap<string, T>) =>
    one === other ||
    (one.size === other.size &&
      [...one].every(([id, item]) => item === other.get(id) || isEqual(item, other.get(id))));
  return (
    isSame(a.nodes, b.nodes) &&
    isSame(a.edges, b.edges) &&
    (a.extras === b.extras || isEqual(a.extras, b.extras))
  );
}
