import { levels } from "../../logs/level.ts";
import { flag, oneOf, searchParams, text, wholeNumber } from "../../search-params.ts";

export const tabNames = ["overview", "events", "related", "yaml", "logs", "terminal", "history"] as const;
export type TabName = (typeof tabNames)[number];

/** What the address of one object says. */
export const resourceSearch = searchParams({
  tab: oneOf(...tabNames),
  /** Of a workload's logs, and where its terminal is. */
  pod: text,
  container: text,
  level: oneOf(...levels),
  q: text,
  previous: flag,
  /** Lines of each container to begin with. */
  tail: wholeNumber,
  /** No older than so many seconds. */
  since: wholeNumber,
  /** The managers of fields in the YAML. */
  managed: flag,
  /** Of the history. */
  page: wholeNumber,
});
export type ResourceSearch = ReturnType<typeof resourceSearch>;
/** What of the address is to be another; `undefined` takes it out. */
export type PlaceChange = { [Name in keyof ResourceSearch]?: ResourceSearch[Name] | undefined };

const logged = new Set(["Pod", "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job", "CronJob"]);
const withPods = new Set(["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job"]);

/** Whether a kind makes pods, which are listed. */
export const hasPods = (kind: string) => withPods.has(kind);

/** The tabs that make sense for an object; what is gone writes nothing and cannot be asked. */
export function tabsOf({ type, deletedAt }: { type: string; deletedAt?: string | undefined }): TabName[] {
  const isGone = deletedAt !== undefined;
  return tabNames.filter((name) => {
    if (name === "logs") return logged.has(type) && !isGone;
    if (name === "terminal") return (type === "Pod" || hasPods(type)) && !isGone;
    return name !== "yaml" || !isGone;
  });
}
