import type { KubernetesObject } from "../kubernetes-object.ts";
import { type Around, type Health, isObserved } from "./health.ts";
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
  const { spec = {}, status = {} } = object as StatefulSetState;
  const wanted = spec.replicas ?? 1;
  const { readyReplicas = 0, currentReplicas = 0 } = status;
  const counts = { replicas: wanted, readyReplicas, currentReplicas };
  const message = progressOf(object, wanted);
  const isDone = message === undefined;
  const ready = isObserved(object) ? readyReplicas : 0;
  const done = `${readyReplicas} of ${wanted} pods ready`;
  return workloadHealth(object, around, { isDone, message: message ?? done, ready, wanted, counts });
}

function progressOf(object: KubernetesObject, wanted: number): string | undefined {
  const { spec = {}, status = {} } = object as StatefulSetState;
  const { readyReplicas = 0, updatedReplicas = 0, currentRevision, updateRevision } = status;
  const partition = spec.updateStrategy?.rollingUpdate?.partition ?? 0;
  if (!isObserved(object)) return "Waiting for the controller";
  if (readyReplicas < wanted) return `${readyReplicas} of ${wanted} pods ready`;
  // Pods of this strategy are replaced when somebody deletes them, which is nobody's business here.
  if (spec.updateStrategy?.type === "OnDelete") return undefined;
  if (updatedReplicas < wanted - partition && currentRevision !== updateRevision)
    return `${updatedReplicas} of ${wanted - partition} pods updated`;
  return undefined;
}
