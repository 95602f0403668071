import type { Graph } from "./graph.ts";
import { readingOrder } from "./order.ts";

export interface Row {
  /** Of the node. */
  id: string;
  /** The group that begins with this row. */
  group?: string;
}

/** The nodes in reading order, those of a group together where its first one is. */
export function outlineRows(graph: Graph): Row[] {
  const groupOf = new Map(
    graph.extras.groups.flatMap((group) => group.node_ids.map((id) => [id, group] as const)),
  );
  const order = readingOrder(graph);
  const members = Map.groupBy(
    order.filter((id) => groupOf.has(id)),
    (id) => groupOf.get(id)?.id,
  );
  const told = new Set<string>();
  return order.flatMap((id): Row[] => {
    const group = groupOf.get(id);
    if (!group) return [{ id }];
    if (told.has(group.id)) return [];
    told.add(group.id);
    return (members.get(group.id) ?? []).map((member, index) => ({
      id: member,
      ...(index === 0 && { group: group.title }),
    }));
  });
}
