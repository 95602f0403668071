import { scryptSync } from "node:crypto";

/** 32 bytes in base64 are a key already; all else is a passphrase, which with one salt always makes one key. */
export function keyBytes(text: string, salt: string): Buffer {
  const isKey = /^[A-Za-z0-9+/_-]{43}=?$/.test(text.trim());
  if (isKey) return Buffer.from(text.trim(), "base64");
  return scryptSync(text, salt, 32, { N: 32_768, r: 8, p: 1, maxmem: 64 * 1_048_576 });
}
