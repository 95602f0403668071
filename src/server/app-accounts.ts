import type { User } from "../contract/user.ts";
import type { Config } from "./config.ts";
import { ensureInviteCode } from "./features/auth/invitation.ts";
import { authRoutes } from "./features/auth/routes.ts";
import { createSignInLimits } from "./features/auth/sign-in-limits.ts";
import { profileRoutes } from "./features/profile/routes.ts";
import type { Mount } from "./http/mount.ts";
import { createPasswords } from "./secrets/passwords.ts";
import type { Tokens } from "./secrets/tokens.ts";
import type { Database } from "./storage/database.ts";
import { limitStore } from "./storage/limits.ts";
import type { createStorage } from "./storage/storage.ts";

interface AccountParts {
  config: Config;
  database: Database;
  storage: Pick<ReturnType<typeof createStorage>, "users" | "sessions" | "settings">;
  tokens: Tokens;
  newId(): string;
  now(): Date;
  /** What else a new user gets, before the answer leaves. */
  afterRegistration?: ((user: User) => Promise<void>) | undefined;
}

/** Who may come in, and how they prove it. */
export function mountAccounts(mount: Mount, parts: AccountParts): { start(): Promise<void> } {
  const { config, database, storage, tokens, newId, now, afterRegistration } = parts;
  const counters = limitStore(database, () => now().getTime());
  const limits = createSignInLimits(counters, config.registrationsPerMinute);
  const passwords = createPasswords();
  const { registration, setupCode } = config;
  const invitations = { ...storage, limits, registration, setupCode };

  authRoutes(mount, { ...invitations, passwords, tokens, newId, now, afterRegistration });
  profileRoutes(mount, { ...storage, passwords, wrongPasswords: limits.wrongPasswords, now });
  return { start: () => ensureInviteCode(invitations) };
}
