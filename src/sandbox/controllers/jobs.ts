import { at, copy, type JsonMap, list, map, number, type Obj, text } from "../objects.ts";
import { now, ownedBy, ownerOf, type System, withCondition } from "../system.ts";
import { isFinished, makePod, podsOf } from "./pods.ts";
import { nextTime } from "./schedule.ts";

/** Runs pods until enough of them have completed, or too many have failed. */
export function reconcileJob(system: System, job: Obj): void {
  if (job.metadata.deletionTimestamp || isOver(job)) return;
  const { spec = {} } = job;
  const pods = podsOf(system, job);
  const succeeded = pods.filter(({ status }) => status?.phase === "Succeeded").length;
  const failed = pods.filter(({ status }) => status?.phase === "Failed").length;
  const active = pods.filter((pod) => !isFinished(pod));
  const completions = number(spec.completions, 1);
  const limit = number(spec.backoffLimit, 6);
  const deadline = number(spec.activeDeadlineSeconds, 0);
  const started = text(job.status?.startTime) || now();
  const isLate = deadline > 0 && Date.now() - Date.parse(started) > deadline * 1_000;

  const failure =
    failed > limit
      ? ["BackoffLimitExceeded", "Job has reached the specified backoff limit"]
      : isLate
        ? ["DeadlineExceeded", "Job was active longer than specified deadline"]
        : undefined;
  const isDone = succeeded >= completions;
  if (failure) for (const pod of active) system.remove(pod);
  const room =
    spec.suspend === true
      ? 0
      : Math.min(number(spec.parallelism, 1), completions - succeeded) - active.length;
  if (!failure && !isDone && failed > 0 && room > 0) system.after(1_000, () => again(system, job));
  else if (!failure && !isDone) for (let index = 0; index < room; index += 1) makePod(system, job, undefined);
  if (deadline > 0 && !isDone && !failure) system.after(deadline * 1_000 + 50, () => touch(system, job));
  tellStatus(system, job, { succeeded, failed, started, isDone, failure });
}

const isOver = (job: Obj) =>
  list(job.status?.conditions).some(
    ({ type, status }) => (type === "Complete" || type === "Failed") && status === "True",
  );

/** A failed pod is followed by another one, after a pause. */
function again(system: System, job: Obj): void {
  const live = system.current(job);
  if (!live || isOver(live)) return;
  const pods = podsOf(system, live);
  const failed = pods.filter(({ status }) => status?.phase === "Failed").length;
  if (pods.every(isFinished) && failed <= number(live.spec?.backoffLimit, 6))
    makePod(system, live, undefined);
}

function touch(system: System, job: Obj): void {
  const live = system.current(job);
  if (live) reconcileJob(system, live);
}

interface Told {
  succeeded: number;
  failed: number;
  started: string;
  isDone: boolean;
  failure: string[] | undefined;
}

function tellStatus(system: System, job: Obj, { succeeded, failed, started, isDone, failure }: Told): void {
  const active = podsOf(system, job).filter((pod) => !isFinished(pod)).length;
  const [reason = "", message = ""] = failure ?? [];
  system.change(
    job,
    (draft) => {
      let conditions = list(draft.status?.conditions);
      if (isDone) {
        conditions = withCondition(
          conditions,
          "SuccessCriteriaMet",
          "True",
          "CompletionsReached",
          "Reached expected number of succeeded pods",
        );
        conditions = withCondition(
          conditions,
          "Complete",
          "True",
          "CompletionsReached",
          "Reached expected number of succeeded pods",
        );
      } else if (failure) {
        conditions = withCondition(conditions, "FailureTarget", "True", reason, message);
        conditions = withCondition(conditions, "Failed", "True", reason, message);
      }
      draft.status = {
        startTime: started,
        ...(active > 0 && !failure && { active }),
        ...(succeeded > 0 && { succeeded }),
        ...(failed > 0 && { failed }),
        ...(isDone && { completionTime: text(draft.status?.completionTime) || now() }),
        ready: 0,
        uncountedTerminatedPods: {},
        ...(conditions.length > 0 && { conditions }),
      };
    },
    "status",
  );
  if (isDone) system.event(job, "Normal", "Completed", "Job completed");
  if (failure) system.event(job, "Warning", reason, message);
  const ttl = job.spec?.ttlSecondsAfterFinished;
  if ((isDone || failure) && typeof ttl === "number") system.after(ttl * 1_000, () => system.remove(job));
}

const armed = new WeakSet<Obj>();

/** Makes a Job at its times. */
export function reconcileCronJob(system: System, cron: Obj): void {
  const own = system
    .list("Job", cron.metadata.namespace)
    .filter((job) => ownerOf(job)?.uid === cron.metadata.uid);
  const active = own
    .filter((job) => !isOver(job))
    .map(({ apiVersion, kind, metadata: { name, namespace, uid } }) => ({
      apiVersion,
      kind,
      name,
      namespace: namespace ?? "",
      uid,
    }));
  const done = own.find((job) => job.status?.completionTime);
  system.change(
    cron,
    (draft) => {
      draft.status = {
        ...draft.status,
        ...(active.length > 0 ? { active } : {}),
        ...(done && { lastSuccessfulTime: done.status?.completionTime }),
      };
      if (active.length === 0) delete draft.status.active;
    },
    "status",
  );
  const live = system.current(cron);
  if (!live || armed.has(live) || cron.spec?.suspend === true) return;
  const due = nextTime(text(cron.spec?.schedule), new Date());
  if (!due) return;
  armed.add(live);
  const timer = setTimeout(() => fire(system, cron), Math.min(due.getTime() - Date.now(), 2_000_000_000));
  timer.unref();
}

function fire(system: System, cron: Obj): void {
  const live = system.current(cron);
  if (!live || live.spec?.suspend === true) return;
  const template = map(live.spec?.jobTemplate);
  const minute = Math.floor(Date.now() / 60_000);
  const metadata = {
    name: `${live.metadata.name}-${minute}`,
    namespace: live.metadata.namespace,
    labels: { ...map(at(template, "metadata", "labels")) },
    ownerReferences: ownedBy(live),
  };
  if (!system.find("Job", live.metadata.namespace ?? "", metadata.name))
    system.create("Job", { metadata, spec: copy(map(template.spec)) } as JsonMap);
  system.change(live, (draft) => (draft.status = { ...draft.status, lastScheduleTime: now() }), "status");
}
