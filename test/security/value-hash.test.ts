import { createHash, createHmac, randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { createValueHash } from "../../src/server/secrets/value-hash.ts";

test.each(["a passphrase of some length", randomBytes(32).toString("base64")])(
  "values are the same to one key, and cannot be guessed at without it",
  (passphrase) => {
    const hash = createValueHash(passphrase);
    expect(hash("hunter2")).toBe(createValueHash(passphrase)("hunter2"));
    expect(hash("hunter2")).not.toBe(hash("hunter3"));
    expect(hash("hunter2")).not.toBe(createValueHash(`${passphrase.slice(0, -4)}AAA=`)("hunter2"));
    // Neither plain, nor keyed with what also seals.
    const plain = createHash("sha256").update("hunter2").digest("base64url");
    const keyed = [passphrase, Buffer.from(passphrase, "base64")].map((key) =>
      createHmac("sha256", key).update("hunter2").digest("base64url"),
    );
    for (const known of [plain, ...keyed]) expect(hash("hunter2")).not.toBe(known);
  },
);
