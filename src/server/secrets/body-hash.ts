import { createHmac, createSecretKey, hkdfSync } from "node:crypto";

/**
 * Tells whether two bodies are the same without keeping either. With a key, since bodies carry passwords, and a bare
 * hash would let whoever reads the database try one after another.
 */
export function createBodyHash(secret: string): (body: string) => string {
  const key = createSecretKey(Buffer.from(hkdfSync("sha256", secret, "", "orrery repeated requests", 32)));
  return (body) => createHmac("sha256", key).update(body).digest("base64url");
}
