import { api } from "../../../contract/api.ts";
import type { Profile } from "../../../contract/profile.ts";
import type { User } from "../../../contract/user.ts";
import type { Mount } from "../../http/mount.ts";
import type { UserStore } from "../../storage/users.ts";
import { changePassword, type PasswordNeeds } from "./change-password.ts";

type ProfileNeeds = PasswordNeeds & { users: Pick<UserStore, "rename"> };

export function profileRoutes(mount: Mount, needs: ProfileNeeds): void {
  mount.endpoint(api.getProfile, async ({ user }) => profileOf(user));

  mount.endpoint(api.updateProfile, async ({ user, body: { name } }) => {
    await needs.users.rename(user.id, name, needs.now().toISOString());
    return profileOf({ ...user, name });
  });

  mount.endpoint(api.changePassword, async ({ user, session_id, body }) => {
    await changePassword(needs, user.id, session_id, body);
    return { message: "Password changed" };
  });
}

function profileOf(user: User): Profile {
  return { ...user, user };
}
