import { at, type JsonMap, list, map, type Obj, same, text } from "../objects.ts";
import { now, type System } from "../system.ts";
import { isFinished } from "./pods.ts";

const protection = "kubernetes.io/pvc-protection";
const bindMs = 300;

/** A claim is bound to a volume made for it, at once or when a pod uses it, as its class says. */
export function reconcileClaim(system: System, claim: Obj): void {
  if (claim.metadata.deletionTimestamp) letGo(system, claim);
  else if (claim.status?.phase === "Bound") grow(system, claim);
  else provide(system, claim);
}

function provide(system: System, claim: Obj): void {
  const name = text(claim.spec?.storageClassName);
  const storage = system.find("StorageClass", "", name);
  if (!storage) {
    const why = name
      ? `storageclass.storage.k8s.io "${name}" not found`
      : "no persistent volumes available for this claim and no storage class is set";
    system.event(claim, name ? "Warning" : "Normal", name ? "ProvisioningFailed" : "FailedBinding", why);
    return;
  }
  if (storage.volumeBindingMode === "WaitForFirstConsumer" && !isUsed(system, claim)) {
    const why = "waiting for first consumer to be created before binding";
    system.event(claim, "Normal", "WaitForFirstConsumer", why);
    return;
  }
  system.after(bindMs, () => bind(system, claim));
}

const consumersOf = (system: System, { metadata }: Obj): Obj[] =>
  system
    .list("Pod", metadata.namespace)
    .filter(({ spec }) =>
      list(spec?.volumes).some((volume) => map(volume.persistentVolumeClaim).claimName === metadata.name),
    );

const isUsed = (system: System, claim: Obj) =>
  consumersOf(system, claim).some(({ spec }) => text(spec?.nodeName) !== "");

/** A claim stays as long as a pod has its volume. */
function letGo(system: System, claim: Obj): void {
  if (consumersOf(system, claim).some((pod) => !isFinished(pod))) return;
  system.change(claim, ({ metadata }) => {
    metadata.finalizers = (metadata.finalizers ?? []).filter((each) => each !== protection);
  });
}

function bind(system: System, claim: Obj): void {
  const live = system.current(claim);
  if (!live || live.status?.phase === "Bound" || live.metadata.deletionTimestamp) return;
  const volumeName = `pvc-${live.metadata.uid}`;
  const capacity = { storage: at(live.spec, "resources", "requests", "storage") ?? "1Gi" };
  const accessModes = live.spec?.accessModes ?? ["ReadWriteOnce"];
  if (!system.find("PersistentVolume", "", volumeName))
    makeVolume(system, live, volumeName, { capacity, accessModes });
  const isBound = "pv.kubernetes.io/bind-completed";
  system.change(live, (draft) => {
    draft.spec = { ...draft.spec, volumeName };
    draft.metadata.annotations = { ...draft.metadata.annotations, [isBound]: "yes" };
  });
  setStatus(system, live, { phase: "Bound", accessModes, capacity });
  system.event(live, "Normal", "ProvisioningSucceeded", `Successfully provisioned volume ${volumeName}`);
}

function makeVolume(system: System, claim: Obj, name: string, given: JsonMap): void {
  const { name: claimName, namespace = "", uid } = claim.metadata;
  const spec = {
    ...given,
    claimRef: { apiVersion: "v1", kind: "PersistentVolumeClaim", namespace, name: claimName, uid },
    csi: { driver: "sandbox.orrery.dev/simulated", volumeHandle: name },
    storageClassName: claim.spec?.storageClassName,
    persistentVolumeReclaimPolicy: "Delete",
    volumeMode: claim.spec?.volumeMode ?? "Filesystem",
  };
  const volume = system.create("PersistentVolume", { metadata: { name }, spec });
  setStatus(system, volume, { phase: "Bound", lastPhaseTransitionTime: now() });
}

function setStatus(system: System, object: Obj, status: JsonMap): void {
  system.change(
    object,
    (draft) => {
      draft.status = status;
    },
    "status",
  );
}

/** What is asked for more is given. */
function grow(system: System, claim: Obj): void {
  const storage = at(claim.spec, "resources", "requests", "storage") ?? "1Gi";
  if (!same(at(claim.status, "capacity", "storage"), storage))
    setStatus(system, claim, { ...claim.status, capacity: { storage } });
}

/** The volume of a claim that is gone goes too, as its class says. */
export function releaseVolume(system: System, claim: Obj): void {
  const volume = system.find("PersistentVolume", "", text(claim.spec?.volumeName));
  if (volume && at(volume.spec, "claimRef", "uid") === claim.metadata.uid) system.remove(volume);
}
