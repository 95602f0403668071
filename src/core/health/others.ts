import type { NodeStatus } from "../../contract/health.ts";
import type { KubernetesObject } from "../kubernetes-object.ts";
import {
  type Around,
  type Condition,
  conditionOf,
  type Health,
  isObserved,
  oneLine,
  plural,
} from "./health.ts";

type Told = Omit<NodeStatus, "state" | "message">;

const ready = (state: NodeStatus["state"], message: string, more: Told = {}): Health => ({
  verdict: "ready",
  message,
  status: { state, message, ...more },
});
const waiting = (state: NodeStatus["state"], message: string, more: Told = {}, soft = false): Health => ({
  verdict: "waiting",
  message,
  ...(soft && { soft }),
  status: { state, message, ...more },
});

interface Address {
  ip?: string;
  hostname?: string;
}

function addressesOf({ status }: KubernetesObject): Address[] {
  return (status?.loadBalancer as { ingress?: Address[] } | undefined)?.ingress ?? [];
}

/** A cluster without a load balancer never gives an address, which is no failure of the design. */
export function serviceHealth(object: KubernetesObject): Health {
  const { type, clusterIP, ports } = (object.spec ?? {}) as {
    type?: string;
    clusterIP?: string;
    ports?: { nodePort?: number }[];
  };
  const nodePort = ports?.find((port) => port.nodePort)?.nodePort;
  const known = { ...(clusterIP && { clusterIP }), ...(nodePort && { nodePort }) };
  if (type !== "LoadBalancer") return ready("healthy", "Exists", known);
  const [address] = addressesOf(object);
  const externalIP = address?.ip ?? address?.hostname;
  if (!externalIP) return waiting("partial", "Waiting for an address", known, true);
  return ready("healthy", `Reachable at ${externalIP}`, { ...known, externalIP });
}

export function ingressHealth(object: KubernetesObject): Health {
  const rulesCount = ((object.spec?.rules ?? []) as unknown[]).length;
  const [address] = addressesOf(object);
  if (!address) return waiting("pending", "No controller has given it an address yet", { rulesCount }, true);
  const told = {
    rulesCount,
    ...(address.ip && { loadBalancerIP: address.ip }),
    ...(address.hostname && { loadBalancerHostname: address.hostname }),
  };
  return ready("healthy", `Reachable at ${address.hostname ?? address.ip}`, told);
}

export function claimHealth(object: KubernetesObject, { storageClasses, events }: Around): Health {
  const { storageClassName, volumeName } = (object.spec ?? {}) as {
    storageClassName?: string;
    volumeName?: string;
  };
  const { phase = "Pending", capacity } = (object.status ?? {}) as {
    phase?: string;
    capacity?: { storage?: string };
  };
  const told = {
    ...(volumeName && { volumeName }),
    ...(capacity?.storage && { capacity: capacity.storage }),
  };
  if (phase === "Bound")
    return ready("Bound", `Bound${capacity?.storage ? `, ${capacity.storage}` : ""}`, told);
  if (phase === "Lost") {
    const message = "Its volume is gone";
    return { verdict: "failed", reason: "Lost", message, status: { state: "Lost", message, ...told } };
  }
  const found = storageClasses.find(({ metadata }) => metadata.name === storageClassName);
  const { volumeBindingMode } = (found ?? {}) as { volumeBindingMode?: string };
  if (volumeBindingMode === "WaitForFirstConsumer")
    return ready("Pending", "Waiting for the first pod that uses it", told);
  const last = events.at(-1) as { reason?: string; message?: string } | undefined;
  if (last?.reason === "ProvisioningFailed") {
    const message = oneLine(last.message);
    const status = { state: "Pending" as const, message, reason: last.reason, ...told };
    return { verdict: "failed", reason: last.reason, message, settleSeconds: 30, status };
  }
  return waiting("Pending", "Waiting for a volume", told);
}

export function cronJobHealth(object: KubernetesObject): Health {
  const { suspend } = (object.spec ?? {}) as { suspend?: boolean };
  const {
    active = [],
    lastScheduleTime,
    lastSuccessfulTime,
  } = (object.status ?? {}) as {
    active?: unknown[];
    lastScheduleTime?: string;
    lastSuccessfulTime?: string;
  };
  const told = {
    activeJobs: active.length,
    ...(lastScheduleTime && { lastScheduleTime }),
    ...(lastSuccessfulTime && { lastSuccessfulTime }),
  };
  if (suspend) return ready("suspended", "Suspended", told);
  const message = lastScheduleTime ? `Last run at ${lastScheduleTime}` : "Waiting for its time";
  return ready("active", message, told);
}

interface MetricStatus {
  resource?: { name?: string; current?: { averageUtilization?: number } };
}

/** Without figures an autoscaler does nothing, which is worth a word and no failure. */
export function autoscalerHealth(object: KubernetesObject): Health {
  const { currentReplicas, desiredReplicas, currentMetrics } = (object.status ?? {}) as {
    currentReplicas?: number;
    desiredReplicas?: number;
    currentMetrics?: MetricStatus[] | null;
  };
  const usageOf = (name: string) =>
    currentMetrics?.find(({ resource }) => resource?.name === name)?.resource?.current?.averageUtilization;
  const [currentCPU, currentMemory] = [usageOf("cpu"), usageOf("memory")];
  const told = {
    ...(currentReplicas !== undefined && { currentReplicas }),
    ...(desiredReplicas !== undefined && { desiredReplicas }),
    ...(currentCPU !== undefined && { currentCPU }),
    ...(currentMemory !== undefined && { currentMemory }),
  };
  const able = conditionOf(object, "ScalingActive");
  if (able?.status === "False")
    return waiting("limited", oneLine(able.message, "Cannot scale yet"), told, true);
  if (conditionOf(object, "ScalingLimited")?.status === "True") return ready("limited", "At its limit", told);
  const isMoving = (desiredReplicas ?? currentReplicas ?? 0) !== (currentReplicas ?? 0);
  if (isMoving) return ready("scaling", `Scaling from ${currentReplicas ?? 0} to ${desiredReplicas}`, told);
  return ready("stable", currentReplicas === undefined ? "Exists" : plural(currentReplicas, "replica"), told);
}

export const existing =
  (state: NodeStatus["state"], message = "Exists") =>
  (): Health =>
    ready(state, message);

/** Any other kind, by the conditions its controller gives it. */
export function conditionsHealth(object: KubernetesObject): Health {
  const { observedGeneration } = (object.status ?? {}) as { observedGeneration?: number };
  if (observedGeneration !== undefined && !isObserved(object))
    return waiting("pending", "Waiting for the controller");
  const stalled = conditionOf(object, "Stalled");
  if (stalled?.status === "True") {
    const message = oneLine(stalled.message, "Stalled");
    const reason = stalled.reason ?? "Stalled";
    return {
      verdict: "failed",
      reason,
      message,
      settleSeconds: 10,
      status: { state: "error", message, reason },
    };
  }
  const unmet = ["Ready", "Available", "Established"]
    .map((type) => conditionOf(object, type))
    .find((condition): condition is Condition => condition?.status === "False");
  if (unmet) return waiting("partial", oneLine(unmet.message, `Not ${unmet.type} yet`));
  return ready("healthy", "Exists");
}
