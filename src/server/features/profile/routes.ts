import { api } from "../../../contract/api.ts";
import type { Profile } from "../../../contract/profile.ts";
import type { User } from "../../../contract/user.ts";
import type { Mount } from "../../http/mount.ts";
import type { UserStore } from "../../storage/users.ts";
import { changePassword, type PasswordNeeds } from "./change-password.ts";
import { endOthers, endSession, ownSessions, type SessionsNeeds } from "./sessions.ts";

type ProfileNeeds = PasswordNeeds & SessionsNeeds & { users: Pick<UserStore, "rename"> };

export function profileRoutes(mount: Mount, needs: ProfileNeeds): void {
  mount.endpoint(api.getProfile, async ({ user }) => profileOf(user));

  mount.endpoint(api.updateProfile, async ({ user, body: { name } }) => {
    await needs.users.rename(user.id, name, needs.now().toISOString());
    return profileOf({ ...user, name });
  });

  mount.endpoint(api.changePassword, async ({ user, session_id, body }) => {
    await changePassword(needs, user.id, session_id, body);
    needs.sessionsChanged();
    return { message: "Password changed" };
  });

  mount.endpoint(api.listSessions, async ({ user, session_id }) => ({
    sessions: await ownSessions(needs, user.id, session_id),
  }));

  mount.endpoint(api.endSession, async ({ params, user }) => {
    await endSession(needs, user.id, params.id);
    return { message: "Session ended" };
  });

  mount.endpoint(api.endOtherSessions, async ({ user, session_id }) => {
    const ended = await endOthers(needs, user.id, session_id);
    return { message: "Other sessions ended", ended };
  });
}

function profileOf(user: User): Profile {
  return { ...user, user };
}
