import { at, number, type Obj, text } from "../objects.ts";
import type { System } from "../system.ts";
import { isOver, type JobCounts, tellJobStatus } from "./job-status.ts";
import { endPod, isFinished, isReady, makePod, podsOf } from "./pods.ts";

const indexAnnotation = "batch.kubernetes.io/job-completion-index";
const pauseMs = 1_000;

/** Runs pods until enough of them have completed, or too many have failed. */
export function reconcileJob(system: System, job: Obj): void {
  if (job.metadata.deletionTimestamp || isOver(job)) return;
  const counts = countsOf(system, job);
  const isSuspended = job.spec?.suspend === true;
  const active = podsOf(system, job).filter((pod) => !isFinished(pod));
  if (counts.failure || isSuspended) for (const pod of active) endPod(system, job, pod);
  else if (!counts.isDone) runMore(system, job, counts);
  tellJobStatus(system, job, counts);
  lookWhenLate(system, job);
}

function countsOf(system: System, job: Obj): JobCounts {
  const pods = podsOf(system, job);
  const done = pods.filter(({ status }) => status?.phase === "Succeeded");
  const isIndexed = job.spec?.completionMode === "Indexed";
  const indexes = new Set(done.map(indexOf));
  const succeeded = isIndexed ? indexes.size : done.length;
  const failed = pods.filter(({ status }) => status?.phase === "Failed").length;
  // With OnFailure it is the container that is started again, not the pod that is made anew.
  const restarts = pods.reduce(
    (sum, pod) => sum + number(at(pod.status, "containerStatuses", 0, "restartCount"), 0),
    0,
  );
  const live = pods.filter((pod) => !isFinished(pod));
  const isDone = succeeded >= wantedOf(job, succeeded, live.length);
  return {
    ...{ succeeded, failed, isDone },
    active: live.length,
    ready: live.filter(isReady).length,
    indexes: isIndexed ? [...indexes].sort((a, b) => a - b) : [],
    failure: failureOf(job, failed, restarts),
  };
}

/** Without a number of completions one is enough, but those that run are waited for. */
function wantedOf({ spec }: Obj, succeeded: number, active: number): number {
  if (typeof spec?.completions === "number") return spec.completions;
  return succeeded > 0 && active === 0 ? 1 : Number.POSITIVE_INFINITY;
}

function failureOf(job: Obj, failed: number, restarts: number): JobCounts["failure"] {
  const limit = number(job.spec?.backoffLimit, 6);
  if (failed > limit || restarts > limit)
    return { reason: "BackoffLimitExceeded", message: "Job has reached the specified backoff limit" };
  return Date.now() >= deadlineOf(job)
    ? { reason: "DeadlineExceeded", message: "Job was active longer than specified deadline" }
    : undefined;
}

function deadlineOf({ spec, status }: Obj): number {
  const seconds = number(spec?.activeDeadlineSeconds, 0);
  const started = Date.parse(text(status?.startTime));
  return seconds > 0 && !Number.isNaN(started) ? started + seconds * 1_000 : Number.POSITIVE_INFINITY;
}

const indexOf = ({ metadata }: Obj) => Number(metadata.annotations?.[indexAnnotation] ?? -1);

/** As many as may run at once; after a failure only when a moment has passed. */
function runMore(system: System, job: Obj, counts: JobCounts): void {
  const room = roomOf(job, counts);
  const pause = `pause ${job.metadata.uid}`;
  if (room <= 0 || system.busy.has(pause)) return;
  if (counts.failed === 0) {
    makeSome(system, job, room);
    return;
  }
  system.busy.add(pause);
  system.retry(pauseMs, () => {
    system.busy.delete(pause);
    const live = system.current(job);
    if (!live || isOver(live) || live.spec?.suspend === true) return;
    const now = countsOf(system, live);
    if (now.failure || now.isDone) reconcileJob(system, live);
    else makeSome(system, live, roomOf(live, now));
  });
}

function roomOf({ spec }: Obj, { active, succeeded }: JobCounts): number {
  const parallelism = number(spec?.parallelism, 1);
  if (typeof spec?.completions === "number")
    return Math.min(parallelism, spec.completions - succeeded) - active;
  // Without a number of completions nothing new begins once one has succeeded.
  return succeeded > 0 ? 0 : parallelism - active;
}

function makeSome(system: System, job: Obj, count: number): void {
  for (let made = 0; made < count; made += 1) {
    const index = nextIndex(system, job);
    if (index === undefined) makePod(system, job);
    else
      makePod(system, job, {
        name: `${job.metadata.name}-${index}-${job.metadata.uid.slice(made, made + 5).replaceAll("-", "0")}`,
        labels: { [indexAnnotation]: String(index) },
        annotations: { [indexAnnotation]: String(index) },
      });
  }
}

/** The first index that nobody has done or is doing. */
function nextIndex(system: System, job: Obj): number | undefined {
  if (job.spec?.completionMode !== "Indexed") return undefined;
  const taken = new Set(
    podsOf(system, job)
      .filter(({ status }) => status?.phase !== "Failed")
      .map(indexOf),
  );
  const all = Array.from({ length: number(job.spec?.completions, 1) }, (_, index) => index);
  return all.find((index) => !taken.has(index)) ?? 0;
}

function lookWhenLate(system: System, job: Obj): void {
  const live = system.current(job);
  const { uid } = job.metadata;
  const due = live ? deadlineOf(live) : Number.POSITIVE_INFINITY;
  if (!live || isOver(live) || due === Number.POSITIVE_INFINITY || system.busy.has(`job deadline ${uid}`))
    return;
  system.busy.add(`job deadline ${uid}`);
  system.at(due - Date.now() + 20, () => {
    system.busy.delete(`job deadline ${uid}`);
    const late = system.current(job);
    if (late) reconcileJob(system, late);
  });
}

export const activeReferences = (jobs: readonly Obj[]) =>
  jobs.map(({ apiVersion, kind, metadata: { name, namespace, uid, resourceVersion } }) => ({
    ...{ apiVersion, kind, name, uid, resourceVersion },
    namespace: namespace ?? "",
  }));
