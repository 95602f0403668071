import type { Change } from "../history.ts";
import type { Obj } from "../objects.ts";
import { waitsForOwned } from "../removal.ts";
import { StatusError } from "../status.ts";
import type { Store } from "../store.ts";
import { attempt, type Complain, ownerOf, type System } from "../system.ts";
import { reconcileAutoscaler } from "./autoscaler.ts";
import { reconcileClaim, releaseVolume } from "./claims.ts";
import { reconcileCronJob } from "./cron-jobs.ts";
import { reconcileDaemonSet } from "./daemon-sets.ts";
import { reconcileDeployment } from "./deployments.ts";
import { finishOwner, removeOwned } from "./garbage.ts";
import { reconcileJob } from "./jobs.ts";
import { reconcilePod } from "./kubelet.ts";
import { reconcileNamespace } from "./namespaces.ts";
import { reconcileBudget, reconcileDefinition, reconcileQuota, withdrawDefinition } from "./policies.ts";
import { reconcileReplicaSet } from "./replica-sets.ts";
import { reconcileBalancer, reconcileIngress, reconcileService } from "./services.ts";
import { reconcileStatefulSet } from "./stateful-sets.ts";

type Reconcile = (system: System, object: Obj, store: Store) => void;

const byKind: Readonly<Record<string, Reconcile>> = {
  Deployment: reconcileDeployment,
  ReplicaSet: reconcileReplicaSet,
  StatefulSet: reconcileStatefulSet,
  DaemonSet: reconcileDaemonSet,
  Job: reconcileJob,
  CronJob: reconcileCronJob,
  Pod: reconcilePod,
  Service(system, service) {
    reconcileService(system, service);
    reconcileBalancer(system, service);
  },
  Ingress: reconcileIngress,
  PersistentVolumeClaim: reconcileClaim,
  HorizontalPodAutoscaler: reconcileAutoscaler,
  Namespace: reconcileNamespace,
  ResourceQuota: reconcileQuota,
  PodDisruptionBudget: reconcileBudget,
  CustomResourceDefinition: reconcileDefinition,
};

const againMs = 1_000;

/** Looks after whatever has changed, and whatever owns it. Nothing runs while nothing changes. */
export function createControllers(store: Store, system: System, complain: Complain) {
  const dirty = new Map<string, Obj>();
  let scheduled: NodeJS.Immediate | undefined;

  function mark(object: Obj): void {
    if (!Object.hasOwn(byKind, object.kind) && !waitsForOwned(object)) return;
    dirty.set(object.metadata.uid, object);
    scheduled ??= setImmediate(work);
  }

  function work(): void {
    scheduled = undefined;
    const batch = [...dirty.values()];
    dirty.clear();
    for (const object of batch)
      attempt(
        () => reconcile(object),
        (error) => {
          complain(error);
          // Refused now, perhaps not later: quotas are freed, namespaces go.
          if (error instanceof StatusError) system.retry(againMs, () => mark(object));
        },
      );
  }

  function reconcile(object: Obj): void {
    const now = system.current(object);
    if (!now) return;
    if (waitsForOwned(now)) finishOwner(system, now, store);
    byKind[now.kind]?.(system, now, store);
  }

  const leave = store.history.listen((change) =>
    attempt(() => notice(system, store, change, mark), complain),
  );
  return {
    stop(): void {
      leave();
      if (scheduled) clearImmediate(scheduled);
    },
  };
}

/** Everything that a change may concern. */
function notice(system: System, store: Store, { type, object }: Change, mark: (object: Obj) => void): void {
  const { namespace = "" } = object.metadata;
  mark(object);
  const owner = ownerOf(object);
  const kept = owner && system.find(owner.kind, namespace, owner.name);
  if (kept) mark(kept);
  if (type === "DELETED") clearAfter(system, store, object);
  if (type !== "MODIFIED" && namespace)
    for (const quota of system.list("ResourceQuota", namespace)) mark(quota);
  if (object.kind === "Pod")
    for (const kind of besidePods) for (const each of system.list(kind, namespace)) mark(each);
}

/** Kinds that say something about pods without owning them. */
const besidePods = ["Service", "PersistentVolumeClaim", "PodDisruptionBudget"];

function clearAfter(system: System, store: Store, object: Obj): void {
  removeOwned(system, object, store);
  if (object.kind === "PersistentVolumeClaim") releaseVolume(system, object);
  if (object.kind === "CustomResourceDefinition") withdrawDefinition(object, store);
}
