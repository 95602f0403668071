import { isMap } from "../catalog/text-values.ts";

/** Lists whose order means nothing, and what their things are told apart by. */
const unordered = new Map([
  ["volumes", "name"],
  ["volumeMounts", "mountPath"],
]);

/** Whether two parts of objects say the same to Kubernetes. `place` is the key they are found under. */
export function sameMeaning(a: unknown, b: unknown, place = ""): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) {
    const key = unordered.get(place);
    const [left, right] = key === undefined ? [a, b] : [sortedBy(a, key), sortedBy(b, key)];
    return left.length === right.length && left.every((each, index) => sameMeaning(each, right[index]));
  }
  if (!isMap(a) || !isMap(b)) return false;
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].every((key) => sameMeaning(a[key], b[key], key));
}

function sortedBy(list: readonly unknown[], key: string): unknown[] {
  const nameOf = (each: unknown) => (isMap(each) ? String(each[key]) : "");
  return [...list].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
}
