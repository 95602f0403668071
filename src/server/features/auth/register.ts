import { createHash } from "node:crypto";
import type { Registration, SignedIn } from "../../../contract/auth.ts";
import type { User } from "../../../contract/user.ts";
import { checkedEmail } from "../../../core/accounts/email-address.ts";
import { checkNewPassword } from "../../../core/accounts/password-rule.ts";
import { conflict, forbidden } from "../../../core/problem.ts";
import type { Passwords } from "../../secrets/passwords.ts";
import type { UserStore } from "../../storage/users.ts";
import { checkInvitation, type InvitationNeeds } from "./invitation.ts";
import { addressKey, type SignInLimits } from "./sign-in-limits.ts";
import { type SessionNeeds, type SignInFrom, startSession } from "./start-session.ts";

export interface RegistrationNeeds extends SessionNeeds, InvitationNeeds {
  users: UserStore;
  passwords: Pick<Passwords, "hash">;
  limits: SignInLimits;
  /** What else a new user gets, before the answer leaves. */
  afterRegistration?: ((user: User) => Promise<void>) | undefined;
}

export function refuseClosed({ registration }: Pick<RegistrationNeeds, "registration">): void {
  if (registration === "closed") throw forbidden("Registration is disabled");
}

/** From the cheapest question to the dearest; a wrong code is refused before it could tell which addresses are taken. */
export async function register(
  needs: RegistrationNeeds,
  registration: Registration,
  signIn: SignInFrom,
): Promise<SignedIn> {
  const { users, passwords, limits } = needs;
  const email = checkedEmail(registration.email);
  checkNewPassword(registration.password, "/password");
  const from = addressKey(signIn.address);
  await limits.registrations.count(from);
  const invite = await checkInvitation(needs, registration.inviteCode, from);
  if (await users.findByEmail(email)) throw conflict("User already exists");

  const newUser = {
    id: needs.newId(),
    name: registration.name,
    email,
    password_hash: await passwords.hash(registration.password),
    avatar_url: avatarUrlOf(email),
    auth_provider: "",
    created_at: needs.now().toISOString(),
  };
  const user = await users.register(newUser, invite);
  await needs.afterRegistration?.(user);
  return startSession(needs, user, newUser.password_hash, signIn);
}

/** Gravatar knows people by the MD5 of their address. */
function avatarUrlOf(email: string): string {
  const hash = createHash("md5").update(email).digest("hex");
  return `https://www.gravatar.com/avatar/${hash}?s=200&d=identicon`;
}
