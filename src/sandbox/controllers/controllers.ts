import type { Obj } from "../objects.ts";
import { StatusError } from "../status.ts";
import type { Change, Store } from "../store.ts";
import { ownerOf, type System } from "../system.ts";
import { reconcileAutoscaler } from "./autoscaler.ts";
import { reconcileDeployment, reconcileReplicaSet } from "./deployments.ts";
import {
  reconcileClaim,
  reconcileDefinition,
  reconcileIngress,
  reconcileNamespace,
  reconcileService,
} from "./infrastructure.ts";
import { reconcileCronJob, reconcileJob } from "./jobs.ts";
import { reconcilePod } from "./kubelet.ts";
import { reconcileDaemonSet, reconcileStatefulSet } from "./sets.ts";

const byKind: Readonly<Record<string, (system: System, object: Obj, store: Store) => void>> = {
  Deployment: reconcileDeployment,
  ReplicaSet: reconcileReplicaSet,
  StatefulSet: reconcileStatefulSet,
  DaemonSet: reconcileDaemonSet,
  Job: reconcileJob,
  CronJob: reconcileCronJob,
  Pod: reconcilePod,
  Service: reconcileService,
  Ingress: reconcileIngress,
  PersistentVolumeClaim: reconcileClaim,
  HorizontalPodAutoscaler: reconcileAutoscaler,
  Namespace: reconcileNamespace,
  CustomResourceDefinition: reconcileDefinition,
};

/** Looks after whatever has changed, and whatever owns it. Nothing runs while nothing changes. */
export function createControllers(store: Store, system: System) {
  const dirty = new Map<string, Obj>();
  let scheduled: NodeJS.Immediate | undefined;

  function mark(object: Obj): void {
    if (!Object.hasOwn(byKind, object.kind)) return;
    dirty.set(object.metadata.uid, object);
    scheduled ??= setImmediate(work);
  }

  function work(): void {
    scheduled = undefined;
    const batch = [...dirty.values()];
    dirty.clear();
    for (const object of batch) {
      const now = system.current(object);
      if (now) attempt(now);
    }
  }

  function attempt(object: Obj): void {
    try {
      byKind[object.kind]?.(system, object, store);
    } catch (error) {
      if (!(error instanceof StatusError)) throw error;
      // Refused now, perhaps not later: quotas are freed, namespaces go.
      system.after(1_000, () => mark(object));
    }
  }

  function notice({ type, object }: Change): void {
    mark(object);
    const owner = ownerOf(object);
    const kept = owner && system.find(owner.kind, object.metadata.namespace ?? "", owner.name);
    if (kept) mark(kept);
    if (type === "DELETED") collect(object);
    if (object.kind !== "Pod") return;
    for (const service of system.list("Service", object.metadata.namespace)) mark(service);
    for (const claim of system.list("PersistentVolumeClaim", object.metadata.namespace))
      if (claim.status?.phase !== "Bound") mark(claim);
  }

  /** What was owned by what is gone goes too. */
  function collect({ metadata }: Obj): void {
    for (const { object } of store.everything())
      if (object.metadata.ownerReferences?.some(({ uid }) => uid === metadata.uid)) system.remove(object);
  }

  const leave = store.listen(notice);
  return {
    stop(): void {
      leave();
      if (scheduled) clearImmediate(scheduled);
    },
  };
}
