import { type Static, Type } from "typebox";
import { idParam, Time } from "./ids.ts";
import { endpoint } from "./operation.ts";
import { ObjectKey } from "./plan.ts";

/** One field that is no longer as it was deployed. Values of Secrets are masked. */
const DriftedField = Type.Object({
  key: ObjectKey,
  path: Type.String({ description: "JSON Pointer into the object as it was deployed." }),
  designed: Type.Unknown(),
  live: Type.Optional(Type.Unknown({ description: "Absent where the field is gone." })),
  manager: Type.Optional(
    Type.String({ description: "Who else has the field now; absent where the cluster does not say." }),
  ),
  at: Type.Optional(Time),
});

const DriftedNode = Type.Object({
  node_id: Type.String(),
  missing: Type.Array(ObjectKey, { description: "Objects that are gone from the cluster." }),
  fields: Type.Array(DriftedField),
});
export type DriftedNode = Static<typeof DriftedNode>;

export const Drift = Type.Object({
  version: Type.Integer({
    minimum: 1,
    description: "The deployed version, which the cluster is compared with.",
  }),
  checked_at: Time,
  cluster: Type.String(),
  nodes: Type.Array(DriftedNode, { description: "Those that have drifted, in the order of the drawing." }),
});
export type Drift = Static<typeof Drift>;

export const driftOperations = {
  getDrift: endpoint({
    method: "GET",
    path: "/v1/api/workflows/:id/drift",
    summary: "Say what in the cluster is no longer as the deployed version has it",
    access: "user",
    params: Type.Object({ id: idParam("workflow") }),
    success: 200,
    result: Drift,
  }),
};
