import { isMap } from "../catalog/text-values.ts";
import { keyValue } from "./pointers.ts";

/** What Kubernetes tells the items of its lists apart by. Mounts and ports may have names too, which do not say so. */
const knownKeys = [
  ["mountPath"],
  ["devicePath"],
  ["containerPort", "protocol"],
  ["port", "protocol"],
  ["name"],
  ["key"],
  ["ip"],
  ["topologyKey"],
  ["topologyKey", "whenUnsatisfiable"],
  ["type"],
];

/** An item's key, for lists whose items all have one, each its own: then places say nothing. */
export function keyOfItems(...lists: (readonly unknown[])[]): ((item: unknown) => string) | undefined {
  const keys = knownKeys.find((each) => lists.every((list) => isKeyedBy(list, each)));
  return keys && ((item) => keyOf(item, keys) ?? "");
}

function isKeyedBy(list: readonly unknown[], keys: readonly string[]): boolean {
  const found = list.map((item) => keyOf(item, keys));
  return !found.includes(undefined) && new Set(found).size === found.length;
}

function keyOf(item: unknown, keys: readonly string[]): string | undefined {
  if (!isMap(item)) return undefined;
  const values = keys.map((key) => keyValue(item, key));
  return values.every((value) => typeof value === "string" || typeof value === "number")
    ? JSON.stringify(values)
    : undefined;
}
