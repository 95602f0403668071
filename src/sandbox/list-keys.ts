import { isMap, type Json, type JsonMap } from "./objects.ts";

/** Lists whose items are told apart by keys; every other list is replaced as a whole. */
const byName = ["name"];
const keysOfList: Readonly<Record<string, readonly string[]>> = {
  containers: byName,
  initContainers: byName,
  ephemeralContainers: byName,
  volumes: byName,
  env: byName,
  imagePullSecrets: byName,
  secrets: byName,
  volumeMounts: ["mountPath"],
  volumeDevices: ["devicePath"],
  hostAliases: ["ip"],
  topologySpreadConstraints: ["topologyKey", "whenUnsatisfiable"],
  conditions: ["type"],
  ownerReferences: ["uid"],
};

/** Lists that are sets of texts. */
const sets = new Set(["finalizers"]);

/** Maps that are replaced as a whole. */
const atomicMaps = new Set([
  "selector",
  "nodeSelector",
  "scaleTargetRef",
  "configMapKeyRef",
  "secretKeyRef",
  "fieldRef",
  "resourceFieldRef",
  "podSelector",
  "namespaceSelector",
]);

export type ListType = { type: "keyed"; keys: readonly string[] } | { type: "set" } | { type: "atomic" };

/** How a list behaves, by the path of field names that leads to it. */
export function listTypeOf(path: readonly string[]): ListType {
  const field = path.at(-1) ?? "";
  if (sets.has(field)) return { type: "set" };
  if (field === "ports") {
    if (path.includes("containers") || path.includes("initContainers"))
      return { type: "keyed", keys: ["containerPort", "protocol"] };
    return path.length === 2 && path[0] === "spec"
      ? { type: "keyed", keys: ["port", "protocol"] }
      : { type: "atomic" };
  }
  const keys = Object.hasOwn(keysOfList, field) ? keysOfList[field] : undefined;
  return keys ? { type: "keyed", keys } : { type: "atomic" };
}

export function isAtomicMap(path: readonly string[]): boolean {
  return atomicMaps.has(path.at(-1) ?? "");
}

/** An item's key as it is written in field paths; `protocol` may be left out and is TCP then. */
export function itemKey(item: JsonMap, keys: readonly string[]): string {
  const parts = keys.map((key) => [key, item[key] ?? (key === "protocol" ? "TCP" : null)] as const);
  return `k:${JSON.stringify(Object.fromEntries(parts))}`;
}

/** Items by key, or nothing where an item has none. */
export function keyed(items: readonly Json[], keys: readonly string[]): Map<string, JsonMap> | undefined {
  const found = new Map<string, JsonMap>();
  for (const item of items) {
    if (!isMap(item)) return undefined;
    found.set(itemKey(item, keys), item);
  }
  return found;
}
