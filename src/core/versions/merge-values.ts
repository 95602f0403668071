import { isMap, pointer } from "../catalog/text-values.ts";

/** Two sides changed one value, each in its own way. An absent value is `undefined`. */
export interface ValueConflict {
  path: string;
  base: unknown;
  mine: unknown;
  theirs: unknown;
}

/**
 * Joins what two sides made of one value, key by key. Where both changed the same to something else it is `mine`,
 * unless theirs was chosen for that path, and told as a conflict.
 */
export function mergeValues(
  base: unknown,
  mine: unknown,
  theirs: unknown,
  chosen: (path: string) => "mine" | "theirs" | undefined,
  path = "",
): { value: unknown; conflicts: ValueConflict[] } {
  if (isEqual(mine, theirs) || isEqual(base, theirs)) return { value: mine, conflicts: [] };
  if (isEqual(base, mine)) return { value: theirs, conflicts: [] };
  if (isMap(mine) && isMap(theirs)) return mergeMaps(isMap(base) ? base : {}, mine, theirs, chosen, path);
  const side = chosen(path);
  const conflicts = side ? [] : [{ path, base, mine, theirs }];
  return { value: side === "theirs" ? theirs : mine, conflicts };
}

type Values = Readonly<Record<string, unknown>>;

function mergeMaps(
  base: Values,
  mine: Values,
  theirs: Values,
  chosen: (path: string) => "mine" | "theirs" | undefined,
  path: string,
): { value: unknown; conflicts: ValueConflict[] } {
  const conflicts: ValueConflict[] = [];
  const keys = new Set([...Object.keys(mine), ...Object.keys(theirs)]);
  const entries = [...keys].flatMap((key): [string, unknown][] => {
    const at = path + pointer(key);
    const merged = mergeValues(own(base, key), own(mine, key), own(theirs, key), chosen, at);
    conflicts.push(...merged.conflicts);
    return merged.value === undefined ? [] : [[key, merged.value]];
  });
  return { value: Object.fromEntries(entries), conflicts };
}

function own(values: Values, key: string): unknown {
  return Object.hasOwn(values, key) ? values[key] : undefined;
}

/** Whether two values of JSON are the same, whatever the order of their keys. */
export function isEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((each, index) => isEqual(each, b[index]));
  if (!isMap(a) || !isMap(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && isEqual(a[key], b[key]))
  );
}
