import type { Design, DesignEdge, DesignNode } from "../../contract/design.ts";
import type { DesignDiff, EdgeDiff } from "../../contract/version-diff.ts";
import { isMap } from "../catalog/text-values.ts";
import { compareData } from "./compare-data.ts";

/** What differs between two drawings, in the order in which they have it; where nodes lie is told apart. */
export function compareDesigns(before: Design, after: Design): DesignDiff {
  const nodes = compareNodes(before.nodes, after.nodes);
  return { ...nodes, ...compareEdges(before.edges, after.edges) };
}

type NodeDiffs = Pick<DesignDiff, "added_nodes" | "removed_nodes" | "modified_nodes" | "moved_nodes">;

/** Nodes are the same by their ids; of several with one id the first is the first's successor, and so on. */
function compareNodes(before: readonly DesignNode[], after: readonly DesignNode[]): NodeDiffs {
  const diff: NodeDiffs = { added_nodes: [], removed_nodes: [], modified_nodes: [], moved_nodes: [] };
  const older = Map.groupBy(before, ({ id }) => id);
  const followed = new Set<DesignNode>();
  const seen = new Map<string, number>();
  for (const node of after) {
    const turn = seen.get(node.id) ?? 0;
    seen.set(node.id, turn + 1);
    const old = older.get(node.id)?.[turn];
    if (old) {
      followed.add(old);
      comparePair(old, node, diff);
    } else diff.added_nodes.push({ node_id: node.id, type: node.type, new_data: node.data });
  }
  for (const node of before)
    if (!followed.has(node))
      diff.removed_nodes.push({ node_id: node.id, type: node.type, old_data: node.data });
  return diff;
}

function comparePair(
  before: DesignNode,
  after: DesignNode,
  { modified_nodes, moved_nodes }: NodeDiffs,
): void {
  const { id: node_id, type, data: new_data } = after;
  const fields = compareData(withoutNoise(before.data), withoutNoise(new_data));
  const isOther = before.type !== type;
  if (isOther || fields.length > 0) {
    const old = { ...(isOther && { old_type: before.type }), old_data: before.data };
    modified_nodes.push({ node_id, type, ...old, new_data, fields });
  }
  const [from, to] = [before.position, after.position];
  if (from.x !== to.x || from.y !== to.y) moved_nodes.push({ node_id, type, from, to });
}

/** What canvases note for themselves in a node. */
function withoutNoise({ _status, _secretCreated, hasValidationError, ...data }: DesignNode["data"]) {
  return data;
}

/** Edges are the same by what they say, whatever their ids: drawn anew between the same ends one is no other. */
function compareEdges(
  before: readonly DesignEdge[],
  after: readonly DesignEdge[],
): Pick<DesignDiff, "added_edges" | "removed_edges"> {
  return { added_edges: edgesBeyond(after, before), removed_edges: edgesBeyond(before, after) };
}

function edgesBeyond(edges: readonly DesignEdge[], others: readonly DesignEdge[]): EdgeDiff[] {
  const counts = new Map<string, number>();
  for (const edge of others) {
    const content = contentOf(edge);
    counts.set(content, (counts.get(content) ?? 0) + 1);
  }
  return edges.flatMap((edge) => {
    const content = contentOf(edge);
    const left = counts.get(content) ?? 0;
    if (left > 0) counts.set(content, left - 1);
    return left > 0 ? [] : [toEdgeDiff(edge)];
  });
}

/** One spelling for edges that say the same. A canvas may write that there is no handle, or not write it. */
function contentOf({ id, sourceHandle, targetHandle, ...rest }: DesignEdge): string {
  const handles = { sourceHandle: sourceHandle || undefined, targetHandle: targetHandle || undefined };
  return JSON.stringify({ ...rest, ...handles }, (_, value) => (isMap(value) ? inOrder(value) : value));
}

function inOrder(value: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function toEdgeDiff({ id, source, target, sourceHandle, targetHandle, type }: DesignEdge): EdgeDiff {
  return {
    edge_id: id,
    source,
    target,
    ...(sourceHandle && { sourceHandle }),
    ...(targetHandle && { targetHandle }),
    ...(type && { type }),
  };
}
