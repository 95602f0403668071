import { createHmac } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Sandbox, SandboxOptions } from "../sandbox/sandbox.ts";
import type { Config } from "./config.ts";
import { keepFile } from "./kept-file.ts";
import { createSealing } from "./secrets/sealing.ts";

const paceMs = 5_000;

type Say = (sentence: string) => void;

/**
 * The simulated cluster: on loopback, on a port of its own, open to nobody but this server. What is in it is kept
 * in a file where there is one for it.
 */
export async function openSandbox(config: Config, say: Say) {
  const key = createHmac("sha256", config.encryptionKey).update("sandbox").digest();
  const { server, issue, stop } = await (config.sandboxFile
    ? keptSandbox({ key }, config.sandboxFile, sealingOf(config), say)
    : start({ key }));
  const { hostname, port } = new URL(server);
  return {
    listener: { host: hostname, port: Number(port) },
    addressFor: (owner_id: string) => ({ server, token: issue(owner_id) }),
    stop,
  };
}

async function start(options: SandboxOptions): Promise<Sandbox> {
  const { startSandbox } = await import("../sandbox/sandbox.ts");
  return startSandbox(options);
}

type Sealed = ReturnType<typeof sealingOf>;

/** Values of secrets are among what is kept, so that it is sealed as everything secret is. */
function sealingOf({ encryptionKey, previousEncryptionKey }: Config) {
  const { seal, open } = createSealing(encryptionKey, previousEncryptionKey);
  const place = { table: "", row: "sandbox", owner: "", field: "snapshot" };
  return { seal: (text: string) => seal(text, place), open: (sealed: string) => open(sealed, place) };
}

async function keptSandbox(
  options: SandboxOptions,
  path: string,
  { seal, open }: Sealed,
  say: Say,
): Promise<Sandbox> {
  const file = keepFile({
    path,
    take: () => seal(sandbox.snapshot()),
    paceMs,
    report: (error) => say(`The sandbox cannot be written down: ${wordsOf(error)}`),
  });
  const following = { ...options, onChange: file.changed };
  const sandbox = await restored(following, path, open).catch((error) => {
    say(`What was kept of the sandbox cannot be read, and it begins anew: ${wordsOf(error)}`);
    return start(following);
  });
  return {
    ...sandbox,
    async stop() {
      await sandbox.stop();
      await file.close();
    },
  };
}

async function restored(
  options: SandboxOptions,
  path: string,
  open: (sealed: string) => string,
): Promise<Sandbox> {
  const sealed = await readFile(path, "utf8").catch((error) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  return start(sealed === undefined ? options : { ...options, restore: open(sealed) });
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
