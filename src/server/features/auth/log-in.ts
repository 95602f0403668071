import type { Credentials, SignedIn } from "../../../contract/auth.ts";
import type { User } from "../../../contract/user.ts";
import { emailIdentity } from "../../../core/accounts/email-address.ts";
import { unauthenticated } from "../../../core/problem.ts";
import type { Passwords } from "../../secrets/passwords.ts";
import type { AuditStore } from "../../storage/audit.ts";
import type { UserStore } from "../../storage/users.ts";
import { createOneAtATime } from "./one-at-a-time.ts";
import { accountKey, addressKey, type SignInLimits } from "./sign-in-limits.ts";
import { type SessionNeeds, type SignInFrom, startSession } from "./start-session.ts";

export interface LogInNeeds extends SessionNeeds {
  users: Pick<UserStore, "findByEmail">;
  passwords: Pick<Passwords, "matches">;
  audits: AuditStore;
  limits: Pick<SignInLimits, "accountFailures" | "addressFailures">;
}

export type LogIn = (credentials: Credentials, from: SignInFrom) => Promise<SignedIn>;

/** Accounts that exist and accounts that do not are treated alike in all that can be seen: words, limits and work. */
export function createLogIn(needs: LogInNeeds): LogIn {
  const oneAtATime = createOneAtATime();
  const { accountFailures, addressFailures } = needs.limits;

  return async ({ email, password }, signIn) => {
    const identity = emailIdentity(email);
    const account = accountKey(identity);
    const from = addressKey(signIn.address);
    await addressFailures.check(from);

    const found = await oneAtATime(account, async () => {
      await accountFailures.check(account);
      // Counted before it is known, or as many guesses at once as one likes would all be the first.
      await accountFailures.count(account);
      const judged = await judge(needs, identity, password).catch(async (error: unknown) => {
        await accountFailures.takeBack(account);
        throw error;
      });
      if (judged) await accountFailures.takeBack(account);
      return judged;
    });
    if (found) return startSession(needs, found.user, found.password_hash, signIn);
    const at = needs.now().toISOString();
    await needs.audits.note({
      at,
      action: "sign_in",
      object: "",
      result: "refused",
      address: signIn.address,
    });
    await addressFailures.count(from);
    throw unauthenticated("Invalid email or password");
  };
}

async function judge(
  { users, passwords }: LogInNeeds,
  email: string,
  password: string,
): Promise<{ user: User; password_hash: string } | undefined> {
  const row = await users.findByEmail(email);
  const matches = await passwords.matches(password, row?.password_hash);
  if (!row || !matches) return undefined;
  const { password_hash, ...user } = row;
  return { user, password_hash };
}
