import { type Static, Type } from "typebox";
import { Time } from "./ids.ts";

const namespacePattern = "^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$";
const values = Type.Record(
  Type.String(),
  Type.Record(Type.String({ maxLength: 253 }), Type.String({ maxLength: 1_048_576 })),
);

/** Values for this run alone, by node id and key. They go to the cluster and are kept nowhere in clear. */
export const TriggerData = Type.Object({
  secrets: Type.Optional(values),
  envVars: Type.Optional(values),
});
export type TriggerData = Static<typeof TriggerData>;

export const RunRequest = Type.Object({
  cluster: Type.Optional(
    Type.String({ maxLength: 253, description: "Else the workflow's, else the default." }),
  ),
  namespace: Type.Optional(
    Type.String({
      pattern: namespacePattern,
      description: "For nodes that name none; `default` if left out.",
    }),
  ),
  trigger_data: Type.Optional(TriggerData),
  timeout_seconds: Type.Optional(
    Type.Integer({
      minimum: 10,
      maximum: 7_200,
      description: "How long the whole run may take; 600 if left out.",
    }),
  ),
});
export type RunRequest = Static<typeof RunRequest>;

export const RunStarted = Type.Object({
  run_id: Type.String(),
  status: Type.Literal("deploying"),
  version: Type.Integer({ minimum: 1 }),
  message: Type.String(),
  logs: Type.Array(Type.String()),
});
export type RunStarted = Static<typeof RunStarted>;

const RunStatus = Type.Enum(["running", "completed", "failed", "cancelled"]);
export type RunStatus = Static<typeof RunStatus>;

/** What a run left behind. `rolled_back` and `cancelled` come with the engine that can do so. */
const Outcome = Type.Enum(["succeeded", "rolled_back", "partial", "cancelled", "unknown"]);
export type Outcome = Static<typeof Outcome>;

/** How far a node is in its run. */
const NodeRunState = Type.Enum([
  "pending",
  "waiting",
  "applying",
  "applied",
  "completed",
  "warning",
  "failed",
  "skipped",
]);

export const AppliedResource = Type.Object({
  kind: Type.String(),
  name: Type.String(),
  namespace: Type.Optional(Type.String()),
  operation: Type.Enum(["created", "updated", "unchanged"]),
  uid: Type.String(),
});
export type AppliedResource = Static<typeof AppliedResource>;

export const NodeRun = Type.Object({
  status: NodeRunState,
  message: Type.Optional(Type.String()),
  /** Kubernetes' own word, such as `ImagePullBackOff`. */
  reason: Type.Optional(Type.String()),
  error: Type.Optional(Type.String()),
  waits_for: Type.Optional(Type.Array(Type.String())),
  since: Type.Optional(Time),
  result: Type.Optional(
    Type.Object({ applied_resources: Type.Array(AppliedResource), failed: Type.Boolean() }),
  ),
  timestamp: Type.Integer({ description: "Seconds since 1970." }),
});
export type NodeRun = Static<typeof NodeRun>;

export const WorkflowRun = Type.Object({
  id: Type.String(),
  workflow_id: Type.String(),
  version: Type.Integer({ minimum: 1 }),
  status: RunStatus,
  outcome: Type.Optional(Outcome),
  cluster: Type.String(),
  namespace: Type.String(),
  started_at: Time,
  completed_at: Type.Optional(Time),
  duration: Type.Integer({ description: "Milliseconds; 0 while it runs." }),
  node_states: Type.Record(Type.String(), NodeRun),
  output: Type.Record(Type.String(), Type.Unknown()),
  logs: Type.Array(Type.String()),
  warnings: Type.Array(Type.String()),
  error: Type.Optional(Type.String()),
  triggered_by: Type.Enum(["manual", "schedule", "webhook"]),
  trigger_data: Type.Object({ user_id: Type.String() }),
});
export type WorkflowRun = Static<typeof WorkflowRun>;

export const RunUpdate = Type.Object({
  run_id: Type.String(),
  status: RunStatus,
  outcome: Type.Optional(Outcome),
  version: Type.Integer(),
  message: Type.String(),
  error: Type.Optional(Type.String()),
  log: Type.Optional(Type.String()),
  node_id: Type.Optional(Type.String()),
  node: Type.Optional(NodeRun),
});
export type RunUpdate = Static<typeof RunUpdate>;
