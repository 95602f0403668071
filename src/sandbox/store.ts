import { createHistory, type History } from "./history.ts";
import type { Obj } from "./objects.ts";
import { apiVersionOf, builtIn, type Resource } from "./resources.ts";
import { StatusError } from "./status.ts";

export interface Kept {
  resource: Resource;
  object: Obj;
}

export interface Store {
  resources: Resource[];
  history: History;
  version(): string;
  find(resource: Resource, namespace: string, name: string): Obj | undefined;
  all(resource: Resource, namespace?: string): Obj[];
  everything(): Kept[];
  ownedBy(uid: string): Kept[];
  resourceOf(apiVersion: string, kind: string): Resource | undefined;
  add(resource: Resource, object: Obj): Obj;
  replace(resource: Resource, object: Obj, old: Obj): Obj;
  remove(resource: Resource, object: Obj): void;
}

const keyOf = ({ namespace = "", name }: { namespace?: string; name: string }) => `${namespace}/${name}`;

/** One tenant's objects, and the numbered history that watches read. */
export function createStore(maxObjects: number, version = 1_000): Store {
  const tables = new Map<Resource, Map<string, Obj>>();
  const owners = createOwners();
  const resources: Resource[] = [...builtIn];
  const history = createHistory(version);
  let count = 0;
  const tableOf = (resource: Resource) => {
    const known = tables.get(resource) ?? new Map<string, Obj>();
    tables.set(resource, known);
    return known;
  };

  return {
    resources,
    history,
    version: () => String(history.version()),
    find: (resource, namespace, name) => tableOf(resource).get(keyOf({ namespace, name })),
    all(resource, namespace = "") {
      const objects = [...tableOf(resource).values()];
      return namespace ? objects.filter(({ metadata }) => metadata.namespace === namespace) : objects;
    },
    everything: () =>
      [...tables].flatMap(([resource, table]) => [...table.values()].map((object) => ({ resource, object }))),
    ownedBy: (uid) => owners.ownedBy(uid),
    resourceOf: (apiVersion, kind) =>
      resources.find((each) => each.kind === kind && apiVersionOf(each) === apiVersion),
    add(resource, object) {
      if (count >= maxObjects)
        throw new StatusError(507, "InsufficientStorage", `the sandbox holds ${maxObjects} objects at most`);
      count += 1;
      tableOf(resource).set(keyOf(object.metadata), object);
      owners.note(resource, object, undefined);
      history.record({ type: "ADDED", resource, object, old: undefined });
      return object;
    },
    replace(resource, object, old) {
      tableOf(resource).set(keyOf(object.metadata), object);
      owners.note(resource, object, old);
      history.record({ type: "MODIFIED", resource, object, old });
      return object;
    },
    remove(resource, object) {
      count -= 1;
      tableOf(resource).delete(keyOf(object.metadata));
      owners.note(resource, undefined, object);
      history.record({
        type: "DELETED",
        resource,
        object: { ...object, metadata: { ...object.metadata } },
        old: object,
      });
    },
  };
}

/** Who owns what, by uid: what goes with its owner is found without a look at everything. */
function createOwners() {
  const owned = new Map<string, Map<string, Kept>>();

  function forget(old: Obj): void {
    for (const { uid } of old.metadata.ownerReferences ?? []) {
      owned.get(uid)?.delete(old.metadata.uid);
      if (owned.get(uid)?.size === 0) owned.delete(uid);
    }
  }

  return {
    ownedBy: (uid: string): Kept[] => [...(owned.get(uid)?.values() ?? [])],
    note(resource: Resource, object: Obj | undefined, old: Obj | undefined): void {
      if (old) forget(old);
      for (const { uid } of object?.metadata.ownerReferences ?? []) {
        const known = owned.get(uid) ?? new Map<string, Kept>();
        if (object) owned.set(uid, known.set(object.metadata.uid, { resource, object }));
      }
    },
  };
}
