import { at, isMap, type Json, type Obj, text } from "./objects.ts";
import { resourcesOfDefinition } from "./resources.ts";
import type { Store } from "./store.ts";

/** One tenant's cluster as it is written down. */
export interface Kept {
  version: number;
  objects: Obj[];
}

export function snapshotOf(store: Store): Kept {
  return { version: Number(store.version()), objects: store.everything().map(({ object }) => object) };
}

/** Everybody's clusters by name, from what was written down. */
export function keptFrom(snapshot: string): Map<string, Kept> {
  const entries = JSON.parse(snapshot);
  if (!Array.isArray(entries) || !entries.every(isEntry)) throw new Error("It is no snapshot of a sandbox");
  return new Map(entries);
}

function isEntry(entry: unknown): entry is [string, Kept] {
  if (!Array.isArray(entry) || typeof entry[0] !== "string") return false;
  const { version, objects } = isMap(entry[1]) ? entry[1] : {};
  return Number.isSafeInteger(version) && Array.isArray(objects) && objects.every(isObject);
}

function isObject(object: Json): boolean {
  const places = [["apiVersion"], ["kind"], ["metadata", "name"], ["metadata", "uid"]];
  return places.every((place) => text(at(object, ...place)) !== "");
}

/** Puts back what was there. Pods that were on their way begin again, as nobody remembers how far they were. */
export function restore(store: Store, { objects }: Kept): void {
  for (const object of objects)
    if (object.kind === "CustomResourceDefinition")
      store.resources.push(...resourcesOfDefinition(object.spec ?? {}));
  for (const object of objects) {
    const resource = store.resourceOf(object.apiVersion, object.kind);
    if (resource) store.add(resource, object.kind === "Pod" ? settled(object) : object);
  }
}

function settled(pod: Obj): Obj {
  const conditions = pod.status?.conditions;
  const isReady =
    Array.isArray(conditions) &&
    conditions.some((each) => JSON.stringify(each).includes('"type":"Ready","status":"True"'));
  if (isReady || ["Succeeded", "Failed"].includes(text(pod.status?.phase))) return pod;
  const { status: _, ...rest } = pod;
  return rest as Obj;
}
