import { randomBytes } from "node:crypto";
import { applyTo, ownersAfterUpdate } from "./apply.ts";
import { allocate, setDefaults } from "./defaults.ts";
import { type Manager, managers, setManagers } from "./field-sets.ts";
import { at, copy, isMap, type JsonMap, map, type Obj, same, text } from "./objects.ts";
import type { Quotas } from "./quotas.ts";
import { apiVersionOf, type Resource } from "./resources.ts";
import { strangenessOf } from "./schema.ts";
import { alreadyExists, badRequest, conflict, forbidden, invalid, notFound, StatusError } from "./status.ts";
import type { Store } from "./store.ts";
import { faultsOf, noteClaims } from "./validate.ts";

export interface Asked {
  resource: Resource;
  namespace: string;
  name: string;
  subresource: string;
  manager: string;
  isForced: boolean;
  isDryRun: boolean;
  isStrict: boolean;
}

export type Writes = ReturnType<typeof createWrites>;

/** Everything that changes an object, the way the API server does it: defaults, checks, ownership, history. */
export function createWrites(store: Store, quotas: Quotas) {
  let allocated = 0;
  const next = () => (allocated += 7);

  /** Defaults, checks and stores a new state. What changes nothing is not written. */
  function settle(
    asked: Asked,
    object: Obj,
    old: Obj | undefined,
    owners: (object: Obj) => readonly Manager[],
  ): Obj {
    const { resource, subresource, isDryRun } = asked;
    setDefaults(object);
    allocate(object, old, next);
    noteClaims(object);
    if (subresource === "") {
      const faults = faultsOf(object, old);
      if (faults.length > 0) throw invalid(resource.kind, resource.group, object.metadata.name, faults);
    }
    const owned = owners(object);
    if (old && same(bare(object), bare(old)) && isSameOwnership(owned, managers(old))) return old;
    const isNewSpec = !old || !same(old.spec, object.spec);
    if (resource.hasGeneration)
      object.metadata.generation = (old?.metadata.generation ?? 0) + (isNewSpec ? 1 : 0);
    setManagers(object, owned);
    if (isDryRun) return object;
    if (!old) {
      const made = store.add(resource, object);
      setManagers(made, owned);
      return made;
    }
    store.replace(resource, object, old);
    if (object.metadata.deletionTimestamp && !object.metadata.finalizers?.length)
      store.remove(resource, object);
    return object;
  }

  function create(asked: Asked, sent: JsonMap, owners?: (object: Obj) => readonly Manager[]): Obj {
    const object = received(asked, sent);
    const { resource, namespace } = asked;
    if (resource.isNamespaced) refuseNamespace(store, resource, namespace, object.metadata.name);
    if (store.find(resource, namespace, object.metadata.name))
      throw alreadyExists(resource, object.metadata.name);
    usualStorageClass(store, object);
    quotas.check(resource, object);
    if (resource.hasStatus) delete object.status;
    // Known before it is stored: Jobs select their pods by it.
    object.metadata.uid = "";
    return settle(
      asked,
      withUid(object),
      undefined,
      owners ?? ((made) => ownersAfterUpdate(undefined, made, asked.manager, "")),
    );
  }

  function existing({ resource, namespace, name }: Asked): Obj {
    const old = store.find(resource, namespace, name);
    if (!old) throw notFound(resource, name);
    return old;
  }

  /** A whole new state; what belongs to the status is changed through the status alone, and the other way round. */
  function update(asked: Asked, sent: JsonMap): Obj {
    const old = existing(asked);
    const object = received(asked, sent);
    const version = text(at(sent, "metadata", "resourceVersion"));
    if (version && version !== old.metadata.resourceVersion)
      throw conflict(
        asked.resource,
        asked.name,
        "the object has been modified; please apply your changes to the latest version and try again",
      );
    const merged =
      asked.subresource === "status"
        ? { ...copy(old), status: object.status ?? {} }
        : keepServerFields(object, old);
    return settle(asked, merged, old, (made) =>
      ownersAfterUpdate(old, made, asked.manager, asked.subresource),
    );
  }

  function apply(asked: Asked, sent: JsonMap): Obj {
    if (!asked.manager) throw badRequest("fieldManager is required for apply patch");
    if (at(sent, "metadata", "managedFields") !== undefined && at(sent, "metadata", "managedFields") !== null)
      throw badRequest("metadata.managedFields must be nil");
    const old = store.find(asked.resource, asked.namespace, asked.name);
    if (!old) {
      const named = { ...sent, metadata: { ...map(sent.metadata), name: asked.name } };
      const blank = {
        apiVersion: apiVersionOf(asked.resource),
        kind: asked.resource.kind,
        metadata: {},
      } as unknown as Obj;
      const { owners } = applyTo(blank, named, asked.manager, true);
      return create(asked, named, () => owners);
    }
    received(asked, sent);
    const { object, owners } = applyTo(old, sent, asked.manager, asked.isForced);
    return settle(asked, keepServerFields(object, old), old, () => owners);
  }

  function remove(asked: Asked, options: JsonMap): Obj {
    const old = existing(asked);
    const { resource, isDryRun } = asked;
    const uid = at(options, "preconditions", "uid");
    if (uid !== undefined && uid !== old.metadata.uid)
      throw conflict(
        resource,
        asked.name,
        `Precondition failed: UID in precondition: ${text(uid)}, UID in object meta: ${old.metadata.uid}`,
      );
    if (isDryRun) return old;
    const isHeld = (old.metadata.finalizers?.length ?? 0) > 0 || resource.kind === "Namespace";
    if (!isHeld) {
      store.remove(resource, old);
      return old;
    }
    if (old.metadata.deletionTimestamp) return old;
    const doomed = copy(old);
    doomed.metadata.deletionTimestamp = new Date().toISOString().replace(/\.\d+Z$/, "Z");
    doomed.metadata.deletionGracePeriodSeconds = 0;
    if (resource.kind === "Namespace") doomed.status = { ...doomed.status, phase: "Terminating" };
    setManagers(doomed, managers(old));
    return store.replace(resource, doomed, old);
  }

  return { create, update, apply, remove, existing };
}

/** What was sent, if it is what it says it is. */
function received({ resource, namespace, name, isStrict }: Asked, sent: JsonMap): Obj {
  const object = copy(sent) as unknown as Obj;
  object.apiVersion ??= apiVersionOf(resource);
  object.kind ??= resource.kind;
  if (object.apiVersion !== apiVersionOf(resource) || object.kind !== resource.kind)
    throw badRequest(
      `${resource.kind} in version "${resource.version}" cannot be handled as a ${resource.kind}: no kind "${object.kind}" is registered for version "${object.apiVersion}"`,
    );
  if (!isMap(object.metadata)) object.metadata = {} as Obj["metadata"];
  const { metadata } = object;
  if (!metadata.name && metadata.generateName)
    metadata.name = metadata.generateName + randomBytes(3).toString("hex").slice(0, 5);
  metadata.name ||= name;
  if (!metadata.name)
    throw invalid(resource.kind, resource.group, "", [
      {
        reason: "FieldValueRequired",
        message: "Required value: name or generateName is required",
        field: "metadata.name",
      },
    ]);
  if (name && metadata.name !== name)
    throw badRequest(
      `the name of the object (${metadata.name}) does not match the name on the URL (${name})`,
    );
  if (resource.isNamespaced) {
    if (metadata.namespace && metadata.namespace !== namespace)
      throw badRequest(
        `the namespace of the provided object does not match the namespace sent on the request`,
      );
    metadata.namespace = namespace;
  } else delete metadata.namespace;
  const { unknown, wrong } = strangenessOf(object as unknown as JsonMap);
  if (wrong.length > 0)
    throw badRequest(
      `failed to create typed patch object (${namespace}/${metadata.name}; ${object.apiVersion}, Kind=${object.kind}): ${wrong.join(", ")}`,
    );
  if (isStrict && unknown.length > 0)
    throw badRequest(
      `${resource.kind} in version "${resource.version}" cannot be handled as a ${resource.kind}: strict decoding error: ${unknown.join(", ")}`,
    );
  if (object.kind === "Secret" && isMap(object.stringData)) {
    const encoded = Object.entries(object.stringData).map(([key, value]) => [
      key,
      Buffer.from(String(value)).toString("base64"),
    ]);
    object.data = { ...object.data, ...Object.fromEntries(encoded) };
    delete object.stringData;
  }
  return object;
}

function withUid(object: Obj): Obj {
  object.metadata.uid = crypto.randomUUID();
  return object;
}

/** What only the server writes stays as it is, whatever was sent. */
function keepServerFields(object: Obj, old: Obj): Obj {
  const { uid, creationTimestamp, generation, deletionTimestamp } = old.metadata;
  Object.assign(object.metadata, { uid, creationTimestamp });
  if (generation !== undefined) object.metadata.generation = generation;
  if (deletionTimestamp) object.metadata.deletionTimestamp = deletionTimestamp;
  if (old.status) object.status = copy(old.status);
  return object;
}

function bare(object: Obj): object {
  const { resourceVersion: _, managedFields: __, generation: ___, ...metadata } = object.metadata;
  return { ...object, metadata };
}

function isSameOwnership(a: readonly Manager[], b: readonly Manager[]): boolean {
  const told = (owners: readonly Manager[]) =>
    owners
      .filter(({ fields }) => fields.size > 0)
      .map(({ manager, operation, subresource, fields }) =>
        [manager, operation, subresource, ...[...fields].sort()].join("|"),
      )
      .sort()
      .join("\n");
  return told(a) === told(b);
}

function refuseNamespace(store: Store, resource: Resource, namespace: string, name: string): void {
  const namespaces = store.resourceOf("v1", "Namespace");
  const found = namespaces && store.find(namespaces, "", namespace);
  if (!found)
    throw new StatusError(404, "NotFound", `namespaces "${namespace}" not found`, {
      name: namespace,
      kind: "namespaces",
    });
  if (found.metadata.deletionTimestamp)
    throw forbidden(
      resource,
      name,
      `unable to create new content in namespace ${namespace} because it is being terminated`,
    );
}

/** A claim that names no class is given the usual one, as it is made. */
function usualStorageClass(store: Store, object: Obj): void {
  if (object.kind !== "PersistentVolumeClaim" || !object.spec || object.spec.storageClassName !== undefined) return;
  const classes = store.resourceOf("storage.k8s.io/v1", "StorageClass");
  const mark = "storageclass.kubernetes.io/is-default-class";
  const usual = classes && store.all(classes).find(({ metadata }) => metadata.annotations?.[mark] === "true");
  if (usual) object.spec.storageClassName = usual.metadata.name;
}
