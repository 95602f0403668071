import type { Design, DesignEdge, DesignNode } from "../../contract/design.ts";
import { isEqual, mergeValues } from "./merge-values.ts";

export type Side = "mine" | "theirs";

/** Something that both sides changed, so that somebody has to choose. */
export interface Conflict {
  /** The same for the same conflict of the same three drawings. */
  key: string;
  id: string;
  of: "node" | "edge";
  /** Both changed a field, or one removed what the other changed. */
  what: "field" | "removed-by-me" | "removed-by-them";
  /** A JSON Pointer into the node or edge; empty for the whole of it. */
  path: string;
  base: unknown;
  mine: unknown;
  theirs: unknown;
}

export interface Merged {
  design: Design;
  /** Those left; each stands as mine until it is chosen. */
  conflicts: Conflict[];
  /** The nodes and edges in which the result differs from mine. */
  taken: string[];
}

type Choices = ReadonlyMap<string, Side>;

const none: Choices = new Map();

/** Joins what two sides made of one drawing, by node and field. Where a node lies is never asked: mine stays. */
export function mergeDesigns(base: Design, mine: Design, theirs: Design, choices: Choices = none): Merged {
  const touched = touchedBy(mine, base);
  const theirTouched = touchedBy(theirs, base);
  const nodes = mergeItems("node", base.nodes, mine.nodes, theirs.nodes, choices, {
    mine: touched,
    theirs: theirTouched,
  });
  const edges = mergeItems("edge", base.edges, mine.edges, theirs.edges, choices);
  const known = new Set(nodes.items.map(({ id }) => id));
  const joined = edges.items.filter(({ source, target }) => known.has(source) && known.has(target));
  return {
    design: { nodes: nodes.items, edges: withoutTwins(joined, mine.edges) },
    conflicts: [...nodes.conflicts, ...edges.conflicts],
    taken: [...nodes.taken, ...edges.taken],
  };
}

type Item = DesignNode | DesignEdge;

interface MergedItems<T> {
  items: T[];
  conflicts: Conflict[];
  taken: string[];
}

/** Nodes at which a side drew an edge, which is a change of them where the other side removed them. */
interface Touched {
  mine: ReadonlySet<string>;
  theirs: ReadonlySet<string>;
}

const untouched: Touched = { mine: new Set(), theirs: new Set() };

function mergeItems<T extends Item>(
  of: Conflict["of"],
  base: readonly T[],
  mine: readonly T[],
  theirs: readonly T[],
  choices: Choices,
  touched = untouched,
): MergedItems<T> {
  const [before, ours, others] = [base, mine, theirs].map(byId) as [
    Map<string, T>,
    Map<string, T>,
    Map<string, T>,
  ];
  const merged: MergedItems<T> = { items: [], conflicts: [], taken: [] };
  for (const id of new Set([...ours.keys(), ...others.keys()])) {
    const three = { base: before.get(id), mine: ours.get(id), theirs: others.get(id) };
    const result = mergeItem({ of, id, choices, touched }, three);
    if (result.item) merged.items.push(result.item);
    merged.conflicts.push(...result.conflicts);
    if (!isEqual(result.item, three.mine)) merged.taken.push(id);
  }
  return merged;
}

interface Place {
  of: Conflict["of"];
  id: string;
  choices: Choices;
  touched: Touched;
}

interface Three<T> {
  base: T | undefined;
  mine: T | undefined;
  theirs: T | undefined;
}

function mergeItem<T extends Item>(
  place: Place,
  three: Three<T>,
): { item: T | undefined; conflicts: Conflict[] } {
  const { base, mine, theirs } = three;
  if (mine && theirs) return mergePair(place, { base, mine, theirs });
  const left = mine ?? theirs;
  // In one side alone: new there, or removed by the other.
  if (!base || !left) return { item: left, conflicts: [] };
  const isTouched = place.touched[mine ? "mine" : "theirs"].has(place.id);
  if (isEqual(withoutPlace(left), withoutPlace(base)) && !isTouched)
    return { item: undefined, conflicts: [] };
  return removedOrChanged(place, three);
}

function removedOrChanged<T extends Item>(
  { of, id, choices }: Place,
  { base, mine, theirs }: Three<T>,
): { item: T | undefined; conflicts: Conflict[] } {
  const what = mine ? "removed-by-them" : "removed-by-me";
  const key = `${of} ${id}`;
  const side = choices.get(key);
  const conflict: Conflict = { key, id, of, what, path: "", base, mine, theirs };
  return { item: side === "theirs" ? theirs : mine, conflicts: side ? [] : [conflict] };
}

function mergePair<T extends Item>(
  { of, id, choices }: Place,
  { base, mine, theirs }: { base: T | undefined; mine: T; theirs: T },
): { item: T; conflicts: Conflict[] } {
  if (isEqual(mine, theirs)) return { item: mine, conflicts: [] };
  const keyOf = (path: string) => `${of} ${id} ${path}`;
  const chosen = (path: string) => (path.startsWith("/position") ? "mine" : choices.get(keyOf(path)));
  const { value, conflicts } = mergeValues(base, mine, theirs, chosen);
  return {
    item: value as T,
    conflicts: conflicts.map((each) => ({ key: keyOf(each.path), id, of, what: "field", ...each })),
  };
}

function withoutPlace(item: Item): object {
  const { position, ...rest } = item as DesignNode;
  return rest;
}

function byId<T extends Item>(items: readonly T[]): Map<string, T> {
  return new Map(items.map((item) => [item.id, item]));
}

function touchedBy(side: Design, base: Design): ReadonlySet<string> {
  const known = new Set(base.edges.map(({ id }) => id));
  return new Set(side.edges.flatMap(({ id, source, target }) => (known.has(id) ? [] : [source, target])));
}

/** Both sides may have drawn the same edge; of two that say the same mine stays. */
function withoutTwins(edges: readonly DesignEdge[], mine: readonly DesignEdge[]): DesignEdge[] {
  const own = new Map(mine.map((edge) => [contentOf(edge), edge.id]));
  const ids = new Set(mine.map(({ id }) => id));
  return edges.filter((edge) => ids.has(edge.id) || !own.has(contentOf(edge)));
}

function contentOf({ source, target, type, sourceHandle, targetHandle }: DesignEdge): string {
  return JSON.stringify([source, target, type ?? "", sourceHandle ?? "", targetHandle ?? ""]);
}
