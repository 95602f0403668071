import { type Static, Type } from "typebox";
import { NodeStatus } from "./health.ts";
import { Time } from "./ids.ts";
import { Notification } from "./notifications.ts";
import { stream } from "./operation.ts";
import { ResourceUpdate } from "./resources.ts";
import { NodeRunState, Outcome, RunStatus, runLine } from "./runs.ts";

export const RunState = Type.Object({
  workflow_id: Type.String(),
  run_id: Type.String(),
  version: Type.Integer(),
  status: RunStatus,
  outcome: Type.Optional(Outcome),
  done: Type.Integer({ description: "Nodes that are seen to work." }),
  total: Type.Integer({ description: "Nodes of the run; 0 until that is known." }),
});
export type RunState = Static<typeof RunState>;

const RunNode = Type.Object({
  run_id: Type.String(),
  node_id: Type.String(),
  state: NodeRunState,
  waiting_for: Type.Optional(Type.String()),
  reason: Type.Optional(Type.String()),
  message: Type.Optional(Type.String()),
  at: Time,
});
export type RunNode = Static<typeof RunNode>;

const RunLog = Type.Object({ run_id: Type.String(), ...runLine });
export type RunLog = Static<typeof RunLog>;

const WorkflowChange = Type.Object({
  workflow_id: Type.String(),
  name: Type.Optional(Type.String()),
  description: Type.Optional(Type.String()),
  cluster_id: Type.Optional(Type.String()),
  tags: Type.Optional(Type.Array(Type.String())),
  status: Type.Optional(Type.String()),
  deleted: Type.Optional(Type.Boolean()),
});
export type WorkflowChange = Static<typeof WorkflowChange>;

const ClusterChange = Type.Object({
  id: Type.String(),
  name: Type.String(),
  status: Type.Optional(Type.String()),
  version: Type.Optional(Type.String()),
  warning: Type.Optional(Type.String()),
  last_check: Type.Optional(Time),
  removed: Type.Optional(Type.Boolean({ description: "Gone, or no longer the reader's to see." })),
});
export type ClusterChange = Static<typeof ClusterChange>;

const topic = "(me|(workflow|run|resource):[0-9a-f]{24})";

export const liveOperations = {
  followEvents: stream({
    path: "/v1/api/events",
    summary: "Follow several things at once, and what concerns oneself",
    access: "user",
    query: Type.Object({
      topics: Type.String({
        default: "me",
        maxLength: 2_048,
        pattern: `^(${topic}(,${topic})*)?$`,
        description:
          "`workflow:<id>`, `run:<id>`, `resource:<id>`, separated by commas, at most 16; `me` is always there.",
      }),
    }),
    events: {
      hello: Type.Object({ time: Time, version: Type.String() }),
      "node.status": Type.Object({
        workflow_id: Type.String(),
        node_id: Type.String(),
        status: NodeStatus,
      }),
      "run.state": RunState,
      "run.node": RunNode,
      "run.log": RunLog,
      "workflow.saved": Type.Object({
        workflow_id: Type.String(),
        revision: Type.Integer({ minimum: 1 }),
        by: Type.String({ description: "The id of who saved it." }),
      }),
      "workflow.changed": WorkflowChange,
      "cluster.status": ClusterChange,
      "resource.status": ResourceUpdate,
      notification: Notification,
      "session.ended": Type.Object({ reason: Type.String() }),
      gap: Type.Object({
        topics: Type.Array(Type.String()),
        missed: Type.Optional(Type.Integer({ description: "How many events, where that is known." })),
      }),
      closing: Type.Object({
        retry_ms: Type.Integer({ description: "When to come back, at the earliest." }),
      }),
      end: Type.Object({ reason: Type.Enum(["slow_reader", "access_revoked", "failed"]) }),
    },
  }),
};
