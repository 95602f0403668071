import type { KubernetesObject } from "../kubernetes-object.ts";
import { type Around, type Health, isObserved, unseen } from "./health.ts";
import { workloadHealth } from "./workload.ts";

interface DaemonSetState {
  spec?: { updateStrategy?: { type?: string } };
  status?: {
    currentNumberScheduled?: number;
    desiredNumberScheduled?: number;
    updatedNumberScheduled?: number;
    numberReady?: number;
    numberAvailable?: number;
  };
}

export function daemonSetHealth(object: KubernetesObject, around: Around): Health {
  const { status } = object as DaemonSetState;
  const {
    currentNumberScheduled = 0,
    desiredNumberScheduled = 0,
    numberReady = 0,
    numberAvailable = 0,
  } = status ?? {};
  const left = whatIsLeft(object as DaemonSetState & KubernetesObject);
  const done =
    desiredNumberScheduled === 0
      ? "No node asks for it"
      : `${numberAvailable} of ${desiredNumberScheduled} pods ready`;
  return workloadHealth(object, around, {
    isSeen: isObserved(object),
    isDone: left === undefined,
    message: left ?? done,
    ready: numberReady,
    wanted: desiredNumberScheduled,
    existing: currentNumberScheduled,
    counts: { desiredNumberScheduled, numberReady, numberAvailable },
  });
}

/** What is still to be done, or nothing: the questions of `kubectl rollout status`, in its order. */
function whatIsLeft(object: DaemonSetState & KubernetesObject): string | undefined {
  const {
    desiredNumberScheduled: wanted = 0,
    updatedNumberScheduled = 0,
    numberAvailable = 0,
  } = object.status ?? {};
  const isByHand = object.spec?.updateStrategy?.type === "OnDelete";
  if (!isObserved(object)) return unseen;
  if (!isByHand && updatedNumberScheduled < wanted)
    return `${updatedNumberScheduled} of ${wanted} pods updated`;
  return numberAvailable < wanted ? `${numberAvailable} of ${wanted} pods ready` : undefined;
}
