import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Child, startChild } from "./child.ts";

const release = fileURLToPath(new URL("../../dist/orrery.js", import.meta.url));
const probe = new URL("./probe.js", import.meta.url).href;

export interface Product extends Child {
  folder: string;
  /** Asks the API as the user who was registered first. */
  ask<T>(method: string, path: string, body?: unknown): Promise<T>;
  token: string;
  /** Ends it, and leaves its folder to the next. */
  leave(signal: NodeJS.Signals): Promise<void>;
  /** A whole request on the wire, for the load generator. */
  wire(method: string, path: string, body?: string, headers?: Record<string, string>): string;
}

/** The release bundle, as people run it, in a folder of its own, with one user. */
export async function startProduct(env: Record<string, string> = {}): Promise<Product> {
  if (!existsSync(release)) throw new Error("Build first: npm run build");
  const folder = env.ORRERY_DATA_DIR ?? (await mkdtemp(join(tmpdir(), "orrery-bench-")));
  const child = await startChild(release, {
    args: ["serve"],
    env: { PORT: "0", HOST: "127.0.0.1", ORRERY_DATA_DIR: folder, LOG_LEVEL: "warn", ...env },
    execArgv: ["--import", probe],
  });
  const token = await signIn(child.url);
  return {
    ...child,
    folder,
    token,
    leave: child.stop,
    async ask<T>(method: string, path: string, body?: unknown) {
      const response = await fetch(`${child.url}/v1/api${path}`, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(body !== undefined && { "content-type": "application/json" }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
      return (await response.json()) as T;
    },
    wire: (method, path, body = "", headers = {}) =>
      wireOf(child.url, method, `/v1/api${path}`, body, { authorization: `Bearer ${token}`, ...headers }),
    async stop() {
      await child.stop();
      if (env.ORRERY_DATA_DIR === undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}

export const person = { email: "bench@example.com", password: "correct horse battery", name: "Bench" };

async function signIn(url: string): Promise<string> {
  const post = (path: string) =>
    fetch(`${url}/v1/api/auth/${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(person),
    });
  const registered = await post("register");
  const answer = registered.ok ? registered : await post("login");
  const { token } = (await answer.json()) as { token: string };
  return token;
}

function wireOf(
  url: string,
  method: string,
  path: string,
  body: string,
  headers: Record<string, string>,
): string {
  const lines = Object.entries({
    host: new URL(url).host,
    ...headers,
    ...(body && { "content-type": "application/json", "content-length": String(Buffer.byteLength(body)) }),
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${path} HTTP/1.1\r\n${lines.join("")}\r\n${body}`;
}
