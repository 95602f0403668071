import { isMap, pointer } from "../catalog/text-values.ts";

/**
 * Where a field that a cluster names, such as `.spec.template.spec.containers[name="web"].image`, is in an object, as
 * a JSON Pointer; nothing where it is not there. Keys stand unquoted in such names and may hold dots, so that only
 * the object itself tells where one ends.
 */
export function pointerOf(field: string, object: unknown): string | undefined {
  const keys = keysTo(field, object);
  return keys && pointer(...keys);
}

function keysTo(field: string, value: unknown): (string | number)[] | undefined {
  if (field === "") return [];
  return field.startsWith("[") ? throughItem(field, value) : throughKey(field, value);
}

function throughKey(field: string, value: unknown): (string | number)[] | undefined {
  if (!isMap(value)) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const rest = field.slice(key.length + 1);
    if (!field.startsWith(`.${key}`) || !/^([.[]|$)/.test(rest)) continue;
    const keys = keysTo(rest, inner);
    if (keys) return [key, ...keys];
  }
  return undefined;
}

function throughItem(field: string, value: unknown): (string | number)[] | undefined {
  const [step = "", inside = ""] = /^\[((?:"(?:[^"\\]|\\.)*"|[^"\]])*)\]/.exec(field) ?? [];
  if (step === "" || !Array.isArray(value)) return undefined;
  const index = value.findIndex((item: unknown, at) => isMeant(item, at, inside));
  const keys = index === -1 ? undefined : keysTo(field.slice(step.length), value[index]);
  return keys && [index, ...keys];
}

/** Items are named by their place, by their own value, or by the keys that tell them apart. */
function isMeant(item: unknown, index: number, inside: string): boolean {
  if (/^\d+$/.test(inside)) return Number(inside) === index;
  if (inside.startsWith("=")) return JSON.stringify(item) === inside.slice(1);
  const named = [...inside.matchAll(/([^=,]+)=("(?:[^"\\]|\\.)*"|[^,]*)/g)];
  return (
    isMap(item) &&
    named.length > 0 &&
    // A key that is not said has its default, which the cluster knows.
    named.every(([, key = "", said]) => item[key] === undefined || JSON.stringify(item[key]) === said) &&
    named.some(([, key = ""]) => item[key] !== undefined)
  );
}
