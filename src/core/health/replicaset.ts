import type { KubernetesObject } from "../kubernetes-object.ts";
import { type Around, type Health, isObserved, unseen } from "./health.ts";
import { workloadHealth } from "./workload.ts";

interface ReplicaSetState {
  spec?: { replicas?: number };
  status?: { replicas?: number; readyReplicas?: number; availableReplicas?: number };
}

export function replicaSetHealth(object: KubernetesObject, around: Around): Health {
  const { spec, status } = object as ReplicaSetState;
  const wanted = spec?.replicas ?? 1;
  const { replicas = 0, readyReplicas = 0, availableReplicas = 0 } = status ?? {};
  const isSeen = isObserved(object);
  return workloadHealth(object, around, {
    isSeen,
    isDone: isSeen && availableReplicas >= wanted && replicas <= wanted,
    message: isSeen ? `${availableReplicas} of ${wanted} pods ready` : unseen,
    ready: readyReplicas,
    wanted,
    existing: replicas,
    counts: { replicas: wanted, readyReplicas },
  });
}
