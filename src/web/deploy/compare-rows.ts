import type { Design, DesignEdge, DesignNode } from "../../contract/design.ts";
import type { DesignDiff, EdgeDiff, FieldDiff } from "../../contract/version-diff.ts";
import { nameOfNode } from "../../core/relations/node-names.ts";

export type Difference = "added" | "removed" | "changed" | "moved";

/** One thing that differs between two drawings. */
export interface CompareRow {
  /** The node's id, or the edge's behind `edge:`. */
  id: string;
  is: Difference;
  what: "node" | "edge";
  name: string;
  kind: string;
  fields: readonly FieldDiff[];
}

/** What differs, changes first; what only moved comes last, since it changes nothing that runs. */
export function compareRows(diff: DesignDiff, before: Design, after: Design): CompareRow[] {
  const nodes = new Map([...before.nodes, ...after.nodes].map((node) => [node.id, node]));
  const node =
    (is: Difference, fields: readonly FieldDiff[] = []) =>
    ({ node_id, type }: { node_id: string; type: string }): CompareRow => ({
      id: node_id,
      is,
      what: "node",
      name: nameIn(nodes, node_id),
      kind: type,
      fields,
    });
  const edge =
    (is: Difference) =>
    (each: EdgeDiff): CompareRow => ({
      id: `edge:${each.edge_id}`,
      is,
      what: "edge",
      name: `${nameIn(nodes, each.source)} → ${nameIn(nodes, each.target)}`,
      kind: each.type ?? "edge",
      fields: [],
    });
  const changed = new Set(diff.modified_nodes.map(({ node_id }) => node_id));
  return [
    ...diff.modified_nodes.map((each) => node("changed", typedFields(each))(each)),
    ...diff.added_nodes.map(node("added")),
    ...diff.removed_nodes.map(node("removed")),
    ...diff.added_edges.map(edge("added")),
    ...diff.removed_edges.map(edge("removed")),
    ...diff.moved_nodes.filter(({ node_id }) => !changed.has(node_id)).map(node("moved")),
  ];
}

function nameIn(nodes: ReadonlyMap<string, DesignNode>, id: string): string {
  const node = nodes.get(id);
  return node ? nameOfNode(node) : id;
}

/** A node of another kind than before has that for a field too. */
function typedFields({ old_type, type, fields }: DesignDiff["modified_nodes"][number]): readonly FieldDiff[] {
  return old_type ? [{ path: "/kind", from: old_type, to: type }, ...fields] : fields;
}

/** How many of each there are, in words: `2 added, 1 changed`. */
export function compareText(rows: readonly CompareRow[]): string {
  const order: Difference[] = ["added", "removed", "changed", "moved"];
  const said = order.flatMap((is) => {
    const count = rows.filter((row) => row.is === is).length;
    return count > 0 ? [`${count} ${is}`] : [];
  });
  return said.length > 0 ? said.join(", ") : "no differences";
}

/** Both drawings in one: the newer with what is only in the older. */
export function joined(before: Design, after: Design): Design {
  return {
    nodes: joinedItems(before.nodes, after.nodes),
    edges: joinedItems<DesignEdge>(before.edges, after.edges),
  };
}

function joinedItems<Item extends { id: string }>(before: readonly Item[], after: readonly Item[]): Item[] {
  const has = new Set(after.map(({ id }) => id));
  return [...after, ...before.filter(({ id }) => !has.has(id))];
}

/** The next or the one before, round and round; the first where none was chosen. */
export function stepThrough(ids: readonly string[], at: string | undefined, by: 1 | -1): string | undefined {
  if (ids.length === 0) return undefined;
  const index = at === undefined ? -1 : ids.indexOf(at);
  if (index < 0) return by === 1 ? ids[0] : ids.at(-1);
  return ids[(index + by + ids.length) % ids.length];
}
