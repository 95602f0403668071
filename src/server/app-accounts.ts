import type { User } from "../contract/user.ts";
import { keepSeen, type LastSeen } from "./background/keep-seen.ts";
import { createTasks } from "./background/tasks.ts";
import type { Config } from "./config.ts";
import { ensureInviteCode } from "./features/auth/invitation.ts";
import { authRoutes } from "./features/auth/routes.ts";
import { createSignInLimits } from "./features/auth/sign-in-limits.ts";
import { profileRoutes } from "./features/profile/routes.ts";
import { settingsRoutes } from "./features/settings/routes.ts";
import type { Mount } from "./http/mount.ts";
import { createPasswords } from "./secrets/passwords.ts";
import type { Tokens } from "./secrets/tokens.ts";
import type { Database } from "./storage/database.ts";
import { limitStore } from "./storage/limits.ts";
import type { createStorage } from "./storage/storage.ts";

interface AccountParts {
  config: Config;
  database: Database;
  storage: Pick<ReturnType<typeof createStorage>, "users" | "sessions" | "settings" | "audits">;
  tokens: Tokens;
  newId(): string;
  now(): Date;
  seen: LastSeen;
  /** Ends at once what is open in sessions that have ended. */
  sessionsChanged(): void;
  report(error: unknown): void;
  /** What else a new user gets, before the answer leaves. */
  afterRegistration?: ((user: User) => Promise<void>) | undefined;
}

/** Who may come in, and how they prove it. */
export function mountAccounts(mount: Mount, parts: AccountParts) {
  const { config, database, storage, tokens, newId, now, afterRegistration, sessionsChanged } = parts;
  const counters = limitStore(database, () => now().getTime());
  const limits = createSignInLimits(counters, config.registrationsPerMinute);
  const passwords = createPasswords();
  const { registration, setupCode } = config;
  const invitations = { ...storage, limits, registration, setupCode };

  const tasks = createTasks(parts.report);
  const common = { sessionsChanged, passwords, now };
  authRoutes(mount, { ...invitations, ...common, tokens, newId, afterRegistration });
  profileRoutes(mount, { ...storage, ...common, wrongPasswords: limits.wrongPasswords });
  settingsRoutes(mount, { ...storage, now });
  return {
    async start(): Promise<void> {
      await ensureInviteCode(invitations);
      tasks.start((signal) => keepSeen({ ...storage, ...parts }, signal));
    },
    stop: () => tasks.stop(),
  };
}
