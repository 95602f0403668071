import type { ClusterMetrics } from "../../../contract/cluster-observe.ts";
import type { KubernetesObject } from "../../../core/kubernetes-object.ts";
import { Problem } from "../../../core/problem.ts";
import type { Cluster } from "../../cluster/connection.ts";
import { bytesOf, millisOf } from "./capacity.ts";
import { soon } from "./soon.ts";

export type Measured = Pick<Cluster, "list" | "count" | "live">;

type Measures = Omit<ClusterMetrics, "clusterName" | "lastUpdated">;
type Component = ClusterMetrics["health"][number];

interface Asking {
  signal: AbortSignal;
}

/** What a cluster has, and what of it is used. What its credentials may not see, or it does not say, counts for nothing. */
export async function measureCluster(cluster: Measured): Promise<Measures> {
  const asking = { signal: soon() };
  const [{ nodes, usage, podCount }, claims, health] = await Promise.all([
    measureUse(cluster, asking),
    list(cluster, "v1", "PersistentVolumeClaim", asking),
    healthOf(cluster, asking),
  ]);
  const capacity = nodes.map((node) => mapOf(node.status?.capacity));
  const stored = claims?.map((claim) => mapOf(claim.status?.capacity)) ?? [];
  return {
    health,
    resources: {
      cpu: amount(usage?.cpu ?? 0, millisOf(capacity, "cpu")),
      memory: amount(usage?.memory ?? 0, bytesOf(capacity, "memory")),
      storage: amount(bytesOf(stored, "storage"), bytesOf(capacity, "ephemeral-storage")),
    },
    nodeCount: nodes.length,
    podCount,
    metricsAvailable: usage !== undefined,
  };
}

/** What is used just now; nothing where the cluster does not say. */
export async function measureUse(cluster: Measured, asking: Asking) {
  const [nodes = [], metrics, podCount = 0] = await Promise.all([
    list(cluster, "v1", "Node", asking),
    list(cluster, "metrics.k8s.io/v1beta1", "NodeMetrics", asking),
    unlessRefused(cluster.count("v1", "Pod", asking)),
  ]);
  const used = metrics?.map((each) => mapOf((each as { usage?: unknown }).usage));
  const usage = used && { cpu: millisOf(used, "cpu"), memory: bytesOf(used, "memory") };
  return { nodes, usage, podCount };
}

function list(cluster: Measured, apiVersion: string, kind: string, asking: Asking) {
  return unlessRefused(cluster.list(apiVersion, kind, asking));
}

/** What is refused is not known. A cluster that is away is away. */
async function unlessRefused<T>(asking: Promise<T>): Promise<T | undefined> {
  try {
    return await asking;
  } catch (error) {
    if (error instanceof Problem && error.kind !== "unavailable") return undefined;
    throw error;
  }
}

function amount(used: number, capacity: number) {
  const percentage = capacity > 0 ? Math.min(100, Math.round((used / capacity) * 1_000) / 10) : 0;
  return { used, capacity, percentage };
}

function mapOf(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

const apiServer: Component = { name: "API Server", status: "healthy" };

const companions: readonly (readonly [string, RegExp])[] = [
  ["Scheduler", /^scheduler$/],
  ["Controller", /^controller-manager$/],
  ["etcd", /^etcd/],
];

/** As the API server sees its companions; where it does not say, its own health says that it can schedule. */
async function healthOf(cluster: Measured, asking: Asking): Promise<Component[]> {
  const components = (await list(cluster, "v1", "ComponentStatus", asking)) ?? [];
  const seen = companions.map(([name, pattern]): Component => {
    const own = components.filter(({ metadata }) => pattern.test(metadata.name)).map(statusOf);
    return { name, status: worst(own) };
  });
  if (components.length > 0) return [apiServer, ...seen];
  const isLive = await cluster.live(asking).then(
    () => true,
    () => false,
  );
  return [apiServer, { name: "Scheduler", status: isLive ? "healthy" : "unknown" }, ...seen.slice(1)];
}

/** Of several etcd, the worst. */
function worst(statuses: readonly Component["status"][]): Component["status"] {
  return (["unhealthy", "unknown", "healthy"] as const).find((each) => statuses.includes(each)) ?? "unknown";
}

function statusOf({ conditions }: KubernetesObject & { conditions?: unknown }): Component["status"] {
  const all: unknown[] = Array.isArray(conditions) ? conditions : [];
  const healthy = all.map(mapOf).find(({ type }) => type === "Healthy");
  if (healthy?.status === "True") return "healthy";
  return healthy?.status === "False" ? "unhealthy" : "unknown";
}
