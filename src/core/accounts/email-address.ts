import { invalid } from "../problem.ts";

const longest = 254;
const label = "[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]{0,61}[\\p{L}\\p{N}])?";
const local = '[^\\s\\p{C}@<>()\\[\\]\\\\,;:"]{1,64}';
const syntax = new RegExp(`^${local}@(?:${label}\\.)+${label}$`, "u");
const control = /[\p{Cc}\p{Cs}]/u;

/** An address as it identifies somebody: however it is written, it is one account. */
export function emailIdentity(text: string): string {
  return text.trim().normalize("NFKC").toLowerCase().trim();
}

/**
 * The identity of an address that can be registered: one `@`, a local part of 1 to 64 characters without
 * spaces, quotes, brackets or separators, and a domain of at least two labels. Quoted local parts and
 * addresses of hosts are not taken.
 */
export function checkedEmail(text: string): string {
  // Before trimming, which would take a line break at the end away unseen.
  if (control.test(text)) throw refuse("must not contain control characters");
  const identity = emailIdentity(text);
  if (identity.length > longest) throw refuse(`must have at most ${longest} characters`);
  if (!syntax.test(identity)) throw refuse("must be an e-mail address");
  return identity;
}

function refuse(message: string) {
  return invalid(`The e-mail address ${message}`, [{ path: "/email", message }]);
}
