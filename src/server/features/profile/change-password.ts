import { checkNewPassword } from "../../../core/accounts/password-rule.ts";
import { invalid } from "../../../core/problem.ts";
import type { Passwords } from "../../secrets/passwords.ts";
import type { Limit } from "../../storage/limits.ts";
import type { UserStore } from "../../storage/users.ts";

export interface PasswordNeeds {
  users: Pick<UserStore, "passwordHashOf" | "changePassword">;
  passwords: Passwords;
  /** Of wrong current passwords, by user: whoever has found an open session must not learn the password by it. */
  wrongPasswords: Limit;
  now(): Date;
}

interface Change {
  currentPassword: string;
  newPassword: string;
}

/** Every other session of the user ends with the old password. */
export async function changePassword(
  needs: PasswordNeeds,
  user_id: string,
  session_id: string,
  { currentPassword, newPassword }: Change,
): Promise<void> {
  const { users, passwords, wrongPasswords, now } = needs;
  checkNewPassword(newPassword, "/newPassword");
  await wrongPasswords.count(user_id);
  const isRight = await passwords
    .matches(currentPassword, await users.passwordHashOf(user_id))
    .catch(async (error: unknown) => {
      await wrongPasswords.takeBack(user_id);
      throw error;
    });
  if (!isRight) {
    const message = "is not your current password";
    throw invalid("The current password is wrong", [{ path: "/currentPassword", message }]);
  }
  const hash = await passwords.hash(newPassword);
  await users.changePassword(user_id, session_id, hash, now().toISOString());
  await wrongPasswords.takeBack(user_id);
}
