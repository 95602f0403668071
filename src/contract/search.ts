import { type Static, Type } from "typebox";
import { Time } from "./ids.ts";
import { endpoint } from "./operation.ts";

const Found = Type.Object({
  workflows: Type.Array(
    Type.Object({
      id: Type.String(),
      name: Type.String(),
      description: Type.String(),
      status: Type.String(),
    }),
  ),
  nodes: Type.Array(
    Type.Object({
      workflow_id: Type.String(),
      workflow_name: Type.String(),
      node_id: Type.String(),
      name: Type.String(),
      type: Type.String(),
    }),
  ),
  images: Type.Array(
    Type.Object({
      image: Type.String(),
      workflow_id: Type.String(),
      workflow_name: Type.String(),
      node_id: Type.String(),
    }),
    { description: "Each once, with a node that has it." },
  ),
  resources: Type.Array(
    Type.Object({
      id: Type.String(),
      name: Type.String(),
      namespace: Type.String(),
      type: Type.String(),
      clusterName: Type.String(),
    }),
  ),
  clusters: Type.Array(
    Type.Object({ name: Type.String(), displayName: Type.String(), status: Type.String() }),
  ),
  runs: Type.Array(
    Type.Object({
      id: Type.String(),
      workflow_id: Type.String(),
      workflow_name: Type.String(),
      version: Type.Integer(),
      status: Type.String(),
      started_at: Time,
    }),
    { description: "Of the caller's latest thousand." },
  ),
});
export type Found = Static<typeof Found>;

export const searchOperations = {
  search: endpoint({
    method: "GET",
    path: "/v1/api/search",
    summary: "Global search across what the caller owns or was granted; the best five of each sort",
    access: "user",
    query: Type.Object({
      q: Type.String({
        maxLength: 200,
        default: "",
        description: "Text, never a pattern. Under three characters nothing is found.",
      }),
    }),
    success: 200,
    result: Found,
  }),
};
