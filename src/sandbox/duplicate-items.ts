import { itemKey, listTypeOf } from "./list-keys.ts";
import { isMap, type Json, type JsonMap } from "./objects.ts";

/** The lists of an object that hold two items of the same key, which no merge can tell apart. */
export function duplicateItems({ metadata, ...rest }: JsonMap): string[] {
  return [...inMap(rest, "", []), ...inMap(isMap(metadata) ? metadata : {}, ".metadata", [])];
}

function inValue(value: Json | undefined, place: string, names: readonly string[]): string[] {
  if (Array.isArray(value)) return inList(value, place, names);
  return isMap(value) ? inMap(value, place, names) : [];
}

function inMap(map: JsonMap, place: string, names: readonly string[]): string[] {
  return Object.entries(map).flatMap(([key, value]) => inValue(value, `${place}.${key}`, [...names, key]));
}

function inList(items: readonly Json[], place: string, names: readonly string[]): string[] {
  const type = listTypeOf(names);
  if (type.type !== "keyed") return [];
  const seen = new Set<string>();
  return items.filter(isMap).flatMap((item) => {
    const key = told(itemKey(item, type.keys));
    const isAgain = seen.has(key);
    seen.add(key);
    const inside = inMap(item, `${place}${key}`, names);
    return isAgain ? [`${place}: duplicate entries for key ${key}`, ...inside] : inside;
  });
}

/** `[name="web"]` */
function told(key: string): string {
  const parts = Object.entries(JSON.parse(key.slice(2)) as JsonMap);
  return `[${parts.map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(",")}]`;
}
