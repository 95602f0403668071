import type { KubernetesObject } from "../kubernetes-object.ts";
import { type Around, type Health, isObserved, oneLine, unseen } from "./health.ts";
import { podFailure } from "./pod-failure.ts";
import { podsOfRollout } from "./rollout-pods.ts";
import { workloadHealth } from "./workload.ts";

interface StatefulSetState {
  spec?: { replicas?: number; updateStrategy?: { type?: string; rollingUpdate?: { partition?: number } } };
  status?: {
    replicas?: number;
    readyReplicas?: number;
    currentReplicas?: number;
    updatedReplicas?: number;
    currentRevision?: string;
    updateRevision?: string;
  };
}

export function statefulSetHealth(object: KubernetesObject, around: Around): Health {
  const { spec, status } = object as StatefulSetState;
  const wanted = spec?.replicas ?? 1;
  const { replicas = 0, readyReplicas = 0, currentReplicas = 0 } = status ?? {};
  const left = whatIsLeft(object as StatefulSetState & KubernetesObject, wanted);
  const health = workloadHealth(object, around, {
    isSeen: isObserved(object),
    isDone: left === undefined,
    message: left ?? `${readyReplicas} of ${wanted} pods ready`,
    ready: readyReplicas,
    wanted,
    existing: replicas,
    counts: { replicas: wanted, readyReplicas, currentReplicas },
  });
  return health.verdict === "waiting" && isObserved(object) ? heldUp(object, around, health) : health;
}

/** What is still to be done, or nothing: the questions of `kubectl rollout status`, in its order. */
function whatIsLeft({ spec, status, ...object }: StatefulSetState & KubernetesObject, wanted: number) {
  const { readyReplicas = 0, updatedReplicas = 0, currentRevision, updateRevision } = status ?? {};
  const { type, rollingUpdate } = spec?.updateStrategy ?? {};
  const toUpdate = Math.max(0, wanted - (rollingUpdate?.partition ?? 0));
  if (!isObserved({ ...object, status: status ?? {} })) return unseen;
  if (readyReplicas < wanted) return `${readyReplicas} of ${wanted} pods ready`;
  // Pods of this strategy are replaced when somebody deletes them, which is nobody's business here.
  if (type === "OnDelete" || currentRevision === updateRevision) return undefined;
  return updatedReplicas < toUpdate ? `${updatedReplicas} of ${toUpdate} pods updated` : undefined;
}

/** A StatefulSet does not replace an old pod that fails before the rollout has come to it. */
function heldUp(object: KubernetesObject, around: Around, health: Health): Health {
  const current = podsOfRollout(object, around.pods, []);
  const old = podsOfRollout({ ...object, kind: "" }, around.pods, []).filter((pod) => !current.includes(pod));
  const [failure] = old.flatMap((pod) => podFailure(pod, around.events) ?? []);
  if (!failure) return health;
  const message = oneLine(`${health.message}. A pod of the revision before holds it up. ${failure.message}`);
  return { ...health, message, status: { ...health.status, message } };
}
