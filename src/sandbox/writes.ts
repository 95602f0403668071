import { randomUUID } from "node:crypto";
import { admit } from "./admission.ts";
import { allocate, lastAllocated } from "./allocation.ts";
import { applyTo, ownersAfterUpdate } from "./apply.ts";
import type { Asked, DeleteOptions } from "./asked.ts";
import { faultsOf } from "./checks/checks.ts";
import { required } from "./checks/faults.ts";
import { setDefaults } from "./defaults.ts";
import { isSameOwnership, type Manager, managers, setManagers } from "./managers.ts";
import { at, copy, type JsonMap, map, type Obj, same, text } from "./objects.ts";
import type { Quotas } from "./quotas.ts";
import { received, receivedToApply } from "./received.ts";
import { removeFrom } from "./removal.ts";
import { apiVersionOf } from "./resources.ts";
import { alreadyExists, badRequest, conflict, invalid, notFound } from "./status.ts";
import type { Store } from "./store.ts";

type OwnersOf = (object: Obj) => readonly Manager[];

export interface Writes {
  existing(asked: Asked): Obj;
  create(asked: Asked, sent: JsonMap): Obj;
  update(asked: Asked, sent: JsonMap): Obj;
  apply(asked: Asked, sent: JsonMap): Obj;
  remove(asked: Asked, options: DeleteOptions): { object: Obj; isGone: boolean };
}

interface Needs {
  store: Store;
  quotas: Quotas;
  /** A number that was not given out before. */
  next: () => number;
}

/** Everything that changes an object, the way the API server does it: defaults, checks, ownership, history. */
export function createWrites(store: Store, quotas: Quotas): Writes {
  let allocated: number | undefined;
  const services = () =>
    store.everything().flatMap(({ object }) => (object.kind === "Service" ? object : []));
  // Counted from what is there when the first is asked for: a cluster may have been put back before.
  const next = () => (allocated = (allocated ?? lastAllocated(services())) + 1);
  const needs = { store, quotas, next };
  return {
    existing: (asked) => existing(store, asked),
    create: (asked, sent) =>
      create(needs, asked, sent, (made) => ownersAfterUpdate(undefined, made, asked.manager, "")),
    update: (asked, sent) => update(needs, asked, sent),
    apply: (asked, sent) => apply(needs, asked, sent),
    remove: (asked, options) => removeFrom(store, asked, existing(store, asked), options),
  };
}

function existing(store: Store, { resource, namespace, name }: Asked): Obj {
  const old = store.find(resource, namespace, name);
  if (!old) throw notFound(resource, name);
  return old;
}

function create(needs: Needs, asked: Asked, sent: JsonMap, owners: OwnersOf): Obj {
  const { store, quotas } = needs;
  const { resource, namespace } = asked;
  const object = received(asked, sent);
  admit(store, resource, object);
  if (store.find(resource, namespace, object.metadata.name))
    throw alreadyExists(resource, object.metadata.name);
  if (resource.hasStatus) delete object.status;
  const { metadata } = object;
  // Known before it is stored: Jobs select their pods by it.
  metadata.uid = randomUUID();
  metadata.creationTimestamp = new Date().toISOString().replace(/\.\d+Z$/, "Z");
  const whole = completed(needs, asked, object, undefined);
  quotas.check(resource, whole);
  return settle(store, asked, whole, undefined, owners);
}

/** A whole new state; what belongs to the status is changed through the status alone, and the other way round. */
function update(needs: Needs, asked: Asked, sent: JsonMap): Obj {
  const old = existing(needs.store, asked);
  const object = received(asked, sent);
  refuseStale(asked, sent, old);
  const merged =
    asked.subresource === "status"
      ? { ...copy(old), status: object.status ?? {} }
      : keepServerFields(object, old);
  return settle(needs.store, asked, completed(needs, asked, merged, old), old, (made) =>
    ownersAfterUpdate(old, made, asked.manager, asked.subresource),
  );
}

function refuseStale({ resource, name }: Asked, sent: JsonMap, old: Obj): void {
  const version = text(at(sent, "metadata", "resourceVersion"));
  const uid = text(at(sent, "metadata", "uid"));
  if (uid && uid !== old.metadata.uid)
    throw conflict(
      resource,
      name,
      `StorageError: invalid object, Code: 4, Key: /registry/${resource.plural}/${old.metadata.namespace}/${name}, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: ${uid}, UID in object meta: ${old.metadata.uid}`,
    );
  if (version && version !== old.metadata.resourceVersion)
    throw conflict(
      resource,
      name,
      "the object has been modified; please apply your changes to the latest version and try again",
    );
}

function apply(needs: Needs, asked: Asked, sent: JsonMap): Obj {
  if (!asked.manager)
    throw invalid("PatchOptions", "meta.k8s.io", "", [
      required("fieldManager", "is required for apply patch"),
    ]);
  if (at(sent, "metadata", "managedFields") !== undefined)
    throw badRequest("metadata.managedFields must be nil");
  receivedToApply(asked, sent);
  const { store } = needs;
  const old = store.find(asked.resource, asked.namespace, asked.name);
  if (old) {
    refuseStale(asked, sent, old);
    const { object, owners } = applyTo(old, sent, asked.manager, asked.isForced);
    const taken = received(asked, object as unknown as JsonMap);
    return settle(
      store,
      asked,
      completed(needs, asked, keepServerFields(taken, old), old),
      old,
      () => owners,
    );
  }
  const named = { ...sent, metadata: { ...map(sent.metadata), name: asked.name } };
  const { kind } = asked.resource;
  const blank = { apiVersion: apiVersionOf(asked.resource), kind, metadata: {} } as unknown as Obj;
  const { owners } = applyTo(blank, named, asked.manager, true);
  return create(needs, asked, named, () => owners);
}

/** With defaults and addresses, and found to be right. */
function completed(
  { next }: Needs,
  { resource, subresource }: Asked,
  object: Obj,
  old: Obj | undefined,
): Obj {
  setDefaults(object);
  allocate(object, old, next);
  if (subresource !== "" && subresource !== "scale") return object;
  const faults = faultsOf(object, old);
  if (faults.length > 0) throw invalid(resource.kind, resource.group, object.metadata.name, faults);
  return object;
}

/** Stores a new state. What changes nothing is not written. */
function settle(store: Store, asked: Asked, object: Obj, old: Obj | undefined, ownersOf: OwnersOf): Obj {
  const { resource, isDryRun } = asked;
  const owners = ownersOf(object);
  if (old && same(bare(object), bare(old)) && isSameOwnership(owners, managers(old))) return old;
  const isNewSpec = !old || !same(old.spec, object.spec);
  if (resource.hasGeneration)
    object.metadata.generation = (old?.metadata.generation ?? 0) + (isNewSpec ? 1 : 0);
  setManagers(object, owners);
  if (isDryRun) return object;
  if (!old) return store.add(resource, object);
  store.replace(resource, object, old);
  if (object.metadata.deletionTimestamp && !object.metadata.finalizers?.length && !isEnding(object))
    store.remove(resource, object);
  return object;
}

/** A namespace has its content to end first, a pod its containers; neither goes with its last finalizer. */
const isEnding = ({ kind, metadata }: Obj) =>
  kind === "Namespace" || (kind === "Pod" && (metadata.deletionGracePeriodSeconds ?? 0) > 0);

/** What only the server writes stays as it is, whatever was sent. */
function keepServerFields(object: Obj, old: Obj): Obj {
  const { uid, creationTimestamp, generation, deletionTimestamp, deletionGracePeriodSeconds } = old.metadata;
  Object.assign(object.metadata, { uid, creationTimestamp });
  if (generation !== undefined) object.metadata.generation = generation;
  if (deletionTimestamp) Object.assign(object.metadata, { deletionTimestamp, deletionGracePeriodSeconds });
  if (old.status) object.status = copy(old.status);
  return object;
}

function bare(object: Obj): object {
  const { resourceVersion: _, managedFields: __, generation: ___, ...metadata } = object.metadata;
  return { ...object, metadata };
}
