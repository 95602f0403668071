import type { Condition, DesignEdge, DesignNode } from "../../contract/design.ts";
import { chainBetween, fitOf, type Way } from "../../core/relations/fits.ts";
import { nameOfNode } from "../../core/relations/node-names.ts";
import type { Relation } from "../../core/relations/relations.ts";
import { type Graph, newId } from "./graph.ts";

export type Connection = { edge: DesignEdge; relation: Relation } | { why: string; ways: readonly Way[] };

export interface Wish {
  /** One is to wait for the other, whatever else joins them. */
  isOrder?: boolean;
  condition?: Condition;
}

/** The edge that joining two nodes makes, or why they cannot be joined and what would work. */
export function connectionOf(
  { nodes, edges }: Graph,
  fromId: string,
  toId: string,
  wish: Wish = {},
): Connection {
  const [from, to] = [nodes.get(fromId), nodes.get(toId)];
  if (!from || !to) return refused("One of the two is no longer there.");
  if (from === to) return refused("A node cannot be connected to itself.");
  if (wish.isOrder) return orderOf(edges, from, to, wish.condition);
  const fit = fitOf(from.type, to.type);
  if ("why" in fit) return fit;
  if (fit.relation === "precedes") return orderOf(edges, from, to, wish.condition);
  const [source, target] = fit.source === "first" ? [from, to] : [to, from];
  const isThere = [...edges.values()].some(
    (edge) => edge.type !== "dependency" && joins(edge, source.id, target.id),
  );
  if (isThere) return refused(`${nameOfNode(source)} and ${nameOfNode(target)} are connected already.`);
  return { edge: { id: newId(), source: source.id, target: target.id }, relation: fit.relation };

  function orderOf(
    all: Graph["edges"],
    first: DesignNode,
    waiting: DesignNode,
    condition: Condition | undefined,
  ): Connection {
    const orders = [...all.values()].filter(({ type }) => type === "dependency");
    if (orders.some((edge) => edge.source === first.id && edge.target === waiting.id))
      return refused(`${nameOfNode(waiting)} waits for ${nameOfNode(first)} already.`);
    const chain = chainBetween(orders, waiting.id, first.id);
    if (chain) return refused(circleOf(chain, nodes));
    const data = condition && { data: { condition } };
    const edge = { id: newId(), source: first.id, target: waiting.id, type: "dependency", ...data };
    return { edge, relation: "precedes" };
  }
}

const refused = (why: string): Connection => ({ why, ways: [] });

function joins({ source, target }: DesignEdge, a: string, b: string): boolean {
  return (source === a && target === b) || (source === b && target === a);
}

function circleOf(chain: readonly string[], nodes: Graph["nodes"]): string {
  const names = [...chain, chain[0] ?? ""].map((id) => {
    const node = nodes.get(id);
    return node ? nameOfNode(node) : id;
  });
  return `That would be a circle, in which nothing can start: ${names.join(" → ")}.`;
}
