import type { KubernetesObject } from "../kubernetes-object.ts";
import {
  type Condition,
  conditionOf,
  failed,
  type Health,
  isObserved,
  oneLine,
  ready,
  unseen,
  waiting,
} from "./health.ts";

/** Controllers report a failure while they try again. */
const stalledSeconds = 10;

/** Any other kind, by the conditions its controller gives it, read as kstatus does. */
export function conditionsHealth(object: KubernetesObject): Health {
  const { observedGeneration } = (object.status ?? {}) as { observedGeneration?: number };
  if (observedGeneration !== undefined && !isObserved(object)) return waiting("pending", unseen);

  const stalled = firstOf(object, ["Stalled", "Failed"], ["True"]);
  if (stalled) {
    const message = oneLine(stalled.message, stalled.type);
    const reason = stalled.reason ?? stalled.type ?? "Failed";
    return failed("error", { reason, message, settleSeconds: stalledSeconds });
  }
  const busy = firstOf(object, ["Reconciling"], ["True"]);
  if (busy) return waiting("pending", oneLine(busy.message, "Being worked on"), {}, busy.reason);
  const unmet = firstOf(object, ["Ready", "Available", "Programmed", "Accepted"], ["False", "Unknown"]);
  if (unmet) return waiting("partial", oneLine(unmet.message, `Not ${unmet.type} yet`), {}, unmet.reason);
  return ready("healthy", "Exists");
}

function firstOf(object: KubernetesObject, types: string[], statuses: string[]): Condition | undefined {
  return types
    .map((type) => conditionOf(object, type))
    .find((condition) => condition?.status !== undefined && statuses.includes(condition.status));
}
