import type { KubernetesObject } from "../kubernetes-object.ts";
import {
  type Around,
  type Failure,
  failed,
  type Health,
  oneLine,
  ready,
  type Told,
  waiting,
  worstOf,
} from "./health.ts";
import { unreadyReason } from "./pod.ts";
import { podFailure } from "./pod-failure.ts";
import { refusalOf } from "./refusal.ts";
import { podsOfRollout } from "./rollout-pods.ts";

/** How far a rollout has come, in its kind's own numbers. */
export interface Rollout {
  /** Whether the controller has seen what was applied. */
  isSeen: boolean;
  isDone: boolean;
  message: string;
  ready: number;
  wanted: number;
  /** How many pods there are at all, of whatever revision. */
  existing: number;
  counts: Told;
}

/** What all workloads have in common: done, failed with a pod's own reason, or still on the way. */
export function workloadHealth(object: KubernetesObject, around: Around, rollout: Rollout): Health {
  const { isSeen, isDone, message, wanted, existing, counts } = rollout;
  const word = isSeen ? wordOf(rollout) : "partial";
  if (isDone) return ready(word, message, counts);
  // Which pods are the new ones is known only when the controller has seen what was applied.
  if (!isSeen) return waiting(word, message, counts);

  const pods = podsOfRollout(object, around.pods, around.replicaSets);
  const failure = podsFailure(pods, around.events) ?? refusalOf(object, pods, around, { wanted, existing });
  if (failure) return failed(word === "healthy" ? "partial" : word, failure, counts);

  const [unready] = pods.flatMap((pod) => unreadyReason(pod, around.events) ?? []);
  if (!unready) return waiting(word, message, counts);
  return waiting(word, oneLine(`${message}. ${unready.message}`), counts, unready.reason);
}

/** Pods that have ended are replaced, so they count for something only as long as nothing has taken their place. */
function podsFailure(pods: readonly KubernetesObject[], events: Around["events"]): Failure | undefined {
  const ended = pods.filter(({ status }) => status?.phase === "Failed");
  const alive = pods.filter((pod) => !ended.includes(pod));
  const failure = worstOf(alive.flatMap((pod) => podFailure(pod, events) ?? []));
  if (failure || alive.length > 0) return failure;
  const gone = worstOf(ended.flatMap((pod) => podFailure(pod, events) ?? []));
  return gone && { ...gone, settleSeconds: replaceSeconds };
}

const replaceSeconds = 15;

function wordOf({ ready: have, wanted, existing }: Rollout): "healthy" | "partial" | "error" {
  if (have >= wanted) return "healthy";
  return have === 0 && existing > 0 ? "error" : "partial";
}
