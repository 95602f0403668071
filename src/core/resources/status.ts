import type { ResourceStatus } from "../../contract/resources.ts";
import { assessHealth } from "../health/assess-health.ts";
import { isTrue } from "../health/health.ts";
import { addressesOf } from "../health/service.ts";
import { groupOf, type KubernetesObject } from "../kubernetes-object.ts";

type Counts = Record<string, unknown>;

const rules: ReadonlyMap<string, (object: KubernetesObject) => ResourceStatus> = new Map([
  ["/Namespace", ({ status }) => (status?.phase === "Terminating" ? "deleted" : "running")],
  ["/Node", nodeStatus],
  ["/PersistentVolume", ({ status }) => volumeWords[String(status?.phase)] ?? "unknown"],
  ["/PersistentVolumeClaim", ({ status }) => volumeWords[String(status?.phase)] ?? "pending"],
  ["/Pod", ({ status }) => podWords[String(status?.phase)] ?? "unknown"],
  ["apps/DaemonSet", daemonSetStatus],
  ["apps/Deployment", (object) => replicated(object, "availableReplicas")],
  ["apps/ReplicaSet", (object) => replicated(object, "availableReplicas")],
  ["apps/StatefulSet", (object) => replicated(object, "readyReplicas")],
  ["autoscaling/HorizontalPodAutoscaler", autoscalerStatus],
  ["batch/CronJob", ({ spec }) => (spec?.suspend === true ? "pending" : "running")],
  ["batch/Job", jobStatus],
  ["networking.k8s.io/Ingress", (object) => (addressesOf(object).length > 0 ? "running" : "pending")],
]);

const podWords: Readonly<Record<string, ResourceStatus>> = {
  Running: "running",
  Pending: "pending",
  Succeeded: "completed",
  Failed: "failed",
};

const volumeWords: Readonly<Record<string, ResourceStatus>> = {
  Bound: "running",
  Available: "running",
  Pending: "pending",
  Released: "warning",
  Lost: "failed",
  Failed: "failed",
};

/** Where a failure is the object's own and nothing of it works. */
const failsWhole = new Set(["/Pod", "batch/Job"]);

/** The state of an object in one word: what its counters say, unless it says itself that something is wrong. */
export function statusOf(object: KubernetesObject): ResourceStatus {
  const key = `${groupOf(object.apiVersion)}/${object.kind}`;
  const word = rules.get(key)?.(object);
  const { verdict } = assessHealth(object);
  if (verdict === "failed") return failsWhole.has(key) || word !== "running" ? "failed" : "warning";
  // Custom kinds are read by their conditions alone.
  return word ?? (verdict === "waiting" && key.includes(".") ? "pending" : "running");
}

const count = (counts: Counts | undefined, name: string): number => Number(counts?.[name] ?? 0) || 0;

function replicated({ spec, status }: KubernetesObject, working: string): ResourceStatus {
  const wanted = spec?.replicas === undefined ? 1 : count(spec, "replicas");
  const there = count(status, working);
  if (count(status, "replicas") === 0) return "pending";
  if (there >= wanted) return "running";
  return there > 0 ? "warning" : "failed";
}

function daemonSetStatus({ status }: KubernetesObject): ResourceStatus {
  const wanted = count(status, "desiredNumberScheduled");
  const there = count(status, "numberReady");
  if (wanted === 0) return "pending";
  if (there >= wanted) return "running";
  return there > 0 ? "warning" : "failed";
}

function jobStatus({ spec, status }: KubernetesObject): ResourceStatus {
  const failed = count(status, "failed");
  const wanted = spec?.completions === undefined ? 1 : count(spec, "completions");
  if (count(status, "succeeded") >= wanted) return "completed";
  if (failed > (spec?.backoffLimit === undefined ? 6 : count(spec, "backoffLimit"))) return "failed";
  if (failed > 0) return "warning";
  return count(status, "active") > 0 ? "running" : "pending";
}

function autoscalerStatus({ status }: KubernetesObject): ResourceStatus {
  return count(status, "currentReplicas") === count(status, "desiredReplicas") ? "running" : "warning";
}

function nodeStatus(node: KubernetesObject): ResourceStatus {
  if (isTrue(node, "Ready")) return "running";
  return node.status?.conditions ? "failed" : "unknown";
}
