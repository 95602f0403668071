import { type Static, Type } from "typebox";
import { condition } from "./design.ts";
import { Time } from "./ids.ts";

/** `group/kind/namespace/name`, the group empty for core. */
export const ObjectKey = Type.String({ maxLength: 1_024, pattern: "^[^/]*/[^/]+/[^/]*/[^/]+$" });

const Action = Type.Enum(["create", "update", "delete", "keep", "none"]);
export type Action = Static<typeof Action>;

/** One field that a run would change, or would not because somebody else manages it. */
const FieldChange = Type.Object({
  path: Type.String({ description: "JSON Pointer into the object." }),
  from: Type.Optional(Type.Unknown({ description: "Absent where there is no such field yet." })),
  to: Type.Optional(Type.Unknown({ description: "Absent where the field goes." })),
  secret: Type.Optional(Type.Boolean({ description: "The values are masked." })),
  owner: Type.Optional(Type.Object({ manager: Type.String(), at: Type.Optional(Time) })),
  contested: Type.Optional(
    Type.Boolean({ description: "Managed by somebody else, who was not yet overruled." }),
  ),
});
export type FieldChange = Static<typeof FieldChange>;

/** One object of a plan. */
const PlannedObject = Type.Object({
  key: ObjectKey,
  kind: Type.String(),
  name: Type.String(),
  namespace: Type.Optional(Type.String()),
  node_id: Type.Optional(Type.String()),
  action: Action,
  replace: Type.Optional(Type.Boolean({ description: "Deleted and made anew, since it cannot be changed." })),
  policy: Type.Optional(Type.Enum(["delete", "keep"])),
  reason: Type.Optional(Type.String({ description: "Why it is kept, or goes." })),
  fields: Type.Array(FieldChange),
});
export type PlannedObject = Static<typeof PlannedObject>;

const PlannedNode = Type.Object({
  node_id: Type.String(),
  action: Action,
  waits_for: Type.Array(Type.Object({ node_id: Type.String(), condition })),
  needs_values: Type.Array(Type.String()),
  objects: Type.Array(PlannedObject),
});
export type PlannedNode = Static<typeof PlannedNode>;

const PlanWarning = Type.Object({
  code: Type.String(),
  message: Type.String(),
  node_id: Type.Optional(Type.String()),
  path: Type.Optional(Type.String()),
});
export type PlanWarning = Static<typeof PlanWarning>;

const Restart = Type.Object({
  node_id: Type.String(),
  pods: Type.Integer({ minimum: 0 }),
  how: Type.Enum(["rolling", "recreate", "on-delete", "anew"]),
});
export type Restart = Static<typeof Restart>;

/** How much has to be confirmed: 0 nothing, 1 a click, 2 each deletion, 3 the name of the workflow typed. */
const Confirm = Type.Object({
  level: Type.Integer({ minimum: 0, maximum: 3 }),
  name: Type.Optional(Type.String()),
});
export type Confirm = Static<typeof Confirm>;

export const Plan = Type.Object({
  plan_hash: Type.String(),
  revision: Type.Integer(),
  version: Type.Optional(Type.Integer({ description: "The older version it would deploy." })),
  intent: Type.Enum(["deploy", "undeploy"]),
  cluster: Type.String(),
  namespace: Type.String(),
  made_at: Time,
  counts: Type.Object({
    create: Type.Integer(),
    update: Type.Integer(),
    delete: Type.Integer(),
    keep: Type.Integer(),
    none: Type.Integer(),
  }),
  order: Type.Array(Type.String()),
  nodes: Type.Array(PlannedNode),
  removed: Type.Array(PlannedObject),
  namespaces: Type.Array(Type.String({ description: "Made on the way." })),
  warnings: Type.Array(PlanWarning),
  restarts: Type.Array(Restart),
  confirm: Confirm,
});
export type Plan = Static<typeof Plan>;
