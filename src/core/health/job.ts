import type { KubernetesObject } from "../kubernetes-object.ts";
import {
  type Around,
  conditionOf,
  failed,
  type Health,
  isTrue,
  oneLine,
  ready,
  type Told,
  waiting,
} from "./health.ts";
import { containersOf, exitOf } from "./pod-failure.ts";
import { podsOfRollout } from "./rollout-pods.ts";
import { workloadHealth } from "./workload.ts";

interface JobState {
  spec?: { completions?: number; suspend?: boolean };
  status?: { active?: number; succeeded?: number; failed?: number };
}

export function jobHealth(object: KubernetesObject, around: Around): Health {
  const { spec, status } = object as JobState;
  const { active = 0, succeeded = 0, failed: ended = 0 } = status ?? {};
  const completions = spec?.completions ?? 1;
  const counts = { active, succeeded, failed: ended, completions };

  if (isTrue(object, "Complete")) return ready("completed", "Completed", counts);
  const failure = jobFailure(object, around, counts);
  if (failure) return failure;
  // What waits for its completion must not start because nobody has started the job.
  if (spec?.suspend) return waiting("suspended", "Suspended until somebody resumes it", counts);

  const message =
    active > 0 ? `${succeeded} of ${completions} completed, ${active} running` : "Waiting for its pods";
  const health = workloadHealth(object, startingOnly(around), {
    // Jobs do not say which generation they have seen, and nothing of them that matters can change.
    isSeen: true,
    isDone: false,
    message: ended > 0 ? `${message}, ${ended} failed` : message,
    ready: 0,
    // With a pod at work, refusals told of before are history.
    wanted: active > 0 ? 0 : 1,
    existing: active,
    counts,
  });
  const state = health.verdict === "failed" ? "error" : active > 0 ? "running" : "pending";
  return { ...health, status: { ...health.status, state } };
}

/** `FailureTarget` comes before `Failed`, which waits until the last pod has ended. */
function jobFailure(object: KubernetesObject, around: Around, counts: Told): Health | undefined {
  const condition = ["Failed", "FailureTarget"]
    .map((type) => conditionOf(object, type))
    .find((each) => each?.status === "True");
  if (!condition) return undefined;
  const exits = podsOfRollout(object, around.pods, []).flatMap((pod) => exitOf(pod)?.message ?? []);
  const message = oneLine([condition.message, ...exits.slice(-1)].filter(Boolean).join(". "), "Failed");
  const reason = condition.reason ?? "Failed";
  return failed("failed", { reason, message, permanent: true }, counts);
}

/** What has crashed is tried again as often as the Job says, so only a pod that cannot start counts. */
function startingOnly(around: Around): Around {
  const pods = around.pods.filter((pod) => {
    const { phase = "Pending" } = pod.status ?? {};
    return phase === "Pending" && containersOf(pod).every(({ status }) => !status.restartCount);
  });
  return { ...around, pods };
}
