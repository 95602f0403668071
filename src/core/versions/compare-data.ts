import type { FieldDiff } from "../../contract/version-diff.ts";
import { isMap, pointer } from "../catalog/text-values.ts";

/**
 * What differs between two values, field by field, as JSON Pointers into them. Keys come in the order in which the
 * newer value has them, those that went after them; lists are compared place by place.
 */
export function compareData(before: unknown, after: unknown, path = ""): FieldDiff[] {
  if (before === after) return [];
  if (Array.isArray(before) && Array.isArray(after)) return compareLists(before, after, path);
  if (isMap(before) && isMap(after)) return compareMaps(before, after, path);
  return [{ path, from: before, to: after }];
}

type Values = Readonly<Record<string, unknown>>;

function compareMaps(before: Values, after: Values, path: string): FieldDiff[] {
  const found = Object.keys(after).flatMap((key) => {
    const at = path + pointer(key);
    return Object.hasOwn(before, key)
      ? compareData(before[key], after[key], at)
      : [{ path: at, to: after[key] }];
  });
  for (const key of Object.keys(before))
    if (!Object.hasOwn(after, key)) found.push({ path: path + pointer(key), from: before[key] });
  return found;
}

function compareLists(before: readonly unknown[], after: readonly unknown[], path: string): FieldDiff[] {
  const found: FieldDiff[] = [];
  for (let index = 0; index < Math.max(before.length, after.length); index += 1) {
    const at = path + pointer(index);
    if (index >= before.length) found.push({ path: at, to: after[index] });
    else if (index >= after.length) found.push({ path: at, from: before[index] });
    else for (const field of compareData(before[index], after[index], at)) found.push(field);
  }
  return found;
}
