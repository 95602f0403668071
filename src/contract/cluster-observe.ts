import { type Static, Type } from "typebox";
import { ClusterStatus } from "./clusters.ts";
import { Time } from "./ids.ts";
import { endpoint } from "./operation.ts";

const at = "/v1/api/clusters/:name" as const;

const Amount = Type.Object({
  used: Type.Integer(),
  capacity: Type.Integer(),
  percentage: Type.Number({ minimum: 0, maximum: 100 }),
});

const Component = Type.Object({
  name: Type.String(),
  status: Type.Enum(["healthy", "unhealthy", "unknown"]),
  message: Type.Optional(Type.String()),
});

export const ClusterMetrics = Type.Object({
  clusterName: Type.String(),
  health: Type.Array(Component),
  resources: Type.Object({ cpu: Amount, memory: Amount, storage: Amount }),
  nodeCount: Type.Integer(),
  podCount: Type.Integer(),
  metricsAvailable: Type.Boolean({
    description: "Whether the cluster says what is used; without a metrics server nothing is known of that.",
  }),
  lastUpdated: Time,
});
export type ClusterMetrics = Static<typeof ClusterMetrics>;

const Point = Type.Object({ at: Time, cpu: Type.Integer(), memory: Type.Integer(), pods: Type.Integer() });
export type MetricsPoint = Static<typeof Point>;

export const LogAction = Type.Enum([
  "cluster_added",
  "connection_test",
  "health_check",
  "access_granted",
  "access_revoked",
]);
export type LogAction = Static<typeof LogAction>;

const LogEntry = Type.Object({
  id: Type.String(),
  clusterId: Type.String(),
  userId: Type.Optional(Type.String()),
  action: LogAction,
  success: Type.Boolean(),
  level: Type.Enum(["info", "error"]),
  message: Type.String(),
  error: Type.Optional(Type.String()),
  details: Type.Optional(Type.Record(Type.String(), Type.String())),
  timestamp: Time,
});
export type LogEntry = Static<typeof LogEntry>;

export const clusterObserveOperations = {
  getClusterStatus: endpoint({
    method: "GET",
    path: `${at}/status`,
    summary: "Get cluster connection status, as it was seen last",
    access: "user",
    success: 200,
    result: Type.Object({
      cluster: Type.String(),
      status: ClusterStatus,
      lastCheck: Type.Optional(Time),
      isStale: Type.Boolean({ description: "Whether that was more than two minutes ago." }),
      isOnline: Type.Boolean(),
    }),
  }),
  getClusterMetrics: endpoint({
    method: "GET",
    path: `${at}/metrics`,
    summary: "Get cluster metrics: processors in thousandths, the rest in bytes; at most 30 s old",
    access: "user",
    success: 200,
    result: ClusterMetrics,
  }),
  getMetricsHistory: endpoint({
    method: "GET",
    path: `${at}/metrics/history`,
    summary: "Get what was used in the last minutes, the oldest first",
    access: "user",
    query: Type.Object({ minutes: Type.Integer({ minimum: 1, maximum: 60, default: 60 }) }),
    success: 200,
    result: Type.Object({ points: Type.Array(Point) }),
  }),
  getClusterLogs: endpoint({
    method: "GET",
    path: `${at}/logs`,
    summary: "Get the connection log of the last 24 hours, the newest first",
    access: "user",
    query: Type.Object({ limit: Type.Integer({ minimum: 1, maximum: 1_000, default: 100 }) }),
    success: 200,
    result: Type.Object({ cluster: Type.String(), logs: Type.Array(LogEntry) }),
  }),
};
