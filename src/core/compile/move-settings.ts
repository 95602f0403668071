import { isMap } from "../catalog/text-values.ts";
import { compareData } from "../versions/compare-data.ts";

type Values = Readonly<Record<string, unknown>>;

/**
 * Settings after what was read of them has changed. Only what differs between the two readings is touched, so that
 * everything else stays as it was said, whatever other ways there are of saying it.
 */
export function moveSettings(said: Values, before: Values, after: Values): Record<string, unknown> {
  const moved = new Map<string, unknown>(Object.entries(said));
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (isSame(before[key], after[key])) continue;
    if (after[key] === undefined) moved.delete(key);
    else moved.set(key, moveValue(said[key], before[key], after[key]));
  }
  return Object.fromEntries(moved);
}

function moveValue(said: unknown, before: unknown, after: unknown): unknown {
  if (isSame(before, after)) return said;
  if (isMap(before) && isMap(after)) return moveMap(said, before, after);
  if (Array.isArray(said) && Array.isArray(before) && Array.isArray(after))
    return moveList(said, before, after);
  return after;
}

function moveMap(said: unknown, before: Values, after: Values): unknown {
  if (said !== undefined && !isMap(said)) return after;
  const moved = moveSettings(said ?? {}, before, after);
  // Where nothing else is said, things come in the order in which they are wanted now.
  const isWhole = Object.keys(moved).every((key) => key in after);
  return isWhole
    ? Object.fromEntries(Object.keys(after).flatMap((key) => (key in moved ? [[key, moved[key]]] : [])))
    : moved;
}

function moveList(
  said: readonly unknown[],
  before: readonly unknown[],
  after: readonly unknown[],
): unknown[] {
  if (said.length !== before.length) return [...after];
  const free = new Set(before.keys());
  const take = (index: number | undefined) => {
    if (index !== undefined) free.delete(index);
    return index;
  };
  const exact = after.map((each) => take([...free].find((index) => isSame(before[index], each))));
  return after.map((each, place) => {
    const named = exact[place] ?? take([...free].find((index) => isNamedAlike(before[index], each)));
    const index = named ?? (said.length === after.length && free.has(place) ? take(place) : undefined);
    return index === undefined ? each : moveValue(said[index], before[index], each);
  });
}

const names = ["name", "mountPath", "containerPort", "port", "path", "key"];

function isNamedAlike(a: unknown, b: unknown): boolean {
  const key = isMap(a) && names.find((each) => a[each] !== undefined);
  return key !== undefined && key !== false && isMap(a) && isMap(b) && a[key] === b[key];
}

function isSame(a: unknown, b: unknown): boolean {
  return compareData(a, b).length === 0;
}
