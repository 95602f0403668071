import { isMap } from "../catalog/text-values.ts";

/**
 * Objects are merged deeply, lists of named things by their names (mounts by their paths), every other list is
 * taken as a whole; `null` takes away.
 */
export function merge(base: object, over: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const merged = new Map<string, unknown>(Object.entries(base));
  for (const [key, value] of Object.entries(over)) {
    if (value === null) merged.delete(key);
    else merged.set(key, mergeValue(merged.get(key), value));
  }
  return Object.fromEntries(merged);
}

function mergeValue(base: unknown, over: unknown): unknown {
  if (isMap(over)) return merge(isMap(base) ? base : {}, over);
  if (!Array.isArray(over)) return over;
  const known: unknown[] = Array.isArray(base) ? base : [];
  const key = keyOfLists(known, over);
  return key === undefined ? over.map((each) => mergeValue(undefined, each)) : mergeLists(known, over, key);
}

/** What the things of two lists are told apart by, if they are merged one by one. */
export function keyOfLists(base: readonly unknown[], over: readonly unknown[]): string | undefined {
  return ["mountPath", "name"].find((key) => isKeyed(base, key) && isKeyed(over, key));
}

/** Whether a list's things are told apart by that key. */
function isKeyed(list: readonly unknown[], key: string): boolean {
  const names = list.map((each) => (isMap(each) ? each[key] : undefined));
  const isNamed = names.length > 0 && names.every((name) => typeof name === "string");
  return isNamed && new Set(names).size === names.length;
}

function mergeLists(base: readonly unknown[], over: readonly unknown[], key: string): unknown[] {
  const byName = new Map<unknown, unknown>();
  for (const each of [...base, ...over]) {
    const name = isMap(each) ? each[key] : undefined;
    byName.set(name, mergeValue(byName.get(name), each));
  }
  return [...byName.values()];
}
