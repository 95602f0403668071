import { Type } from "typebox";
import { endpoint } from "./operation.ts";

const inviteCode = Type.String({
  description: "What `register` takes as `inviteCode`. One is made when it is first asked for.",
});
const regenerateAfterSignup = Type.Boolean({
  description: "Whether the code is good for one registration, after which there is another.",
});

export const settingsOperations = {
  getInviteCode: endpoint({
    method: "GET",
    path: "/v1/api/settings/invite-code",
    summary: "Get current invite code",
    access: "admin",
    success: 200,
    result: Type.Object({ inviteCode }),
  }),
  renewInviteCode: endpoint({
    method: "POST",
    path: "/v1/api/settings/generate-invite-code",
    summary: "Generate new invite code; the one before is good for nothing at once",
    access: "admin",
    success: 200,
    result: Type.Object({ inviteCode }),
  }),
  getRegenerateSetting: endpoint({
    method: "GET",
    path: "/v1/api/settings/regenerate-setting",
    summary: "Get auto-regenerate setting",
    access: "admin",
    success: 200,
    result: Type.Object({ regenerateAfterSignup, inviteCode }),
  }),
  setRegenerateSetting: endpoint({
    method: "PUT",
    path: "/v1/api/settings/regenerate-setting",
    summary: "Update auto-regenerate setting",
    access: "admin",
    body: Type.Object({ regenerateAfterSignup }),
    success: 200,
    result: Type.Object({ regenerateAfterSignup }),
  }),
};
