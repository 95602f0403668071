import { copy, list, map, number, type Obj, text } from "../objects.ts";
import { now, ownedBy, ownerOf, type System } from "../system.ts";
import { isOver } from "./job-status.ts";
import { activeReferences } from "./jobs.ts";
import { nextTime } from "./schedule.ts";

/** Makes a Job at its times. */
export function reconcileCronJob(system: System, cron: Obj): void {
  if (cron.metadata.deletionTimestamp) return;
  const own = jobsOf(system, cron);
  const active = activeReferences(own.filter((job) => !isOver(job)));
  const done = own
    .map((job) => text(job.status?.completionTime))
    .filter(Boolean)
    .sort()
    .at(-1);
  system.change(
    cron,
    (draft) => {
      const { active: _, ...status } = draft.status ?? {};
      draft.status = {
        ...status,
        ...(active.length > 0 && { active }),
        ...(done && { lastSuccessfulTime: done }),
      };
    },
    "status",
  );
  forgetOldest(system, cron, own);
  arm(system, cron);
}

function jobsOf(system: System, cron: Obj): Obj[] {
  return system.list("Job", cron.metadata.namespace).filter((job) => ownerOf(job)?.uid === cron.metadata.uid);
}

/** Waits for the next time; what has another schedule by then has been armed anew. */
function arm(system: System, cron: Obj): void {
  if (cron.spec?.suspend === true) return;
  const schedule = text(cron.spec?.schedule);
  const key = `${cron.metadata.uid} ${schedule}`;
  const due = nextTime(schedule, new Date());
  if (!due || system.busy.has(`cron ${key}`)) return;
  system.busy.add(`cron ${key}`);
  system.at(due.getTime() - Date.now(), () => {
    system.busy.delete(`cron ${key}`);
    const live = system.current(cron);
    if (!live || text(live.spec?.schedule) !== schedule) return;
    // A wait may be longer than a timer can be.
    if (live.spec?.suspend !== true && Date.now() >= due.getTime()) fire(system, live, due);
    arm(system, live);
  });
}

function fire(system: System, cron: Obj, due: Date): void {
  const running = jobsOf(system, cron).filter((job) => !isOver(job));
  const policy = cron.spec?.concurrencyPolicy;
  if (policy === "Forbid" && running.length > 0) {
    const why = "Not starting job because prior execution is running and concurrency policy is Forbid";
    system.event(cron, "Normal", "JobAlreadyActive", why);
    return;
  }
  if (policy === "Replace") for (const job of running) system.remove(job);
  const template = map(cron.spec?.jobTemplate);
  const { labels, annotations } = map(template.metadata);
  const metadata = {
    name: `${cron.metadata.name}-${Math.floor(due.getTime() / 60_000)}`,
    namespace: cron.metadata.namespace,
    labels: { ...map(labels) },
    annotations: {
      ...map(annotations),
      "batch.kubernetes.io/cronjob-scheduled-timestamp": due.toISOString(),
    },
    ownerReferences: ownedBy(cron),
  };
  if (system.find("Job", cron.metadata.namespace ?? "", metadata.name)) return;
  system.create("Job", { metadata, spec: copy(map(template.spec)) });
  system.event(cron, "Normal", "SuccessfulCreate", `Created job ${metadata.name}`);
  system.change(
    cron,
    (draft) => {
      draft.status = { ...draft.status, lastScheduleTime: now() };
    },
    "status",
  );
}

/** Some of the past is kept, less of it where it went wrong. */
function forgetOldest(system: System, cron: Obj, own: readonly Obj[]): void {
  const over = own
    .filter(isOver)
    .toSorted((a, b) => (a.metadata.creationTimestamp < b.metadata.creationTimestamp ? -1 : 1));
  const isGood = (job: Obj) => list(job.status?.conditions).some(({ type }) => type === "Complete");
  const kept = [
    [over.filter(isGood), number(cron.spec?.successfulJobsHistoryLimit, 3)],
    [over.filter((job) => !isGood(job)), number(cron.spec?.failedJobsHistoryLimit, 1)],
  ] as const;
  for (const [jobs, limit] of kept)
    for (const job of jobs.slice(0, Math.max(0, jobs.length - limit))) system.remove(job);
}
