import type { NodeStatus } from "../../contract/health.ts";
import type { KubernetesObject } from "../kubernetes-object.ts";
import { type Around, conditionOf, type Health, oneLine } from "./health.ts";
import { podFailure } from "./pod.ts";
import { podsOfRollout } from "./rollout-pods.ts";
import { workloadHealth } from "./workload.ts";

interface JobState {
  spec?: { completions?: number; suspend?: boolean };
  status?: { active?: number; succeeded?: number; failed?: number };
}

export function jobHealth(object: KubernetesObject, around: Around): Health {
  const { spec = {}, status = {} } = object as JobState;
  const { active = 0, succeeded = 0, failed = 0 } = status;
  const completions = spec.completions ?? 1;
  const counts = { active, succeeded, failed, completions };
  const told = (state: NodeStatus["state"], message: string) => ({
    message,
    status: { state, message, ...counts },
  });

  if (conditionOf(object, "Complete")?.status === "True")
    return { verdict: "ready", ...told("completed", "Completed") };
  const failure = ["Failed", "FailureTarget"]
    .map((type) => conditionOf(object, type))
    .find((each) => each?.status === "True");
  if (failure) {
    const message = oneLine([failure.message, ...exitsOf(object, around)].filter(Boolean).join(". "));
    const reason = failure.reason ?? "Failed";
    return { verdict: "failed", reason, ...told("failed", message) };
  }
  if (spec.suspend) return { verdict: "ready", ...told("suspended", "Suspended") };
  const message =
    active > 0 ? `${succeeded} of ${completions} completed, ${active} running` : "Waiting for its pods";
  // A pod that has failed is tried again as often as the Job says, so only one that cannot start counts.
  const health = workloadHealth(object, runningOnly(around), {
    isDone: false,
    message,
    ready: 0,
    wanted: 1,
    counts,
  });
  const state = health.verdict === "failed" ? "error" : active > 0 ? "running" : "pending";
  return { ...health, status: { ...health.status, state } };
}

function runningOnly(around: Around): Around {
  return { ...around, pods: around.pods.filter(({ status }) => status?.phase !== "Failed") };
}

/** How the pods ended, in the words of the last one. */
function exitsOf(object: KubernetesObject, { pods, events }: Around): string[] {
  const own = podsOfRollout(object, pods, []);
  const exits = own.flatMap((pod) => {
    const { containerStatuses = [] } = (pod.status ?? {}) as {
      containerStatuses?: { name: string; state?: { terminated?: { exitCode?: number; reason?: string } } }[];
    };
    return containerStatuses.flatMap(({ name, state }) =>
      state?.terminated?.exitCode
        ? [`Pod ${pod.metadata.name}: container ${name} ended with exit code ${state.terminated.exitCode}`]
        : [],
    );
  });
  const [otherwise] = own.flatMap((pod) => podFailure(pod, events)?.message ?? []);
  return exits.length > 0 ? exits.slice(-1) : otherwise ? [otherwise] : [];
}
