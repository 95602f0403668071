import { type Static, Type } from "typebox";
import { idParam, Time } from "./ids.ts";
import { endpoint } from "./operation.ts";

const GivenRole = Type.Enum(["viewer", "editor", "admin"]);

const NewShare = Type.Object({
  targetUserId: Type.Optional(idParam("target user")),
  user_id: Type.Optional(idParam("target user")),
  email: Type.Optional(Type.String({ maxLength: 320 })),
  user_email: Type.Optional(Type.String({ maxLength: 320 })),
  role: GivenRole,
  namespaces: Type.Optional(
    Type.Array(Type.String({ pattern: "^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$" }), {
      maxItems: 100,
      description: "None means all of them, and what is in none.",
    }),
  ),
});
export type NewShare = Static<typeof NewShare>;

const Share = Type.Object({
  userId: Type.String(),
  name: Type.String(),
  email: Type.String(),
  role: GivenRole,
  namespaces: Type.Array(Type.String()),
  grantedAt: Time,
});
export type Share = Static<typeof Share>;

const Done = Type.Object({ message: Type.String(), cluster: Type.String() });

export const sharingOperations = {
  shareCluster: endpoint({
    method: "POST",
    path: "/v1/api/clusters/:name/share",
    summary: "Share a cluster with another user, named by id or e-mail; again, it changes what they may do",
    access: "user",
    body: NewShare,
    success: 200,
    result: Done,
  }),
  listShares: endpoint({
    method: "GET",
    path: "/v1/api/clusters/:name/shares",
    summary: "List with whom a cluster is shared",
    access: "user",
    success: 200,
    result: Type.Object({ shares: Type.Array(Share) }),
  }),
  unshareCluster: endpoint({
    method: "DELETE",
    path: "/v1/api/clusters/:name/share/:userId",
    summary: "Take access to a cluster away, or leave one that was shared with the caller",
    access: "user",
    params: Type.Object({ name: Type.String(), userId: idParam("user") }),
    success: 200,
    result: Done,
  }),
};
