import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { type Environment, readConfig } from "../../src/server/config.ts";
import { openSandbox } from "../../src/server/open-sandbox.ts";
import { kubernetesClient } from "../support/kubernetes-client.ts";
import { core } from "./simulated.ts";

const keys = { JWT_SECRET: "j".repeat(43), ENCRYPTION_KEY: "e".repeat(43) };
const secret = {
  apiVersion: "v1",
  kind: "Secret",
  metadata: { name: "keys" },
  data: { PASSWORD: btoa("canary-7f3a") },
};

/** A folder in which the sandbox of a server is opened, once and again. */
async function prepare() {
  const folder = await mkdtemp(join(tmpdir(), "orrery-kept-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const said: string[] = [];

  async function open(env: Environment = {}) {
    const config = readConfig({ ORRERY_DATA_DIR: folder, ...keys, ...env });
    const { addressFor, stop } = await openSandbox(config, (sentence) => said.push(sentence));
    const client = kubernetesClient(addressFor("us"));
    let closing: Promise<void> | undefined;
    const close = () => (closing ??= client.close().then(stop));
    onTestFinished(close);
    return { ...client, close };
  }

  return {
    file: join(folder, "sandbox"),
    said,
    open,
    /** The sandbox after somebody put a secret into it and the server was stopped. */
    async fill(): Promise<void> {
      const { api, close } = await open();
      await api("POST", `${core}/secrets`, secret);
      await close();
    },
  };
}

test("the sandbox's objects are there again after a restart", async () => {
  const { fill, open, said } = await prepare();
  await fill();
  const { find } = await open();
  expect(await find(`${core}/secrets/keys`)).toMatchObject(secret);
  expect(said).toEqual([]);
});

test("what is kept of the sandbox is read by nobody else, and without the key by nobody", async () => {
  const { fill, file } = await prepare();
  await fill();
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  const text = await readFile(file, "utf8");
  for (const canary of ["canary-7f3a", btoa("canary-7f3a"), "PASSWORD"]) expect(text).not.toContain(canary);
});

test("what is kept of the sandbox outlives a change of the key", async () => {
  const { fill, open, said } = await prepare();
  await fill();
  const { find } = await open({
    ENCRYPTION_KEY: "n".repeat(43),
    ENCRYPTION_KEY_PREVIOUS: keys.ENCRYPTION_KEY,
  });
  expect(await find(`${core}/secrets/keys`)).toMatchObject(secret);
  expect(said).toEqual([]);
});

const strangers: [string, (file: string) => Promise<unknown>][] = [
  ["another's file", (file) => writeFile(file, "[]")],
  ["a file cut short", async (file) => writeFile(file, (await readFile(file)).subarray(0, 200))],
  ["an empty file", (file) => writeFile(file, "")],
  ["a folder", (file) => rm(file).then(() => mkdir(file))],
];

test.each(strangers)("with %s in its place the sandbox begins anew, and says so once", async (_, replace) => {
  const { fill, open, file, said } = await prepare();
  await fill();
  await replace(file);
  const { ask, api } = await open();
  expect(said).toEqual([
    expect.stringMatching(/^What was kept of the sandbox cannot be read, and it begins anew: ./),
  ]);
  expect((await ask("GET", `${core}/secrets/keys`)).status).toBe(404);
  expect(await api("POST", `${core}/secrets`, secret)).toMatchObject(secret);
});

test("where servers share a database, each has a sandbox of its own that ends with it", async () => {
  const { open, file } = await prepare();
  const shared = { DATABASE_URL: "postgres://nowhere/orrery" };
  const { api, close } = await open(shared);
  await api("POST", `${core}/secrets`, secret);
  await close();
  await expect(stat(file)).rejects.toThrow("ENOENT");
  expect((await (await open(shared)).ask("GET", `${core}/secrets/keys`)).status).toBe(404);
});
