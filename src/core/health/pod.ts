import type { KubernetesObject } from "../kubernetes-object.ts";
import { eventAbout } from "./events.ts";
import { type Around, conditionOf, failed, type Health, isTrue, oneLine, ready, waiting } from "./health.ts";
import { containersOf, type PodStatus, podFailure } from "./pod-failure.ts";

export function podHealth(pod: KubernetesObject, { events }: Around): Health {
  const { phase = "Pending", reason } = (pod.status ?? {}) as PodStatus;
  const failure = podFailure(pod, events);
  if (failure) return failed("error", failure, { phase });
  if (phase === "Succeeded") return ready("healthy", "Completed", { phase });
  if (isTrue(pod, "Ready")) return ready("healthy", "Ready", { phase });
  if (phase === "Unknown") return waiting("unknown", "Its node does not answer", { phase }, reason);
  const unready = unreadyReason(pod, events);
  return waiting("partial", unready?.message ?? progressOf(pod, phase), { phase }, unready?.reason);
}

/** Why a running pod is not ready, as far as its probes and its gates say. */
export function unreadyReason(pod: KubernetesObject, events: Around["events"]) {
  if (pod.metadata.deletionTimestamp || isTrue(pod, "Ready")) return undefined;
  const event = eventAbout(pod, events, ["Unhealthy"]);
  if (event) return { reason: event.reason, message: oneLine(`Pod ${pod.metadata.name}: ${event.message}`) };
  const { reason, message } = conditionOf(pod, "Ready") ?? {};
  if (reason !== "ReadinessGatesNotReady") return undefined;
  return { reason, message: oneLine(`Pod ${pod.metadata.name}: ${message ?? reason}`) };
}

function progressOf(pod: KubernetesObject, phase: string): string {
  const { status, reason } = conditionOf(pod, "PodScheduled") ?? {};
  if (status === "False" && reason === "SchedulingGated") return "Held back from scheduling by its gates";
  if (status !== "True" && phase === "Pending") return "Waiting for a node";
  const running = containersOf(pod).find(
    ({ what, status: { state } }) => what.startsWith("init") && state?.running,
  );
  if (running && phase === "Pending") return `Running ${running.what}`;
  return phase === "Running" ? "Running, not ready yet" : "Starting";
}
