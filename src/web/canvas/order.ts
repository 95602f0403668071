import type { DesignNode } from "../../contract/design.ts";
import type { Point } from "../../core/layout/free-spot.ts";
import { ranksOf } from "../../core/layout/ranks.ts";
import { cardSize, type Graph } from "./graph.ts";

const orders = new WeakMap<Graph, readonly string[]>();

/** The order in which a drawing is read: by what leads to what, then from the top, then from the left. */
export function readingOrder(graph: Graph): readonly string[] {
  const known = orders.get(graph);
  if (known) return known;
  const nodes = [...graph.nodes.values()];
  const ranks = ranksOf(
    nodes.map(({ id }) => id),
    [...graph.edges.values()],
  );
  const order = nodes
    .toSorted((a, b) => (ranks.get(a.id) ?? 0) - (ranks.get(b.id) ?? 0) || byPlace(a, b))
    .map(({ id }) => id);
  orders.set(graph, order);
  return order;
}

function byPlace(a: DesignNode, b: DesignNode): number {
  return a.position.y - b.position.y || a.position.x - b.position.x || (a.id < b.id ? -1 : 1);
}

export type Direction = "left" | "right" | "up" | "down";

/** The nearest node in a direction: what lies aside counts more than what lies ahead. */
export function nearestTo(graph: Graph, from: string, direction: Direction): string | undefined {
  const start = graph.nodes.get(from);
  if (!start) return undefined;
  let best: { id: string; far: number } | undefined;
  for (const { id, position } of graph.nodes.values()) {
    if (id === from) continue;
    const far = farAhead(start.position, position, direction);
    if (far !== undefined && (!best || far < best.far)) best = { id, far };
  }
  return best?.id;
}

function farAhead(from: Point, to: Point, direction: Direction): number | undefined {
  const [x, y] = [to.x - from.x, to.y - from.y];
  const ahead = { left: -x, right: x, up: -y, down: y }[direction];
  const aside = Math.abs(direction === "left" || direction === "right" ? y : x);
  return ahead > 0 && aside <= ahead * 3 ? ahead + aside * 2 : undefined;
}

/** The nodes at the other ends of a node's edges, in reading order. */
export function alongEdges(graph: Graph, id: string, way: "out" | "in"): string[] {
  const [here, there] = way === "out" ? (["source", "target"] as const) : (["target", "source"] as const);
  const ids = new Set(
    [...graph.edges.values()].filter((edge) => edge[here] === id).map((edge) => edge[there]),
  );
  return readingOrder(graph).filter((each) => ids.has(each));
}

/** The nodes that edges join to these, through any number of others. */
export function connectedTo({ edges }: Graph, ids: Iterable<string>): Set<string> {
  const found = new Set(ids);
  for (let before = 0; before !== found.size; ) {
    before = found.size;
    for (const { source, target } of edges.values())
      if (found.has(source) || found.has(target)) found.add(source).add(target);
  }
  return found;
}

export type Side = "left" | "centre" | "right" | "top" | "middle" | "bottom";

/** The nodes on one line, by a side or their middles. */
export function aligned(nodes: readonly DesignNode[], side: Side): DesignNode[] {
  const axis = side === "left" || side === "centre" || side === "right" ? "x" : "y";
  const values = nodes.map(({ position }) => position[axis]);
  const line = { left: "min", top: "min", right: "max", bottom: "max", centre: "mean", middle: "mean" }[side];
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const at =
    line === "min" ? Math.min(...values) : line === "max" ? Math.max(...values) : Math.round(mean / 8) * 8;
  return nodes.map((node) => ({ ...node, position: { ...node.position, [axis]: at } }));
}

/** The nodes with the same distance between each and the next, the outermost where they are. */
export function distributed(nodes: readonly DesignNode[], axis: "x" | "y"): DesignNode[] {
  const sorted = nodes.toSorted((a, b) => a.position[axis] - b.position[axis]);
  const [first, last] = [sorted[0]?.position[axis] ?? 0, sorted.at(-1)?.position[axis] ?? 0];
  const step = (last - first) / Math.max(1, sorted.length - 1);
  return sorted.map((node, index) => ({
    ...node,
    position: { ...node.position, [axis]: Math.round((first + step * index) / 8) * 8 },
  }));
}

const guideReach = 6;

/** Where a card that is dragged meets the edges or the middle of another, and how it is pulled there. */
export function guidesFor(
  at: Point,
  others: Iterable<DesignNode>,
): { at: Point; guides: { x?: number; y?: number }[] } {
  const pulled = { ...at };
  const guides: { x?: number; y?: number }[] = [];
  const near = { x: guideReach, y: guideReach };
  const found: { x?: number; y?: number } = {};
  for (const { position } of others)
    for (const axis of ["x", "y"] as const) {
      const off = Math.abs(position[axis] - at[axis]);
      if (off >= near[axis]) continue;
      near[axis] = off;
      found[axis] = position[axis];
    }
  for (const axis of ["x", "y"] as const) {
    const line = found[axis];
    if (line === undefined) continue;
    pulled[axis] = line;
    guides.push({ [axis]: line + (axis === "x" ? cardSize.width : cardSize.height) / 2 });
  }
  return { at: pulled, guides };
}
