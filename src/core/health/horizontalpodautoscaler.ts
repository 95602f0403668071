import type { KubernetesObject } from "../kubernetes-object.ts";
import {
  conditionOf,
  type Health,
  listOf,
  oneLine,
  plural,
  ready,
  softly,
  type Told,
  waiting,
} from "./health.ts";

interface AutoscalerStatus {
  currentReplicas?: number;
  desiredReplicas?: number;
  currentMetrics?: unknown;
}

/** Without figures or a target an autoscaler does nothing, which is worth a word and no failure. */
export function autoscalerHealth(object: KubernetesObject): Health {
  const { currentReplicas: now, desiredReplicas: next } = (object.status ?? {}) as AutoscalerStatus;
  const told = toldOf(object);
  const able = conditionOf(object, "AbleToScale");
  if (able?.status === "False")
    return softly(waiting("error", oneLine(able.message, "Cannot scale"), told, able.reason));
  const active = conditionOf(object, "ScalingActive");
  if (active?.status === "False")
    return softly(waiting("limited", oneLine(active.message, "Cannot scale yet"), told, active.reason));
  if (next !== undefined && next !== (now ?? 0))
    return ready("scaling", `Scaling from ${now ?? 0} to ${next}`, told);
  // Standing at its least is how an autoscaler rests; only one that wants more than it may is limited.
  const limited = conditionOf(object, "ScalingLimited");
  if (limited?.status === "True" && limited.reason !== "TooFewReplicas")
    return ready("limited", `At its limit of ${plural(now ?? 0, "replica")}`, told);
  return ready("stable", now === undefined ? "Exists" : plural(now, "replica"), told);
}

function toldOf(object: KubernetesObject): Told {
  const { currentReplicas, desiredReplicas, currentMetrics } = (object.status ?? {}) as AutoscalerStatus;
  const currentCPU = usageOf(currentMetrics, "cpu");
  const currentMemory = usageOf(currentMetrics, "memory");
  return {
    ...(currentReplicas !== undefined && { currentReplicas }),
    ...(desiredReplicas !== undefined && { desiredReplicas }),
    ...(currentCPU !== undefined && { currentCPU }),
    ...(currentMemory !== undefined && { currentMemory }),
  };
}

interface Metric {
  name?: string;
  current?: { averageUtilization?: number };
}

function usageOf(metrics: unknown, name: string): number | undefined {
  const own = listOf<{ resource?: Metric; containerResource?: Metric }>(metrics)
    .map(({ resource, containerResource }) => resource ?? containerResource)
    .find((metric) => metric?.name === name);
  return own?.current?.averageUtilization;
}
