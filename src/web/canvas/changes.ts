import type { DesignEdge, DesignNode } from "../../contract/design.ts";
import { compareDesigns } from "../../core/versions/compare-designs.ts";
import { isEqual } from "../../core/versions/merge-values.ts";
import type { Graph } from "./graph.ts";
import { withEdges, withNodes, withoutNodes } from "./graph.ts";

export type Staged = "new" | "edited" | "removed";

/** What differs between the drawing and what was deployed; where nodes lie is no difference. */
export interface Changes {
  nodes: ReadonlyMap<string, Staged>;
  /** Edges by their ids in the drawing, or, where they were removed, in the deployed one. */
  edges: ReadonlyMap<string, "new" | "removed">;
  count: number;
}

export const noChanges: Changes = { nodes: new Map(), edges: new Map(), count: 0 };

const compared = new WeakMap<DesignNode, { with: DesignNode; isSame: boolean }>();

export function changesSince(deployed: Graph, { nodes, edges }: Graph): Changes {
  const staged = new Map<string, Staged>();
  for (const node of nodes.values()) {
    const before = deployed.nodes.get(node.id);
    if (!before) staged.set(node.id, "new");
    else if (!isSameNode(before, node)) staged.set(node.id, "edited");
  }
  for (const id of deployed.nodes.keys()) if (!nodes.has(id)) staged.set(id, "removed");
  const between = edgeChanges(deployed.edges, edges);
  // An edge that came or went with its node is part of that change.
  const own = [...between].filter(([id]) => {
    const { source, target } = edges.get(id) ?? deployed.edges.get(id) ?? { source: "", target: "" };
    return ![source, target].some((end) => staged.get(end) === "new" || staged.get(end) === "removed");
  });
  return { nodes: staged, edges: between, count: staged.size + own.length };
}

/** One edit changes one node: all others were compared before, as the same objects. */
function isSameNode(before: DesignNode, node: DesignNode): boolean {
  const known = compared.get(node);
  if (known?.with === before) return known.isSame;
  const isSame = before.type === node.type && isEqual(before.data, node.data);
  compared.set(node, { with: before, isSame });
  return isSame;
}

function edgeChanges(
  before: ReadonlyMap<string, DesignEdge>,
  after: ReadonlyMap<string, DesignEdge>,
): Map<string, "new" | "removed"> {
  if (before === after) return new Map();
  const { added_edges, removed_edges } = compareDesigns(
    { nodes: [], edges: [...before.values()] },
    { nodes: [], edges: [...after.values()] },
  );
  const removed = removed_edges.map(({ edge_id }) => [edge_id, "removed"] as const);
  return new Map([...removed, ...added_edges.map(({ edge_id }) => [edge_id, "new"] as const)]);
}

/** The drawing with one node as it was deployed, and with the edges it had then. */
export function discarded(graph: Graph, deployed: Graph, id: string): Graph {
  const before = deployed.nodes.get(id);
  if (!before) return withoutNodes(graph, new Set([id]));
  const now = graph.nodes.get(id);
  const position = now?.position ?? before.position;
  const restored = withNodes(graph, [{ ...before, position }]);
  if (now) return restored;
  const own = [...deployed.edges.values()].filter(({ source, target }) => {
    const isAtIt = source === id || target === id;
    return isAtIt && restored.nodes.has(source) && restored.nodes.has(target);
  });
  return withEdges(restored, own);
}
