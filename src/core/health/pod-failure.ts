import type { KubernetesObject } from "../kubernetes-object.ts";
import { type ContainerStatus, containerFailure, saidLast, sayEnd } from "./container.ts";
import { eventAbout } from "./events.ts";
import { type Around, conditionOf, type Failure, listOf, oneLine, worstOf } from "./health.ts";

export interface PodStatus {
  phase?: string;
  reason?: string;
  message?: string;
}

/** A scheduler may be waiting for a machine that is just starting, or a volume that is just being made. */
const scheduleSeconds = 15;
const volumeSeconds = 20;
const mountSeconds = 30;
const absentSeconds = 10;
/** A volume for one machine is free only when the pod before has let go of it. */
const attachSeconds = 60;

/** Why a pod will not run as it is, if that is so. */
export function podFailure(pod: KubernetesObject, events: Around["events"]): Failure | undefined {
  // What is being deleted may fail as it likes.
  if (pod.metadata.deletionTimestamp) return undefined;
  const broken = containersOf(pod).flatMap(
    ({ what, status }) => containerFailure(`Pod ${pod.metadata.name}: ${what}`, status) ?? [],
  );
  return worstOf(broken) ?? endFailure(pod) ?? schedulingFailure(pod) ?? startFailure(pod, events);
}

/** The statuses of a pod's containers with what to call them, those that run first coming first. */
export function containersOf({ status = {} }: KubernetesObject): { what: string; status: ContainerStatus }[] {
  const name = (what: string) => (each: ContainerStatus) => ({ what: `${what} ${each.name}`, status: each });
  return [
    ...listOf<ContainerStatus>(status?.initContainerStatuses).map(name("init container")),
    ...listOf<ContainerStatus>(status?.containerStatuses).map(name("container")),
  ];
}

/** A pod that has failed as a whole: evicted, out of time, or with a container that is not to be restarted. */
function endFailure(pod: KubernetesObject): Failure | undefined {
  const { phase, reason, message } = (pod.status ?? {}) as PodStatus;
  if (phase !== "Failed") return undefined;
  if (reason) return { reason, message: oneLine(`Pod ${pod.metadata.name}: ${message || reason}`) };
  return exitOf(pod) ?? { reason: "Failed", message: `Pod ${pod.metadata.name} failed` };
}

/** The first container that ended badly, in a sentence. */
export function exitOf(pod: KubernetesObject): Failure | undefined {
  for (const { what, status } of containersOf(pod)) {
    const ended = status.state?.terminated ?? {};
    if (!ended.exitCode) continue;
    const sentence = `Pod ${pod.metadata.name}: ${what} ${sayEnd(ended)}${saidLast(ended)}`;
    return { reason: ended.reason ?? "Error", message: oneLine(sentence) };
  }
  return undefined;
}

function schedulingFailure(pod: KubernetesObject): Failure | undefined {
  const { status, reason, message = "" } = conditionOf(pod, "PodScheduled") ?? {};
  if (status !== "False" || reason !== "Unschedulable") return undefined;
  const isVolume = /volume|PersistentVolumeClaim/i.test(message);
  return {
    reason,
    message: oneLine(`Pod ${pod.metadata.name}: ${message || reason}`),
    settleSeconds: isVolume ? volumeSeconds : scheduleSeconds,
  };
}

/** What the machine says of a pod whose containers it cannot create yet. */
function startFailure(pod: KubernetesObject, events: Around["events"]): Failure | undefined {
  const { phase } = (pod.status ?? {}) as PodStatus;
  if (phase !== "Pending") return undefined;
  const event = eventAbout(pod, events, ["FailedMount", "FailedAttachVolume", "FailedCreatePodSandBox"]);
  if (!event) return undefined;
  const { reason, message } = event;
  const settleSeconds =
    reason === "FailedAttachVolume"
      ? attachSeconds
      : / not found/.test(message.slice(0, 2_000))
        ? absentSeconds
        : mountSeconds;
  return { reason, message: oneLine(`Pod ${pod.metadata.name}: ${message || reason}`), settleSeconds };
}
