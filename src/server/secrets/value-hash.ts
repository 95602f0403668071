import { createHmac, hkdfSync, scryptSync } from "node:crypto";

/**
 * Says whether two texts are the same to whoever has the key, and nothing to anybody else: values worth keeping
 * secret are often few enough to be guessed, one plain hash after another.
 */
export function createValueHash(passphrase: string): (text: string) => string {
  // Deriving a key from a passphrase is slow on purpose, so it waits until something is hashed.
  let key: Buffer | undefined;
  return (text) => {
    key ??= keyFrom(passphrase);
    return createHmac("sha256", key).update(text, "utf8").digest("base64url");
  };
}

/** Another label than that of any other key made of the passphrase. */
const label = "orrery value hash 1";

/** 32 bytes in base64 are a key already; all else is a passphrase. */
function keyFrom(passphrase: string): Buffer {
  const text = passphrase.trim();
  const isKey = /^[A-Za-z0-9+/_-]{43}=?$/.test(text);
  const secret = isKey
    ? Buffer.from(text, "base64")
    : scryptSync(passphrase, label, 32, { N: 32_768, r: 8, p: 1, maxmem: 64 * 1_048_576 });
  return Buffer.from(hkdfSync("sha256", secret, "", label, 32));
}
