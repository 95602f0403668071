import type { DesignEdge, DesignNode } from "../../contract/design.ts";
import type { Extras, Graph } from "./graph.ts";

/** What came, changed and went, by itself enough to go forth and back. */
export interface Change<T> {
  added: readonly T[];
  updated: readonly (readonly [from: T, to: T])[];
  removed: readonly T[];
}

/** One step of the history, as a value. */
export interface Step {
  /** What was done, to be read after “Undo”. */
  label: string;
  nodes: Change<DesignNode>;
  edges: Change<DesignEdge>;
  extras?: readonly [from: Extras, to: Extras];
  /** Steps of one gesture or of one field follow one another as one. */
  squash?: string;
  at: number;
}

export const mostSteps = 500;
const squashWithinMs = 600;

/** Keys that begin so are of one movement of a hand, however long it takes. */
export const gesture = "gesture ";

/** The difference of two graphs; what is the same object in both has not changed. */
export function stepBetween(before: Graph, after: Graph, how: Pick<Step, "label" | "squash" | "at">): Step {
  return {
    ...how,
    nodes: changeBetween(before.nodes, after.nodes),
    edges: changeBetween(before.edges, after.edges),
    ...(before.extras !== after.extras && { extras: [before.extras, after.extras] as const }),
  };
}

interface Named {
  id: string;
}

function changeBetween<T extends Named>(
  before: ReadonlyMap<string, T>,
  after: ReadonlyMap<string, T>,
): Change<T> {
  if (before === after) return { added: [], updated: [], removed: [] };
  const added: T[] = [];
  const updated: [T, T][] = [];
  for (const [id, to] of after) {
    const from = before.get(id);
    if (!from) added.push(to);
    else if (from !== to) updated.push([from, to]);
  }
  return { added, updated, removed: [...before.values()].filter(({ id }) => !after.has(id)) };
}

export function isEmptyStep({ nodes, edges, extras }: Step): boolean {
  return !extras && isEmpty(nodes) && isEmpty(edges);
}

function isEmpty({ added, updated, removed }: Change<unknown>): boolean {
  return added.length === 0 && updated.length === 0 && removed.length === 0;
}

export function applied(graph: Graph, { nodes, edges, extras }: Step): Graph {
  return {
    nodes: withChange(graph.nodes, nodes),
    edges: withChange(graph.edges, edges),
    extras: extras ? extras[1] : graph.extras,
  };
}

function withChange<T extends Named>(
  items: ReadonlyMap<string, T>,
  change: Change<T>,
): ReadonlyMap<string, T> {
  if (isEmpty(change)) return items;
  const next = new Map(items);
  for (const { id } of change.removed) next.delete(id);
  for (const [, to] of change.updated) next.set(to.id, to);
  for (const item of change.added) next.set(item.id, item);
  return next;
}

export function reversed(step: Step): Step {
  const { nodes, edges, extras } = step;
  return {
    ...step,
    nodes: turned(nodes),
    edges: turned(edges),
    ...(extras && { extras: [extras[1], extras[0]] as const }),
  };
}

function turned<T>({ added, updated, removed }: Change<T>): Change<T> {
  return { added: removed, updated: updated.map(([from, to]) => [to, from] as const), removed: added };
}

/** The history with one more step, which joins the last where both are of one gesture. */
export function withStep(past: readonly Step[], step: Step): readonly Step[] {
  const last = past.at(-1);
  if (!last || !isOneGesture(last, step)) return [...past, step].slice(-mostSteps);
  const joined = squashed(last, step);
  return isEmptyStep(joined) ? past.slice(0, -1) : past.with(-1, joined);
}

function isOneGesture(last: Step, { squash, at }: Step): boolean {
  if (squash === undefined || last.squash !== squash) return false;
  return squash.startsWith(gesture) || at - last.at <= squashWithinMs;
}

function squashed(first: Step, second: Step): Step {
  const extras = second.extras
    ? ([first.extras?.[0] ?? second.extras[0], second.extras[1]] as const)
    : first.extras;
  return {
    ...second,
    nodes: joinedChange(first.nodes, second.nodes),
    edges: joinedChange(first.edges, second.edges),
    ...(extras && { extras }),
  };
}

function joinedChange<T extends Named>(first: Change<T>, second: Change<T>): Change<T> {
  if (isEmpty(first)) return second;
  if (isEmpty(second)) return first;
  const ends = new Map<string, { from: T | undefined; to: T | undefined }>();
  for (const change of [first, second])
    for (const { id, from, to } of endsOf(change))
      ends.set(id, { from: ends.has(id) ? ends.get(id)?.from : from, to });
  const all = [...ends.values()];
  return {
    added: all.flatMap(({ from, to }) => (to && !from ? [to] : [])),
    updated: all.flatMap(({ from, to }) => (from && to && from !== to ? [[from, to] as const] : [])),
    removed: all.flatMap(({ from, to }) => (from && !to ? [from] : [])),
  };
}

function endsOf<T extends Named>({ added, updated, removed }: Change<T>) {
  return [
    ...added.map((to) => ({ id: to.id, from: undefined, to })),
    ...updated.map(([from, to]) => ({ id: to.id, from, to })),
    ...removed.map((from) => ({ id: from.id, from, to: undefined })),
  ];
}
