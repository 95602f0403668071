import type { ClusterMetrics } from "../../../contract/cluster-observe.ts";
import type { KubernetesObject } from "../../../core/kubernetes-object.ts";
import { Problem } from "../../../core/problem.ts";
import type { Cluster } from "../../cluster/connection.ts";
import { bytesOf, millisOf } from "./capacity.ts";

export type Measured = Pick<Cluster, "list" | "count" | "live">;

type Measures = Omit<ClusterMetrics, "clusterName" | "lastUpdated">;
type Component = ClusterMetrics["health"][number];

/** What a measurement has to be done by, all calls together. */
const measureMs = 10_000;

interface Asking {
  signal: AbortSignal;
}

/** What a cluster has, and what of it is used. What its credentials may not see, or it does not say, counts for nothing. */
export async function measureCluster(cluster: Measured): Promise<Measures> {
  const asking = { signal: AbortSignal.timeout(measureMs) };
  const [{ nodes, usage, podCount }, claims, health] = await Promise.all([
    measureUse(cluster, asking),
    list(cluster, "v1", "PersistentVolumeClaim", asking),
    healthOf(cluster, asking),
  ]);
  const capacity = nodes.map((node) => amountsIn(node.status?.capacity));
  const stored = claims?.map((claim) => amountsIn(claim.status?.capacity)) ?? [];
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
  const used = metrics?.map((each) => amountsIn((each as { usage?: unknown }).usage));
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

function amountsIn(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

const apiServer: Component = { name: "API Server", status: "healthy" };

/** As the API server sees its companions; where it does not say, its own health says that it can schedule. */
async function healthOf(cluster: Measured, asking: Asking): Promise<Component[]> {
  const components = (await list(cluster, "v1", "ComponentStatus", asking)) ?? [];
  if (components.length > 0) return [apiServer, ...namedOnce(components.flatMap(componentOf))];
  const isLive = await cluster.live(asking).then(
    () => true,
    () => false,
  );
  return [
    apiServer,
    { name: "Scheduler", status: isLive ? "healthy" : "unknown" },
    { name: "Controller", status: "unknown" },
    { name: "etcd", status: "unknown" },
  ];
}

const names: readonly (readonly [RegExp, string])[] = [
  [/^scheduler$/, "Scheduler"],
  [/^controller-manager$/, "Controller"],
  [/^etcd/, "etcd"],
];

function componentOf(object: KubernetesObject & { conditions?: unknown }): Component[] {
  const name = names.find(([pattern]) => pattern.test(object.metadata.name))?.[1];
  const conditions: unknown[] = Array.isArray(object.conditions) ? object.conditions : [];
  const healthy = conditions.map(amountsIn).find(({ type }) => type === "Healthy");
  if (!name) return [];
  return [{ name, status: statuses.get(healthy?.status) ?? "unknown" }];
}

const statuses: ReadonlyMap<unknown, Component["status"]> = new Map([
  ["True", "healthy"],
  ["False", "unhealthy"],
]);

/** Of several etcd, the worst. */
function namedOnce(components: readonly Component[]): Component[] {
  const byName = new Map<string, Component>();
  for (const component of components) {
    const known = byName.get(component.name);
    if (!known || component.status !== "healthy") byName.set(component.name, component);
  }
  return [...byName.values()];
}
