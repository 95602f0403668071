import { BoxIndex } from "./box-index.ts";
import { type Box, freeSpot, gap, onGrid, type Point } from "./free-spot.ts";
import { type Ends, ranksOf } from "./ranks.ts";

export interface LayoutInput {
  nodes: readonly (Box & { id: string })[];
  edges: readonly Ends[];
  /** The nodes that may be moved; all others stay where they are, and nothing is put on them. */
  movable: ReadonlySet<string>;
}

type Sized = LayoutInput["nodes"][number];

/**
 * Places for the nodes that may be moved: in columns by what leads to what, near those they are joined to. The same
 * drawing is laid out the same way, in whatever order its nodes come.
 */
export function layOut({ nodes, edges, movable }: LayoutInput): Map<string, Point> {
  const sorted = nodes.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const moved = sorted.filter(({ id }) => movable.has(id));
  const placed = sorted.filter(({ id }) => !movable.has(id));
  const own = edges.toSorted((a, b) => (`${a.source} ${a.target}` < `${b.source} ${b.target}` ? -1 : 1));
  const taken = new BoxIndex(placed);
  const places = new Map<string, Point>();
  const parts = partsOf(moved, own);
  const origin = originOf(nodes, placed);
  let top = origin.y;
  for (const part of parts) {
    const drawn = columnsOf(part, own);
    const shift = besidePlaced(drawn, own, placed) ?? { x: origin.x, y: top };
    for (const { id, width, height } of part) {
      const at = drawn.get(id) ?? { x: 0, y: 0 };
      const spot = freeSpot({ x: at.x + shift.x, y: at.y + shift.y, width, height }, taken);
      taken.add({ ...spot, width, height });
      places.set(id, spot);
      top = Math.max(top, spot.y + height + gap.y * 2);
    }
  }
  return places;
}

/** Where what is joined to nothing placed begins: below all that is placed, else where the drawing began. */
function originOf(nodes: readonly Sized[], placed: readonly Sized[]): Point {
  const around = placed.length > 0 ? placed : nodes;
  const x = Math.min(...around.map((node) => node.x));
  const y =
    placed.length > 0
      ? Math.max(...placed.map((node) => node.y + node.height)) + gap.y * 2
      : Math.min(...around.map((node) => node.y));
  return { x: onGrid(Number.isFinite(x) ? x : 0), y: onGrid(Number.isFinite(y) ? y : 0) };
}

/** The nodes that are joined to one another, the largest part first. */
function partsOf(nodes: readonly Sized[], edges: readonly Ends[]): Sized[][] {
  const heads = new Map(nodes.map(({ id }) => [id, id]));
  const headOf = (id: string): string => {
    let head = id;
    for (let next = heads.get(head); next !== undefined && next !== head; next = heads.get(head)) head = next;
    heads.set(id, head);
    return head;
  };
  for (const { source, target } of edges) {
    if (!heads.has(source) || !heads.has(target)) continue;
    const [a, b] = [headOf(source), headOf(target)];
    if (a < b) heads.set(b, a);
    else heads.set(a, b);
  }
  const parts = [...Map.groupBy(nodes, ({ id }) => headOf(id)).values()];
  return parts.toSorted((a, b) => b.length - a.length);
}

/** Columns by rank; within one, by where those it is joined to stand. */
function columnsOf(part: readonly Sized[], edges: readonly Ends[]): Map<string, Point> {
  const ranks = ranksOf(
    part.map(({ id }) => id),
    edges,
  );
  const columns = [...Map.groupBy(part, ({ id }) => ranks.get(id) ?? 0)]
    .toSorted(([a], [b]) => a - b)
    .map(([, column]) => column);
  const ordered = sweep(columns, neighboursOf(edges));
  const height = Math.max(...ordered.map(heightOf));
  const places = new Map<string, Point>();
  let x = 0;
  for (const column of ordered) {
    let y = (height - heightOf(column)) / 2;
    for (const node of column) {
      places.set(node.id, { x, y: onGrid(y) });
      y += node.height + gap.y;
    }
    x += onGrid(Math.max(...column.map(({ width }) => width)) + gap.x);
  }
  return places;
}

function heightOf(column: readonly Sized[]): number {
  return column.reduce((sum, { height }) => sum + height + gap.y, -gap.y);
}

function neighboursOf(edges: readonly Ends[]): Map<string, string[]> {
  const pairs = edges.flatMap(({ source, target }) => [[source, target] as const, [target, source] as const]);
  const grouped = Map.groupBy(pairs, ([id]) => id);
  return new Map([...grouped].map(([id, list]) => [id, list.map(([, other]) => other)]));
}

const sweeps = 8;

/** A few passes there and back, each column sorted by the mean place of its neighbours: fewer edges cross. */
function sweep(columns: readonly Sized[][], neighbours: ReadonlyMap<string, readonly string[]>): Sized[][] {
  const ordered = columns.map((column) => [...column]);
  const place = new Map<string, number>();
  const note = (column: readonly Sized[]) => {
    for (const [index, { id }] of column.entries()) place.set(id, (index + 0.5) / column.length);
  };
  for (const column of ordered) note(column);
  const meanOf = ({ id }: Sized): number => {
    const known = (neighbours.get(id) ?? []).flatMap((other) => place.get(other) ?? []);
    return known.length > 0
      ? known.reduce((sum, each) => sum + each, 0) / known.length
      : (place.get(id) ?? 0);
  };
  for (let pass = 0; pass < sweeps; pass += 1) {
    const turn = pass % 2 === 0 ? ordered.keys() : [...ordered.keys()].reverse();
    for (const index of turn) {
      const means = new Map((ordered[index] ?? []).map((node) => [node, meanOf(node)]));
      const next = [...means.keys()].sort((a, b) => (means.get(a) ?? 0) - (means.get(b) ?? 0));
      ordered[index] = next;
      note(next);
    }
  }
  return ordered;
}

/** How far a part is shifted so that it stands beside the placed nodes it is joined to. */
function besidePlaced(
  drawn: ReadonlyMap<string, Point>,
  edges: readonly Ends[],
  placed: readonly Sized[],
): Point | undefined {
  const fixed = new Map(placed.map((node) => [node.id, node]));
  const wishes = edges.flatMap(({ source, target }): Point[] => {
    const [from, to] = [drawn.get(source), drawn.get(target)];
    const [before, after] = [fixed.get(source), fixed.get(target)];
    if (before && to) return [{ x: before.x + before.width + gap.x - to.x, y: before.y - to.y }];
    if (after && from) return [{ x: after.x - after.width - gap.x - from.x, y: after.y - from.y }];
    return [];
  });
  if (wishes.length === 0) return undefined;
  const mean = (key: "x" | "y") => wishes.reduce((sum, wish) => sum + wish[key], 0) / wishes.length;
  return { x: onGrid(mean("x")), y: onGrid(mean("y")) };
}
