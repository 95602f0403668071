import { mkdtemp, rm } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { SignedIn } from "../../src/contract/auth.ts";
import { authOperations } from "../../src/contract/auth.ts";
import { profileOperations } from "../../src/contract/profile.ts";
import { settingsOperations } from "../../src/contract/settings.ts";
import type { User } from "../../src/contract/user.ts";
import { mountAccounts } from "../../src/server/app-accounts.ts";
import { createRepeats } from "../../src/server/app-repeats.ts";
import { createLastSeen } from "../../src/server/background/keep-seen.ts";
import { type Config, readConfig } from "../../src/server/config.ts";
import { createDenialNotes } from "../../src/server/features/auth/note-denials.ts";
import { createSessionGate } from "../../src/server/features/auth/session-gate.ts";
import { createHttpServer } from "../../src/server/http/server.ts";
import { newId } from "../../src/server/new-id.ts";
import { createTokens } from "../../src/server/secrets/tokens.ts";
import { openSqlite } from "../../src/server/storage/database.ts";
import { createStorage } from "../../src/server/storage/storage.ts";

interface Options {
  now?: () => Date;
  /** Settings other than the usual ones, as the environment gives them. */
  env?: Record<string, string>;
  afterRegistration?: (user: User) => Promise<void>;
}

export interface Asking {
  body?: unknown;
  token?: string | undefined;
  headers?: Record<string, string | string[]>;
  /** Which loopback address to come from. */
  from?: string;
}

export interface Answered<T> {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
  json: T;
}

export const password = "correct horse";

/** The accounts' part of the server: real HTTP, SQL and hashes, asked over the wire as any client would. */
export async function startAccounts({ now = () => new Date(), env = {}, afterRegistration }: Options = {}) {
  const folder = await mkdtemp(join(tmpdir(), "orrery-accounts-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const config = readConfig({ ORRERY_DATA_DIR: folder, LOG_LEVEL: "silent", ...env });
  const first = await serve(config, now, afterRegistration);
  let people = 0;

  return {
    ...first,
    config,
    folder,
    /** Stops the server and starts the next one on the same data. */
    async restart() {
      await first.close();
      return serve(config, now, afterRegistration);
    },
    async signUp(name = "Ada") {
      people += 1;
      const email = `${name.toLowerCase()}${people}@example.com`;
      const { json } = await first.ask<SignedIn>("POST", "/auth/register", {
        body: { email, password, name },
      });
      return { ...json, email };
    },
  };
}

async function serve(config: Config, now: () => Date, afterRegistration?: Options["afterRegistration"]) {
  const database = await openSqlite(config.database);
  const storage = createStorage(database);
  const tokens = createTokens(config.jwtSecret);
  const seen = createLastSeen(now);
  const gate = createSessionGate({ ...storage, tokens, seen, now });
  const api = { ...authOperations, ...profileOperations, ...settingsOperations };
  const { app, mount, sessionsChanged } = await createHttpServer({
    ...config,
    api,
    gate,
    noteDenial: createDenialNotes({ ...storage, now }),
    repeats: createRepeats(storage.repeats, config),
    webFolder: "/nowhere",
    isReady: async () => true,
  });
  const accounts = mountAccounts(mount, {
    config,
    database,
    storage,
    tokens,
    newId,
    now,
    afterRegistration,
    seen,
    sessionsChanged,
    report: (error) => {
      throw error;
    },
  });
  await accounts.start();
  const url = await app.listen({ port: 0, host: "127.0.0.1" });
  let closed = false;
  async function close(): Promise<void> {
    if (closed) return;
    closed = true;
    await app.close();
    await accounts.stop();
    await database.close();
  }
  onTestFinished(close);
  return { url, app, mount, gate, database, storage, tokens, close, ask: askAt(url) };
}

/** One request as it goes over the wire, for what a typed client would not let through. */
function askAt(url: string) {
  return <T>(method: string, path: string, asking: Asking = {}): Promise<Answered<T>> =>
    new Promise((resolve, reject) => {
      const { body, token, headers = {}, from = "127.0.0.1" } = asking;
      const sent = request(
        `${url}/v1/api${path}`,
        {
          method,
          localAddress: from,
          agent: false,
          headers: {
            ...(token !== undefined && { authorization: `Bearer ${token}` }),
            ...(body !== undefined && { "content-type": "application/json" }),
            ...headers,
          },
        },
        async (response) => {
          const parts: Buffer[] = [];
          for await (const part of response) parts.push(part);
          const text = Buffer.concat(parts).toString();
          const { statusCode: status = 0, headers: answered } = response;
          resolve({ status, headers: answered, text, json: parse<T>(text) });
        },
      );
      sent.on("error", reject);
      sent.end(body === undefined ? undefined : JSON.stringify(body));
    });
}

// What a test expects of an answer is held to it by the test.
function parse<T>(text: string): T {
  try {
    return JSON.parse(text) as T;
  } catch {
    return undefined as T;
  }
}
