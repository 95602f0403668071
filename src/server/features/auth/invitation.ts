import { createHash, timingSafeEqual } from "node:crypto";
import { forbidden } from "../../../core/problem.ts";
import { newInviteCode } from "../../secrets/invite-code.ts";
import type { AuditStore } from "../../storage/audit.ts";
import type { Invite, SettingStore } from "../../storage/settings.ts";
import type { UserStore } from "../../storage/users.ts";
import type { SignInLimits } from "./sign-in-limits.ts";

export interface InvitationNeeds {
  users: Pick<UserStore, "isEmpty">;
  settings: SettingStore;
  limits: Pick<SignInLimits, "wrongCodes" | "wrongCodesInAll">;
  audits: AuditStore;
  now(): Date;
  registration: "open" | "invite" | "closed";
  /** What the very first registration has to bring. */
  setupCode: string | undefined;
}

/** Where registration needs a code there is one, the same for all servers on the database. */
export async function ensureInviteCode({
  settings,
  registration,
}: Pick<InvitationNeeds, "settings" | "registration">): Promise<void> {
  if (registration === "invite") await settings.findOr("invite_code", newInviteCode);
}

/** Refuses who has to bring a code and brings none, and whoever brings a wrong one; answers with the code to use up. */
export async function checkInvitation(
  needs: InvitationNeeds,
  code: string | undefined,
  address: string,
): Promise<Invite | undefined> {
  const isFirst = await needs.users.isEmpty();
  const needsSetupCode = isFirst && needs.setupCode !== undefined;
  if (!code) {
    if (needsSetupCode || (needs.registration === "invite" && !isFirst)) throw refusal();
    return undefined;
  }
  const expected = needsSetupCode ? needs.setupCode : await needs.settings.find("invite_code");
  await checkCode(needs, code, expected, address);
  if (needsSetupCode || (await needs.settings.find("invite_single_use")) !== "true") return undefined;
  return { code, next_code: newInviteCode() };
}

async function checkCode(
  { limits: { wrongCodes, wrongCodesInAll }, audits, now }: InvitationNeeds,
  code: string,
  expected: string | undefined,
  address: string,
): Promise<void> {
  await wrongCodes.check(address);
  await wrongCodesInAll.check("all");
  // Compared in any case, so that the time taken does not tell whether there is a code.
  const isRight = isSame(code, expected ?? "") && expected !== undefined;
  if (isRight) return;
  await wrongCodes.count(address);
  await wrongCodesInAll.count("all");
  const at = now().toISOString();
  await audits.note({ at, action: "denied", object: "invite_code", result: "refused", address });
  throw refusal();
}

/** Hashes have one length, so that neither where two codes differ nor how long they are shows in the time. */
function isSame(one: string, other: string): boolean {
  const [first, second] = [one, other].map((text) => createHash("sha256").update(text).digest());
  return first !== undefined && second !== undefined && timingSafeEqual(first, second);
}

const refusal = () => forbidden("Valid invite code required");
