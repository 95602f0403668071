import { list, number, type Obj } from "../objects.ts";
import { StatusError } from "../status.ts";
import { type System, withCondition } from "../system.ts";
import { endPod, isFinished, isReady, makePod, podsOf } from "./pods.ts";

/** Keeps as many pods as it is told to. */
export function reconcileReplicaSet(system: System, set: Obj): void {
  if (set.metadata.deletionTimestamp) return;
  const pods = podsOf(system, set).filter((pod) => !isFinished(pod));
  const wanted = number(set.spec?.replicas, 1);
  const doomed = pods
    .toSorted((a, b) => Number(isReady(a)) - Number(isReady(b)))
    .slice(0, Math.max(0, pods.length - wanted));
  for (const pod of doomed) endPod(system, set, pod);
  const refused = makeMissing(system, set, wanted - pods.length);
  tellStatus(system, set, refused);
  if (refused) throw refused;
}

function makeMissing(system: System, set: Obj, count: number): StatusError | undefined {
  try {
    for (let made = 0; made < count; made += 1) makePod(system, set);
    return undefined;
  } catch (error) {
    if (error instanceof StatusError) return error;
    throw error;
  }
}

function tellStatus(system: System, set: Obj, refused: StatusError | undefined): void {
  const pods = podsOf(system, set).filter((pod) => !isFinished(pod));
  const readyReplicas = pods.filter(isReady).length;
  system.change(
    set,
    (draft) => {
      const others = list(draft.status?.conditions).filter(({ type }) => type !== "ReplicaFailure");
      const conditions = refused
        ? withCondition(others, "ReplicaFailure", "True", "FailedCreate", refused.message)
        : others;
      draft.status = {
        replicas: pods.length,
        ...(pods.length > 0 && { fullyLabeledReplicas: pods.length }),
        observedGeneration: set.metadata.generation ?? 1,
        ...(readyReplicas > 0 && { readyReplicas, availableReplicas: readyReplicas }),
        ...(conditions.length > 0 && { conditions }),
      };
    },
    "status",
  );
}
