import type { KubernetesObject } from "../kubernetes-object.ts";
import { type Health, listOf, ready } from "./health.ts";

interface CronJobStatus {
  active?: unknown;
  lastScheduleTime?: string;
  lastSuccessfulTime?: string;
}

/** A CronJob is well as soon as it is there: what its runs come to is theirs. */
export function cronJobHealth(object: KubernetesObject): Health {
  const { suspend } = (object.spec ?? {}) as { suspend?: boolean };
  const { active, lastScheduleTime, lastSuccessfulTime } = (object.status ?? {}) as CronJobStatus;
  const told = {
    activeJobs: listOf(active).length,
    ...(lastScheduleTime && { lastScheduleTime }),
    ...(lastSuccessfulTime && { lastSuccessfulTime }),
  };
  if (suspend) return ready("suspended", "Suspended", told);
  const message = lastScheduleTime ? `Last run at ${lastScheduleTime}` : "Waiting for its time";
  return ready("active", message, told);
}
