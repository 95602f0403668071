import { createHmac, createSecretKey, hkdfSync, type KeyObject } from "node:crypto";
import { keyBytes } from "./key-bytes.ts";

/**
 * Says whether two texts are the same to whoever has the key, and nothing to anybody else: values worth keeping
 * secret are often few enough to be guessed, one plain hash after another.
 */
export function createValueHash(passphrase: string): (text: string) => string {
  // Deriving a key from a passphrase is slow on purpose, so it waits until something is hashed.
  let key: KeyObject | undefined;
  return (text) => {
    key ??= keyFrom(passphrase);
    return createHmac("sha256", key).update(text, "utf8").digest("base64url");
  };
}

/** Another label than that of any other key made of the passphrase. */
const label = "orrery value hash 1";

/** As an object of its own, since bytes would be made into one for each hash, which takes longer than the hash. */
function keyFrom(passphrase: string): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync("sha256", keyBytes(passphrase, label), "", label, 32)));
}
