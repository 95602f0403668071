import { type Static, Type } from "typebox";
import { endpoint } from "./operation.ts";
import { newPassword, personName, User } from "./user.ts";

const Profile = Type.Object({ ...User.properties, user: User });
export type Profile = Static<typeof Profile>;

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
};
