import { type Static, Type } from "typebox";
import { Time } from "./ids.ts";
import { ObjectKey, Plan } from "./plan.ts";

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

/** What a run and its plan are asked for alike. */
const aim = {
  cluster: Type.Optional(
    Type.String({ maxLength: 253, description: "Else the workflow's, else the default." }),
  ),
  namespace: Type.Optional(
    Type.String({
      pattern: namespacePattern,
      description: "For nodes that name none; `default` if left out.",
    }),
  ),
  version: Type.Optional(
    Type.Integer({ minimum: 1, description: "An older version, instead of the drawing as it is." }),
  ),
  delete: Type.Optional(
    Type.Array(ObjectKey, {
      maxItems: 1_000,
      description: "What goes though it would be kept: claims, secrets with values, namespaces.",
    }),
  ),
};

export const RunRequest = Type.Object({
  ...aim,
  trigger_data: Type.Optional(TriggerData),
  plan_hash: Type.Optional(
    Type.String({ maxLength: 200, description: "Does what that plan says, or 409 if anything moved since." }),
  ),
  on_failure: Type.Optional(
    Type.Enum(["rollback", "keep"], {
      description: "What becomes of a run that fails; `rollback` if left out.",
    }),
  ),
  timeout_seconds: Type.Optional(
    Type.Integer({
      minimum: 10,
      maximum: 7_200,
      description: "How long the whole run may take; 600 if left out.",
    }),
  ),
});
export type RunRequest = Static<typeof RunRequest>;

export const PlanRequest = Type.Object({
  ...aim,
  intent: Type.Optional(Type.Enum(["deploy", "undeploy"])),
  secrets: Type.Optional(
    Type.Record(Type.String(), Type.Array(Type.String({ maxLength: 253 })), {
      description: "Names of the secret values the run will be given, by node id.",
    }),
  ),
});
export type PlanRequest = Static<typeof PlanRequest>;

export const CancelRequest = Type.Object({
  on_failure: Type.Optional(
    Type.Enum(["rollback", "keep"], {
      description: "What becomes of what it wrote; as the run was started if left out.",
    }),
  ),
});

export const RunStarted = Type.Object({
  run_id: Type.String(),
  status: Type.Literal("deploying"),
  version: Type.Integer({ minimum: 1 }),
  message: Type.String(),
  logs: Type.Array(Type.String()),
});
export type RunStarted = Static<typeof RunStarted>;

export const RunStatus = Type.Enum(["running", "completed", "failed", "cancelled"]);
export type RunStatus = Static<typeof RunStatus>;

/** What a run left behind. */
export const Outcome = Type.Enum(["succeeded", "rolled_back", "partial", "cancelled", "unknown"]);
export type Outcome = Static<typeof Outcome>;

/** How far a node is in its run. */
export const NodeRunState = Type.Enum([
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

const Left = Type.Object({
  key: ObjectKey,
  node_id: Type.Optional(Type.String()),
  state: Type.Enum(["restored", "removed", "new", "kept", "missing", "unknown"], {
    description:
      "`new` is as the run left it, `missing` was deleted or made anew by somebody else, `unknown` could not be seen.",
  }),
  reason: Type.Optional(Type.String()),
});

/** Where each object stands that a run has written, when it did not simply succeed. */
export const RunResult = Type.Array(Left);
export type RunResult = Static<typeof RunResult>;

/** One thing a run did or saw. Secret values are masked. */
export const Evidence = Type.Union([
  Type.Object({
    kind: Type.Literal("request"),
    method: Type.String(),
    path: Type.String(),
    status: Type.Integer(),
    ms: Type.Integer(),
    body: Type.Optional(Type.Unknown()),
    answer: Type.Optional(Type.Unknown()),
  }),
  Type.Object({
    kind: Type.Literal("state"),
    node_id: Type.String(),
    status: Type.String(),
    message: Type.Optional(Type.String()),
    reason: Type.Optional(Type.String()),
  }),
  Type.Object({
    kind: Type.Literal("event"),
    node_id: Type.String(),
    object: Type.String(),
    type: Type.String(),
    reason: Type.String(),
    message: Type.String(),
    count: Type.Integer(),
  }),
  Type.Object({
    kind: Type.Literal("log"),
    node_id: Type.String(),
    pod: Type.String(),
    container: Type.String(),
    previous: Type.Optional(Type.Boolean({ description: "Of the container before its last restart." })),
    lines: Type.Array(Type.String()),
  }),
]);
export type Evidence = Static<typeof Evidence>;

/** One line of a run's log. */
export const runLine = {
  seq: Type.Integer(),
  at: Time,
  level: Type.Enum(["info", "warning", "error"]),
  node_id: Type.Optional(Type.String()),
  text: Type.String(),
};

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
  counts: Type.Optional(Plan.properties.counts),
  on_failure: Type.Enum(["rollback", "keep"]),
  intent: Type.Enum(["deploy", "undeploy"]),
  plan_hash: Type.Optional(Type.String()),
  triggered_by: Type.Enum(["manual", "schedule", "webhook"]),
  trigger_data: Type.Object({ user_id: Type.String() }),
});
export type WorkflowRun = Static<typeof WorkflowRun>;

/** One run with its plan, and all that was kept of it. */
export const RunRecord = Type.Object({
  ...WorkflowRun.properties,
  plan: Type.Optional(Plan),
  by: Type.Object({ id: Type.String(), name: Type.String() }),
  nodes: Type.Array(
    Type.Object({
      node_id: Type.String(),
      state: NodeRunState,
      waiting_for: Type.Optional(Type.String()),
      reason: Type.Optional(Type.String()),
      message: Type.Optional(Type.String()),
      log_tail: Type.Array(Type.String()),
      events: Type.Array(
        Type.Object({
          at: Time,
          type: Type.String(),
          reason: Type.String(),
          message: Type.String(),
          object: Type.String(),
        }),
      ),
    }),
  ),
  evidence: Type.Array(Type.Intersect([Type.Object({ at: Time }), Evidence])),
  log: Type.Array(Type.Object(runLine)),
  result: Type.Optional(RunResult),
});
export type RunRecord = Static<typeof RunRecord>;

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
