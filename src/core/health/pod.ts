import type { KubernetesObject } from "../kubernetes-object.ts";
import { type Around, conditionOf, type Health, oneLine } from "./health.ts";

interface ContainerState {
  waiting?: { reason?: string; message?: string };
  running?: object;
  terminated?: { exitCode?: number; reason?: string; message?: string };
}

interface ContainerStatus {
  name: string;
  ready?: boolean;
  restartCount?: number;
  state?: ContainerState;
  lastState?: ContainerState;
}

interface PodStatus {
  phase?: string;
  reason?: string;
  message?: string;
  containerStatuses?: ContainerStatus[];
  initContainerStatuses?: ContainerStatus[];
}

/** Definite at once, or only when they have held for as many seconds. */
const waitingSeconds: Readonly<Record<string, number>> = {
  ImagePullBackOff: 0,
  InvalidImageName: 0,
  ErrImageNeverPull: 0,
  ErrImagePull: 10,
  RegistryUnavailable: 20,
  ImageInspectError: 10,
  CreateContainerConfigError: 5,
  CreateContainerError: 10,
  RunContainerError: 10,
  PostStartHookError: 10,
};

/** A container may crash while what it needs is still coming up; from its third restart on it is not that. */
const restartsThatCount = 2;
const crashSeconds = 25;
const unschedulableSeconds = 15;
const mountSeconds = 30;

type Failure = Pick<Health, "message" | "settleSeconds"> & { reason: string };

/** Why a pod cannot work, if it is seen that it cannot. */
export function podFailure(pod: KubernetesObject, events: Around["events"]): Failure | undefined {
  const status = (pod.status ?? {}) as PodStatus;
  const name = pod.metadata.name;
  const containers = [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])];

  const broken = containers.flatMap((container) => containerFailure(name, container) ?? []);
  const [worst] = broken.toSorted((a, b) => (a.settleSeconds ?? 0) - (b.settleSeconds ?? 0));
  if (worst) return worst;
  if (status.phase === "Failed") {
    const reason = status.reason ?? "Failed";
    return { reason, message: oneLine(`Pod ${name}: ${status.message ?? reason}`) };
  }
  const scheduled = conditionOf(pod, "PodScheduled");
  if (scheduled?.status === "False" && scheduled.reason === "Unschedulable")
    return {
      reason: "Unschedulable",
      message: oneLine(`Pod ${name}: ${scheduled.message}`),
      settleSeconds: unschedulableSeconds,
    };
  const mount = warningOf(pod, events, ["FailedMount", "FailedAttachVolume"]);
  if (mount && status.phase === "Pending")
    return {
      reason: mount.reason,
      message: oneLine(`Pod ${name}: ${mount.message}`),
      settleSeconds: mountSeconds,
    };
  return undefined;
}

function containerFailure(
  pod: string,
  { name, state, lastState, restartCount = 0 }: ContainerStatus,
): Failure | undefined {
  const { reason = "", message } = state?.waiting ?? {};
  if (reason === "CrashLoopBackOff") {
    const { exitCode, reason: ended = "Error" } = lastState?.terminated ?? {};
    const because =
      ended === "OOMKilled" ? "was killed for want of memory" : `ended with exit code ${exitCode ?? "?"}`;
    const sentence = `Pod ${pod}: container ${name} ${because}, ${restartCount} times`;
    const settleSeconds = restartCount >= restartsThatCount ? 0 : crashSeconds;
    return { reason: ended === "OOMKilled" ? ended : reason, message: oneLine(sentence), settleSeconds };
  }
  const settleSeconds = Object.hasOwn(waitingSeconds, reason) ? waitingSeconds[reason] : undefined;
  if (settleSeconds === undefined) return undefined;
  return { reason, message: oneLine(`Pod ${pod}: container ${name}: ${message ?? reason}`), settleSeconds };
}

/** Why a running pod is not ready, as far as its probes say. */
export function unreadyReason(pod: KubernetesObject, events: Around["events"]): string | undefined {
  const warning = warningOf(pod, events, ["Unhealthy"]);
  return warning && oneLine(`Pod ${pod.metadata.name}: ${warning.message}`);
}

export function podHealth(pod: KubernetesObject, { events }: Around): Health {
  const { phase = "Pending" } = (pod.status ?? {}) as PodStatus;
  const failure = podFailure(pod, events);
  if (failure)
    return {
      verdict: "failed",
      ...failure,
      status: { state: "error", phase, message: failure.message, reason: failure.reason },
    };
  if (phase === "Succeeded")
    return {
      verdict: "ready",
      message: "Completed",
      status: { state: "healthy", phase, message: "Completed" },
    };
  if (conditionOf(pod, "Ready")?.status === "True")
    return { verdict: "ready", message: "Ready", status: { state: "healthy", phase, message: "Ready" } };
  const message = unreadyReason(pod, events) ?? (phase === "Running" ? "Running, not ready yet" : "Starting");
  return { verdict: "waiting", message, status: { state: "partial", phase, message } };
}

interface Warning {
  reason: string;
  message: string;
}

/** The latest warning of one of these reasons about an object. */
export function warningOf(
  { metadata }: KubernetesObject,
  events: Around["events"],
  reasons: readonly string[],
): Warning | undefined {
  const about = events.filter((event) => {
    const { involvedObject, reason = "" } = event as KubernetesObject & {
      involvedObject?: { uid?: string };
      reason?: string;
    };
    return involvedObject?.uid === metadata.uid && reasons.includes(reason);
  });
  const last = about.at(-1) as (KubernetesObject & Partial<Warning>) | undefined;
  return last && { reason: last.reason ?? "", message: last.message ?? "" };
}
