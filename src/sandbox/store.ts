import { randomUUID } from "node:crypto";
import { copy, type Obj } from "./objects.ts";
import { apiVersionOf, builtIn, type Resource } from "./resources.ts";
import { gone, StatusError } from "./status.ts";

export interface Change {
  type: "ADDED" | "MODIFIED" | "DELETED";
  object: Obj;
  /** As it was before. */
  old: Obj | undefined;
  resource: Resource;
  version: number;
}

type Listener = (change: Change) => void;

const keptChanges = 2_000;

export type Store = ReturnType<typeof createStore>;

/** One tenant's objects, and the numbered history that watches read. */
export function createStore(maxObjects: number) {
  const tables = new Map<Resource, Map<string, Obj>>();
  const resources: Resource[] = [...builtIn];
  const history: Change[] = [];
  const listeners = new Set<Listener>();
  let version = 1_000;
  let forgottenUpTo = version;
  let count = 0;

  const tableOf = (resource: Resource) => {
    const known = tables.get(resource) ?? new Map<string, Obj>();
    tables.set(resource, known);
    return known;
  };
  const keyOf = (namespace: string, name: string) => `${namespace}/${name}`;

  function record(type: Change["type"], resource: Resource, object: Obj, old: Obj | undefined): Obj {
    version += 1;
    object.metadata.resourceVersion = String(version);
    const key = keyOf(object.metadata.namespace ?? "", object.metadata.name);
    if (type === "DELETED") tableOf(resource).delete(key);
    else tableOf(resource).set(key, object);
    const change = { type, object, old, resource, version };
    history.push(change);
    if (history.length > keptChanges) forgottenUpTo = history.shift()?.version ?? forgottenUpTo;
    for (const listener of [...listeners]) listener(change);
    return object;
  }

  return {
    resources,
    version: () => String(version),

    find: (resource: Resource, namespace: string, name: string): Obj | undefined =>
      tableOf(resource).get(keyOf(namespace, name)),

    all(resource: Resource, namespace = ""): Obj[] {
      const objects = [...tableOf(resource).values()];
      return namespace ? objects.filter(({ metadata }) => metadata.namespace === namespace) : objects;
    },

    everything: (): { resource: Resource; object: Obj }[] =>
      [...tables].flatMap(([resource, table]) => [...table.values()].map((object) => ({ resource, object }))),

    resourceOf: (apiVersion: string, kind: string): Resource | undefined =>
      resources.find((each) => each.kind === kind && apiVersionOf(each) === apiVersion),

    add(resource: Resource, object: Obj): Obj {
      if (count >= maxObjects)
        throw new StatusError(507, "InsufficientStorage", `the sandbox holds ${maxObjects} objects at most`);
      count += 1;
      const made = copy(object);
      made.metadata.uid ||= randomUUID();
      made.metadata.creationTimestamp = new Date().toISOString().replace(/\.\d+Z$/, "Z");
      return record("ADDED", resource, made, undefined);
    },

    replace: (resource: Resource, object: Obj, old: Obj): Obj => record("MODIFIED", resource, object, old),

    remove(resource: Resource, object: Obj): void {
      count -= 1;
      record("DELETED", resource, copy(object), object);
    },

    /** Everything after a version, then what comes; refuses where it no longer knows that far back. */
    watch(after: number, tell: Listener): () => void {
      if (after < forgottenUpTo) throw gone();
      for (const change of history) if (change.version > after) tell(change);
      listeners.add(tell);
      return () => listeners.delete(tell);
    },

    listen(tell: Listener): () => void {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },

    /** From here on nobody can resume from before. */
    forgetHistory(): void {
      version += 1;
      forgottenUpTo = version;
      history.length = 0;
    },
  };
}
