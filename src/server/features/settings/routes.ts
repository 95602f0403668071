import { api } from "../../../contract/api.ts";
import type { Mount } from "../../http/mount.ts";
import { newInviteCode } from "../../secrets/invite-code.ts";
import type { SettingStore } from "../../storage/settings.ts";

interface Needs {
  settings: SettingStore;
  now(): Date;
}

/** What administrators change while the server runs: how people are invited. */
export function settingsRoutes(mount: Mount, { settings, now }: Needs): void {
  const inviteCode = () => settings.findOr("invite_code", newInviteCode);

  mount.endpoint(api.getInviteCode, async () => ({ inviteCode: await inviteCode() }));

  mount.endpoint(api.renewInviteCode, async ({ user }) => {
    const code = newInviteCode();
    await settings.save("invite_code", code, { by: user.id, at: now().toISOString() });
    return { inviteCode: code };
  });

  mount.endpoint(api.getRegenerateSetting, async () => {
    const regenerateAfterSignup = (await settings.find("invite_single_use")) === "true";
    return { regenerateAfterSignup, inviteCode: await inviteCode() };
  });

  mount.endpoint(api.setRegenerateSetting, async ({ user, body: { regenerateAfterSignup } }) => {
    await settings.save("invite_single_use", String(regenerateAfterSignup), {
      by: user.id,
      at: now().toISOString(),
    });
    return { regenerateAfterSignup };
  });
}
