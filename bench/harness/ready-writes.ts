import { randomUUID } from "node:crypto";
import { applyTo } from "../../src/sandbox/apply.ts";
import type { Asked } from "../../src/sandbox/asked.ts";
import { isSameOwnership, type Manager, managers, setManagers } from "../../src/sandbox/managers.ts";
import { copy, type JsonMap, type Obj, same } from "../../src/sandbox/objects.ts";
import { apiVersionOf } from "../../src/sandbox/resources.ts";
import { methodNotAllowed, notFound } from "../../src/sandbox/status.ts";
import type { Store } from "../../src/sandbox/store.ts";
import type { Writes } from "../../src/sandbox/writes.ts";

/**
 * The sandbox's server-side apply, with its ownership and conflicts, without its defaults, checks and controllers:
 * those take longer than everything that is measured. What is applied is stored as it was sent.
 */
export function readyWrites(store: Store): Writes {
  return {
    existing: ({ resource, namespace, name }) => {
      const found = store.find(resource, namespace, name);
      if (!found) throw notFound(resource, name);
      return found;
    },
    apply: (asked, sent) => apply(store, asked, sent),
    create: notHere,
    update: notHere,
    remove: notHere,
  };
}

function notHere(): never {
  throw methodNotAllowed();
}

function apply(store: Store, asked: Asked, sent: JsonMap): Obj {
  const { resource, namespace, name, manager, isForced, isDryRun } = asked;
  const isInside = resource.isNamespaced;
  if (isInside && !store.find(namespaceOf(store), "", namespace))
    throw notFound(namespaceOf(store), namespace);
  const old = store.find(resource, namespace, name);
  const { object, owners } = applyTo(old ?? blank(asked), sent, manager, isForced || !old);
  if (old && isUnchanged(object, owners, old)) return old;
  const metadata = { ...object.metadata, name, ...(isInside && { namespace }) };
  const isNewSpec = !old || !same(old.spec, object.spec);
  const generation = (old?.metadata.generation ?? 0) + (isNewSpec ? 1 : 0);
  const written = { ...object, metadata: { ...metadata, ...(resource.hasGeneration && { generation }) } };
  setManagers(written, owners);
  if (isDryRun) return written;
  const stored = old ? store.replace(resource, written, old) : store.add(resource, written);
  if (resource.kind === "Deployment") setImmediate(() => makeReady(store, stored));
  return stored;
}

const namespaceOf = (store: Store) => {
  const found = store.resourceOf("v1", "Namespace");
  if (!found) throw new Error("The sandbox has no namespaces");
  return found;
};

function blank({ resource, name }: Asked): Obj {
  const creationTimestamp = new Date().toISOString().replace(/\.\d+Z$/, "Z");
  const metadata = { name, uid: randomUUID(), creationTimestamp };
  return { apiVersion: apiVersionOf(resource), kind: resource.kind, metadata } as unknown as Obj;
}

/** Same bytes in, same version out. */
function isUnchanged(object: Obj, owners: readonly Manager[], old: Obj): boolean {
  return same(object, old) && isSameOwnership(owners, managers(old));
}

/** Says what a controller would once all pods run; in a write of its own, so that there is something to wait for. */
function makeReady(store: Store, { metadata: { namespace = "", name } }: Obj): void {
  const resource = store.resourceOf("apps/v1", "Deployment");
  const old = resource && store.find(resource, namespace, name);
  if (!old || old.status?.observedGeneration === old.metadata.generation) return;
  const replicas = Number(old.spec?.replicas ?? 1);
  const pods = { replicas, updatedReplicas: replicas, readyReplicas: replicas, availableReplicas: replicas };
  const conditions = [
    { type: "Available", status: "True", reason: "MinimumReplicasAvailable" },
    { type: "Progressing", status: "True", reason: "NewReplicaSetAvailable" },
  ];
  const status = { observedGeneration: old.metadata.generation ?? 0, ...pods, conditions };
  const next = { ...copy(old), status };
  setManagers(next, managers(old));
  store.replace(resource, next, old);
}
