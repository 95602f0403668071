import type { KubernetesObject } from "../kubernetes-object.ts";
import { type Around, type Health, isObserved } from "./health.ts";
import { workloadHealth } from "./workload.ts";

interface DaemonSetState {
  spec?: { updateStrategy?: { type?: string } };
  status?: {
    desiredNumberScheduled?: number;
    updatedNumberScheduled?: number;
    numberReady?: number;
    numberAvailable?: number;
  };
}

export function daemonSetHealth(object: KubernetesObject, around: Around): Health {
  const { spec = {}, status = {} } = object as DaemonSetState;
  const {
    desiredNumberScheduled = 0,
    updatedNumberScheduled = 0,
    numberReady = 0,
    numberAvailable = 0,
  } = status;
  const counts = { desiredNumberScheduled, numberReady, numberAvailable };
  const isUpdated =
    spec.updateStrategy?.type === "OnDelete" || updatedNumberScheduled >= desiredNumberScheduled;
  const message = !isObserved(object)
    ? "Waiting for the controller"
    : !isUpdated
      ? `${updatedNumberScheduled} of ${desiredNumberScheduled} pods updated`
      : `${numberAvailable} of ${desiredNumberScheduled} pods ready`;
  const isDone = isObserved(object) && isUpdated && numberAvailable >= desiredNumberScheduled;
  return workloadHealth(object, around, {
    isDone,
    message,
    ready: isObserved(object) ? numberReady : 0,
    wanted: Math.max(1, desiredNumberScheduled) * (isDone ? 0 : 1),
    counts,
  });
}
