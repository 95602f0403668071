import { Type } from "typebox";
import { endpoint } from "./operation.ts";

export const metaOperations = {
  getMeta: endpoint({
    method: "GET",
    path: "/v1/api/meta",
    summary: "What this server is and takes",
    access: "public",
    success: 200,
    result: Type.Object({
      version: Type.String(),
      limits: Type.Object({
        nodes: Type.Integer({ description: "Nodes of one drawing." }),
        body_bytes: Type.Integer({ description: "Bytes of a request that holds a drawing." }),
      }),
      features: Type.Object({
        builds: Type.Boolean({ description: "Whether images can be built." }),
        sandbox: Type.Boolean({ description: "Whether there is a simulated cluster." }),
      }),
    }),
  }),
};
