import type { Asked, DeleteOptions } from "./asked.ts";
import { managers, setManagers } from "./managers.ts";
import { copy, number, type Obj, text } from "./objects.ts";
import { apiVersionOf } from "./resources.ts";
import { forbidden, StatusError } from "./status.ts";
import type { Store } from "./store.ts";

const lasting = new Set(["default", "kube-system", "kube-public"]);
const foreground = "foregroundDeletion";

/** Takes an object away, or marks it where something has to happen before. Answers with the object as it is then. */
export function removeFrom(
  store: Store,
  asked: Asked,
  old: Obj,
  options: DeleteOptions,
): { object: Obj; isGone: boolean } {
  refuseOther(asked, old, options);
  const { resource, isDryRun } = asked;
  if (resource.kind === "Namespace" && lasting.has(old.metadata.name))
    throw forbidden(resource, old.metadata.name, "this namespace may not be deleted");
  if (isDryRun) return { object: old, isGone: true };
  if (options.propagation === "Orphan") setFree(store, old);
  const grace = graceOf(old, options);
  const isHeld =
    (old.metadata.finalizers?.length ?? 0) > 0 ||
    resource.kind === "Namespace" ||
    options.propagation === "Foreground";
  if (!isHeld && grace === 0) {
    store.remove(resource, old);
    return { object: old, isGone: true };
  }
  if (old.metadata.deletionTimestamp) return { object: old, isGone: false };
  return { object: store.replace(resource, doomed(old, grace, options), old), isGone: false };
}

function refuseOther(
  { resource, name }: Asked,
  { metadata }: Obj,
  { uid, resourceVersion }: DeleteOptions,
): void {
  const about = resource.group ? `${resource.kind}.${resource.group}` : resource.kind;
  const refuse = (why: string) => {
    const details = { name, group: resource.group, kind: resource.kind };
    return new StatusError(
      409,
      "Conflict",
      `Operation cannot be fulfilled on ${about} "${name}": ${why}`,
      details,
    );
  };
  if (uid !== undefined && uid !== metadata.uid)
    throw refuse(
      `the UID in the precondition (${uid}) does not match the UID in record (${metadata.uid}). The object might have been deleted and then recreated`,
    );
  if (resourceVersion !== undefined && resourceVersion !== metadata.resourceVersion)
    throw refuse(
      `the ResourceVersion in the precondition (${resourceVersion}) does not match the ResourceVersion in record (${metadata.resourceVersion}). The object might have been modified`,
    );
}

/** Running pods are given time to end; everything else goes at once. */
function graceOf({ kind, spec, status }: Obj, { graceSeconds }: DeleteOptions): number {
  const isOver = status?.phase === "Succeeded" || status?.phase === "Failed";
  if (kind !== "Pod" || !text(spec?.nodeName) || isOver) return 0;
  return graceSeconds ?? number(spec?.terminationGracePeriodSeconds, 30);
}

function doomed(old: Obj, grace: number, { propagation }: DeleteOptions): Obj {
  const object = copy(old);
  const { metadata } = object;
  metadata.deletionTimestamp = new Date(Date.now() + grace * 1_000).toISOString().replace(/\.\d+Z$/, "Z");
  metadata.deletionGracePeriodSeconds = grace;
  if (propagation === "Foreground") metadata.finalizers = [...(metadata.finalizers ?? []), foreground];
  if (object.kind === "Namespace") object.status = { ...object.status, phase: "Terminating" };
  if (metadata.generation !== undefined) metadata.generation += 1;
  setManagers(object, managers(old));
  return object;
}

/** What is owned by the object is its own from now on. */
function setFree(store: Store, { metadata: { uid } }: Obj): void {
  for (const { resource, object } of store.ownedBy(uid)) {
    const free = copy(object);
    free.metadata.ownerReferences = (free.metadata.ownerReferences ?? []).filter((each) => each.uid !== uid);
    setManagers(free, managers(object));
    store.replace(resource, free, object);
  }
}

export const waitsForOwned = ({ metadata }: Obj): boolean =>
  metadata.finalizers?.includes(foreground) === true;

/** Kinds whose deletion is answered with what was deleted; the others are answered with a word. */
const returned = new Set([
  "Pod",
  "Service",
  "ServiceAccount",
  "PersistentVolumeClaim",
  "PersistentVolume",
  "ResourceQuota",
  "StorageClass",
]);

export function removalAnswer({ resource }: Asked, object: Obj, isGone: boolean): object {
  if (!isGone || returned.has(resource.kind)) return { ...object, apiVersion: apiVersionOf(resource) };
  const { name, uid } = object.metadata;
  const details = { name, ...(resource.group && { group: resource.group }), kind: resource.plural, uid };
  return { kind: "Status", apiVersion: "v1", metadata: {}, status: "Success", details };
}
