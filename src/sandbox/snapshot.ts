import type { Obj } from "./objects.ts";
import { text } from "./objects.ts";
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
