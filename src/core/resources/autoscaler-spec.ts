import { listOf } from "../health/health.ts";
import type { KubernetesObject } from "../kubernetes-object.ts";
import { named, picked } from "./picked.ts";

interface Metric {
  resource?: {
    name?: string;
    target?: { averageUtilization?: number };
    current?: { averageUtilization?: number };
  };
}

export function autoscalerSpec({ spec, status }: KubernetesObject): Record<string, unknown> {
  const { kind, name } = (spec?.scaleTargetRef ?? {}) as { kind?: string; name?: string };
  const wanted = (resource: string) => of(spec?.metrics, resource)?.target?.averageUtilization;
  const current = (resource: string) => of(status?.currentMetrics, resource)?.current?.averageUtilization;
  return {
    ...picked(spec, ["minReplicas", "maxReplicas"]),
    currentReplicas: status?.currentReplicas ?? 0,
    desiredReplicas: status?.desiredReplicas ?? 0,
    ...named("targetCPUUtilization", wanted("cpu")),
    ...named("targetMemoryUtilization", wanted("memory")),
    ...named("currentCPUUtilization", current("cpu")),
    ...named("currentMemoryUtilization", current("memory")),
    ...named("scaleTargetRef", name && `${kind}/${name}`),
  };
}

function of(metrics: unknown, resource: string): Metric["resource"] {
  return listOf<Metric>(metrics).find((metric) => metric.resource?.name === resource)?.resource;
}
