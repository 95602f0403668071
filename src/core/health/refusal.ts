import type { KubernetesObject } from "../kubernetes-object.ts";
import { eventAbout } from "./events.ts";
import { type Around, type Condition, conditionOf, type Failure, oneLine } from "./health.ts";
import { currentSets } from "./rollout-pods.ts";

interface Numbers {
  wanted: number;
  existing: number;
}

/** What a refusal depends on may come up in a moment: a webhook, an account applied beside the workload. */
const passingSeconds = 15;
/** The pods that are being replaced free their share of a quota only when they have ended. */
const roomSeconds = 40;
/** An event is history: it may be of a pod that has been made since. */
const eventSeconds = 5;

/** Why the cluster does not let a workload have its pods: quota, admission, an invalid template. */
export function refusalOf(
  object: KubernetesObject,
  pods: readonly KubernetesObject[],
  around: Around,
  { wanted, existing }: Numbers,
): Failure | undefined {
  const sets = object.kind === "Deployment" ? currentSets(object, around.replicaSets) : [];
  const refused = (sets.length > 0 ? sets : [object])
    .map((owner) => conditionOf(owner, "ReplicaFailure"))
    .find((condition): condition is Condition => condition?.status === "True");
  const leastSeconds = refused ? 0 : eventSeconds;
  const said = refused ?? (pods.length < wanted ? freshEvent(object, pods, around) : undefined);
  if (!said) return undefined;
  const message = oneLine(said.message, "Its pods are refused");
  const others = existing - pods.length;
  const settleSeconds = Math.max(leastSeconds, settlingOf(message, others));
  return { reason: said.reason ?? "FailedCreate", message, ...(settleSeconds > 0 && { settleSeconds }) };
}

function settlingOf(message: string, others: number): number {
  if (/error looking up|failed calling webhook|timeout|connection refused/i.test(message))
    return passingSeconds;
  return others > 0 && message.includes("exceeded quota") ? roomSeconds : 0;
}

/** The last refusal that no pod has come after. */
function freshEvent(object: KubernetesObject, pods: readonly KubernetesObject[], { events }: Around) {
  const youngest = Math.max(
    0,
    ...pods.map(({ metadata }) => Date.parse(metadata.creationTimestamp ?? "") || 0),
  );
  const later = events.filter((event) => timeOf(event) > youngest);
  return eventAbout(object, later, ["FailedCreate"]);
}

function timeOf(event: KubernetesObject): number {
  const { lastTimestamp, eventTime, series } = event as KubernetesObject & {
    lastTimestamp?: string | null;
    eventTime?: string | null;
    series?: { lastObservedTime?: string } | null;
  };
  const time = series?.lastObservedTime ?? lastTimestamp ?? eventTime ?? event.metadata.creationTimestamp;
  // One that does not say when it was is taken as of now.
  return Date.parse(time ?? "") || Number.POSITIVE_INFINITY;
}
