import { createHash } from "node:crypto";
import { isIPv6 } from "node:net";
import type { Limit, LimitStore } from "../../storage/limits.ts";

export interface SignInLimits {
  registrations: Limit;
  wrongCodes: Limit;
  wrongCodesInAll: Limit;
  accountFailures: Limit;
  addressFailures: Limit;
  /** Of the current password, when changing it. */
  wrongPasswords: Limit;
}

const minute = 60;
const hour = 3_600;

/** How often strangers may try. */
export function createSignInLimits(limits: LimitStore, registrationsPerMinute: number): SignInLimits {
  const later = "Too many attempts; try again later";
  const limit = (name: string, points: number, seconds: number) =>
    limits.limit({ name, points, seconds, sentence: later });

  return {
    registrations: limit("registration", registrationsPerMinute, minute),
    wrongCodes: limit("wrong-code", 10, hour),
    wrongCodesInAll: limit("wrong-code-in-all", 100, hour),
    accountFailures: limit("login-account", 5, 5 * minute),
    addressFailures: limit("login-address", 20, minute),
    wrongPasswords: limit("password-change", 5, 5 * minute),
  };
}

/** Not in clear, since people type their password into the wrong field, and of one length whatever was typed. */
export function accountKey(identity: string): string {
  return createHash("sha256").update(identity).digest("base64url");
}

/** Whoever has one IPv6 address has the 2^64 around it, so they count as one. */
export function addressKey(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped) return mapped;
  if (!isIPv6(address)) return address;
  const [head = "", tail] = address.replace(/%.*/, "").split("::");
  const first = head.split(":").filter(Boolean);
  const last = tail?.split(":").filter(Boolean) ?? [];
  const zeros = Array<string>(Math.max(0, 8 - first.length - last.length)).fill("0");
  return [...first, ...(tail === undefined ? [] : zeros), ...last]
    .slice(0, 4)
    .map((part) => Number.parseInt(part, 16).toString(16))
    .join(":");
}
