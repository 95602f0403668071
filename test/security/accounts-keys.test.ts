import { mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { readConfig } from "../../src/server/config.ts";

const jwt = "j".repeat(32);
const seal = "e".repeat(32);

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), "orrery-keys-"));
  onTestFinished(() => rm(path, { recursive: true }));
  return path;
}

test("U14: without keys they are made once, for nobody else to read, and are never the same", async () => {
  const data = join(await folder(), "data");
  const first = readConfig({ ORRERY_DATA_DIR: data });
  expect(first.jwtSecret).not.toBe(first.encryptionKey);
  for (const key of [first.jwtSecret, first.encryptionKey])
    expect(Buffer.from(key, "base64url")).toHaveLength(32);
  const files = await readdir(data);
  expect(files.toSorted()).toEqual(["encryption-key", "jwt-secret"]);
  for (const file of files) expect((await stat(join(data, file))).mode & 0o777).toBe(0o600);
  const second = readConfig({ ORRERY_DATA_DIR: data });
  expect([second.jwtSecret, second.encryptionKey]).toEqual([first.jwtSecret, first.encryptionKey]);
});

test("U14: a key file that was cut to nothing is no key", async () => {
  const data = await folder();
  await writeFile(join(data, "jwt-secret"), "");
  expect(() => readConfig({ ORRERY_DATA_DIR: data })).toThrow("jwt-secret");
});

test.each([
  ["a short JWT_SECRET", { JWT_SECRET: "j".repeat(31), ENCRYPTION_KEY: seal }, "JWT_SECRET must be at least"],
  ["a short ENCRYPTION_KEY", { JWT_SECRET: jwt, ENCRYPTION_KEY: "short" }, "ENCRYPTION_KEY must be"],
  ["one key for both", { JWT_SECRET: jwt, ENCRYPTION_KEY: jwt }, "must not be the same"],
  [
    "PostgreSQL without JWT_SECRET",
    { DATABASE_URL: "postgres://x/y", ENCRYPTION_KEY: seal },
    "JWT_SECRET must be set",
  ],
  [
    "PostgreSQL without ENCRYPTION_KEY",
    { DATABASE_URL: "postgres://x/y", JWT_SECRET: jwt },
    "ENCRYPTION_KEY must be set",
  ],
])(
  "U14: with %s the server refuses to start, in one line that does not show the key",
  async (_, env, line) => {
    const data = await folder();
    const failure = (() => {
      try {
        readConfig({ ORRERY_DATA_DIR: data, ...env });
      } catch (error) {
        return error instanceof Error ? error.message : "";
      }
      return "";
    })();
    expect(failure).toContain(line);
    expect(failure).not.toContain("\n");
    for (const key of [jwt, seal]) expect(failure).not.toContain(key);
  },
);

test("beyond loopback there is always a set-up code, and it is kept", async () => {
  const data = await folder();
  const { setupCode } = readConfig({ ORRERY_DATA_DIR: data, HOST: "0.0.0.0" });
  expect(setupCode).toMatch(/^[\w-]{16}$/);
  expect(readConfig({ ORRERY_DATA_DIR: data, HOST: "0.0.0.0" }).setupCode).toBe(setupCode);
  expect(readConfig({ ORRERY_DATA_DIR: data }).setupCode).toBeUndefined();
});
