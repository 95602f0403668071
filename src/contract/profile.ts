import { type Static, Type } from "typebox";
import { idParam, Time } from "./ids.ts";
import { endpoint } from "./operation.ts";
import { newPassword, personName, User } from "./user.ts";

const Profile = Type.Object({ ...User.properties, user: User });
export type Profile = Static<typeof Profile>;

const OwnSessions = Type.Array(
  Type.Object({
    id: Type.String(),
    created_at: Time,
    last_seen_at: Type.String({ format: "date-time", description: "To the minute." }),
    address: Type.String({ description: "Where it was begun from." }),
    agent: Type.String({ description: "What it was begun with, as that says of itself." }),
    current: Type.Boolean({ description: "Whether it is the one that asks." }),
  }),
);
export type OwnSessions = Static<typeof OwnSessions>;

export const profileOperations = {
  getProfile: endpoint({
    method: "GET",
    path: "/v1/api/profile",
    summary: "Get current user profile",
    access: "user",
    success: 200,
    result: Profile,
  }),
  updateProfile: endpoint({
    method: "PUT",
    path: "/v1/api/profile",
    summary: "Update user profile; the name is all that can be changed here",
    access: "user",
    body: Type.Object({ name: personName }),
    success: 200,
    result: Profile,
  }),
  changePassword: endpoint({
    method: "PUT",
    path: "/v1/api/profile/password",
    summary: "Change the password; every other session of the user ends",
    access: "user",
    body: Type.Object({
      currentPassword: Type.String({ minLength: 1, maxLength: 1_024 }),
      newPassword,
    }),
    success: 200,
    result: Type.Object({ message: Type.String() }),
  }),
  listSessions: endpoint({
    method: "GET",
    path: "/v1/api/profile/sessions",
    summary: "List the caller's sessions, the one used last first",
    access: "user",
    success: 200,
    result: Type.Object({ sessions: OwnSessions }),
  }),
  endSession: endpoint({
    method: "DELETE",
    path: "/v1/api/profile/sessions/:id",
    summary: "End a session of the caller, its token and its open streams",
    access: "user",
    params: Type.Object({ id: idParam("session") }),
    success: 200,
    result: Type.Object({ message: Type.String() }),
  }),
  endOtherSessions: endpoint({
    method: "DELETE",
    path: "/v1/api/profile/sessions",
    summary: "End all sessions of the caller but the one that asks",
    access: "user",
    success: 200,
    result: Type.Object({ message: Type.String(), ended: Type.Integer() }),
  }),
};
