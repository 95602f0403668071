import { type JsonMap, list, type Obj, text } from "../objects.ts";
import { now, type System, withCondition } from "../system.ts";

export interface JobCounts {
  active: number;
  ready: number;
  succeeded: number;
  failed: number;
  /** Of an indexed job, those that are done. */
  indexes: number[];
  isDone: boolean;
  failure: { reason: string; message: string } | undefined;
}

export const isOver = (job: Obj): boolean =>
  list(job.status?.conditions).some(
    ({ type, status }) => (type === "Complete" || type === "Failed") && status === "True",
  );

/** Writes down how far a job is, as its controller does. */
export function tellJobStatus(system: System, job: Obj, counts: JobCounts): void {
  const isSuspended = job.spec?.suspend === true;
  system.change(
    job,
    (draft) => {
      draft.status = statusOf(draft, counts, isSuspended);
    },
    "status",
  );
  const { failure, isDone } = counts;
  if (isDone) system.event(job, "Normal", "Completed", "Job completed");
  if (failure) system.event(job, "Warning", failure.reason, failure.message);
  const seconds = job.spec?.ttlSecondsAfterFinished;
  if ((isDone || failure) && typeof seconds === "number")
    system.at(seconds * 1_000, () => system.remove(job));
}

function statusOf(job: Obj, counts: JobCounts, isSuspended: boolean): JsonMap {
  const { active, ready, succeeded, failed, indexes, isDone, failure } = counts;
  const conditions = conditionsOf(job, counts, isSuspended);
  const isRunning = !isDone && !failure && !isSuspended;
  const startTime = text(job.status?.startTime) || (isSuspended ? "" : now());
  return {
    ...(startTime && !isSuspended && { startTime }),
    ...(isRunning && active > 0 && { active }),
    ...(succeeded > 0 && { succeeded }),
    ...(failed > 0 && { failed }),
    ...(indexes.length > 0 && { completedIndexes: rangesOf(indexes) }),
    ...(isDone && { completionTime: text(job.status?.completionTime) || now() }),
    ready: isRunning ? ready : 0,
    terminating: 0,
    uncountedTerminatedPods: {},
    ...(conditions.length > 0 && { conditions }),
  };
}

function conditionsOf(job: Obj, { isDone, failure }: JobCounts, isSuspended: boolean): JsonMap[] {
  const old = list(job.status?.conditions);
  const both = (first: string, second: string, reason: string, message: string) =>
    withProbe(
      withCondition(withCondition(old, first, "True", reason, message), second, "True", reason, message),
    );
  if (isDone)
    return both(
      "SuccessCriteriaMet",
      "Complete",
      "CompletionsReached",
      "Reached expected number of succeeded pods",
    );
  if (failure) return both("FailureTarget", "Failed", failure.reason, failure.message);
  const wasSuspended = old.some(({ type, status }) => type === "Suspended" && status === "True");
  if (isSuspended) return withProbe(withCondition(old, "Suspended", "True", "JobSuspended", "Job suspended"));
  return wasSuspended
    ? withProbe(withCondition(old, "Suspended", "False", "JobResumed", "Job resumed"))
    : old;
}

const withProbe = (conditions: JsonMap[]) =>
  conditions.map((each) => ({ lastProbeTime: each.lastTransitionTime, ...each }));

/** `0-2,4` */
function rangesOf(indexes: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const index of indexes) {
    const last = ranges.at(-1);
    if (last && last[1] === index - 1) last[1] = index;
    else ranges.push([index, index]);
  }
  return ranges.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`)).join(",");
}
