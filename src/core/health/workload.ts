import type { NodeStatus } from "../../contract/health.ts";
import type { KubernetesObject } from "../kubernetes-object.ts";
import { type Around, conditionOf, type Health, oneLine } from "./health.ts";
import { podFailure, unreadyReason, warningOf } from "./pod.ts";
import { podsOfRollout } from "./rollout-pods.ts";

type Counts = Omit<NodeStatus, "state" | "message">;

/** How far a rollout has come, in its kind's own numbers. */
interface Rollout {
  isDone: boolean;
  message: string;
  ready: number;
  wanted: number;
  counts: Counts;
}

/** What all workloads have in common: done, failed with a pod's own reason, or still on the way. */
export function workloadHealth(object: KubernetesObject, around: Around, rollout: Rollout): Health {
  const { isDone, message, ready, wanted, counts } = rollout;
  const told = { message, status: { state: wordOf(ready, wanted), message, ...counts } };
  if (isDone) return { verdict: "ready", ...told };

  const pods = podsOfRollout(object, around.pods, around.replicaSets);
  const failure = failureOf(object, pods, around);
  if (failure) {
    const { state } = told.status;
    const status = { ...counts, state: state === "healthy" ? ("partial" as const) : state };
    return {
      verdict: "failed",
      ...failure,
      status: { ...status, message: failure.message, reason: failure.reason },
    };
  }
  const [unready] = pods.flatMap((pod) => unreadyReason(pod, around.events) ?? []);
  const sentence = unready ? oneLine(`${message}. ${unready}`) : message;
  return { verdict: "waiting", message: sentence, status: { ...told.status, message: sentence } };
}

type Failure = Pick<Health, "message" | "settleSeconds"> & { reason: string };

/** The most certain failure of the current pods, or why there are none. */
function failureOf(
  object: KubernetesObject,
  pods: readonly KubernetesObject[],
  around: Around,
): Failure | undefined {
  const failures = pods.flatMap((pod) => podFailure(pod, around.events) ?? []);
  const [worst] = failures.toSorted((a, b) => (a.settleSeconds ?? 0) - (b.settleSeconds ?? 0));
  if (worst) return worst;

  const refused = conditionOf(object, "ReplicaFailure");
  if (refused?.status === "True")
    return {
      reason: refused.reason ?? "FailedCreate",
      message: oneLine(refused.message),
      settleSeconds: refusedSeconds,
    };
  const owners = [object, ...around.replicaSets];
  const [warning] = owners.flatMap((owner) => warningOf(owner, around.events, ["FailedCreate"]) ?? []);
  if (warning && pods.length === 0)
    return { reason: warning.reason, message: oneLine(warning.message), settleSeconds: refusedSeconds };
  return undefined;
}

/** A pod that is refused is tried again at once, and a quota may be freed by the pods that are being replaced. */
const refusedSeconds = 5;

function wordOf(ready: number, wanted: number): "healthy" | "partial" | "error" {
  if (ready >= wanted) return "healthy";
  return ready === 0 ? "error" : "partial";
}
