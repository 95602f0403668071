import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { createClient } from "../../src/client/client.ts";
import { clusterObserveOperations } from "../../src/contract/cluster-observe.ts";
import { sharingOperations } from "../../src/contract/cluster-sharing.ts";
import { clusterOperations } from "../../src/contract/clusters.ts";
import { connectClusters } from "../../src/server/app-clusters.ts";
import { createRepeats } from "../../src/server/app-repeats.ts";
import { createTellStatus } from "../../src/server/background/clusters/tell-status.ts";
import { readConfig } from "../../src/server/config.ts";
import { type ClusterRoutesNeeds, clusterRoutes } from "../../src/server/features/clusters/routes.ts";
import { createTestLimits } from "../../src/server/features/clusters/test-limits.ts";
import { createHttpServer } from "../../src/server/http/server.ts";
import { newId } from "../../src/server/new-id.ts";
import type { Resolve } from "../../src/server/outbound/judge.ts";
import { createSealing } from "../../src/server/secrets/sealing.ts";
import { openSqlite } from "../../src/server/storage/database.ts";
import { limitStore } from "../../src/server/storage/limits.ts";
import { createStorage } from "../../src/server/storage/storage.ts";
import { insertUser } from "./insert-user.ts";
import { strict } from "./strict-client.ts";

interface Options {
  env?: Record<string, string>;
  resolve?: Resolve;
}

/** The clusters' part of the server: real HTTP, SQL, sealing and sockets; who somebody is, is what their token says. */
export async function startClusterApp({ env = {}, resolve }: Options = {}) {
  const folder = await mkdtemp(join(tmpdir(), "orrery-clusters-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const config = readConfig({
    ORRERY_DATA_DIR: folder,
    JWT_SECRET: "j".repeat(43),
    ENCRYPTION_KEY: Buffer.alloc(32, 7).toString("base64"),
    ...env,
  });
  const database = await openSqlite(config.database);
  const storage = createStorage(database);
  const users = new Map<string, { id: string; name: string; email: string; role: "user" }>();
  const gate = {
    async admit(token: string | undefined) {
      const user = users.get(token ?? "");
      if (!user) throw new Error("Unknown token in a test");
      // Sound for these routes, which read nothing of a user but the id.
      return { user, session_id: "session" } as never;
    },
    stillWelcome: async (session_ids: readonly string[]) => new Set(session_ids),
  };
  const webFolder = "/nowhere";
  const { app, mount, accessChanged } = await createHttpServer({
    grants: storage.grants,
    api: { ...clusterOperations, ...sharingOperations, ...clusterObserveOperations },
    gate,
    repeats: createRepeats(storage.repeats, config),
    webFolder,
    logLevel: "silent",
    isReady: async () => true,
  });
  const sealing = createSealing(config.encryptionKey, config.previousEncryptionKey);
  const problems: unknown[] = [];
  const reaching = connectClusters({
    ...storage,
    config,
    sealing,
    resolve,
    listeners: () => [{ host: "127.0.0.1", port: portOf(url) }],
    report: (error) => problems.push(error),
  });
  const needs: ClusterRoutesNeeds = {
    accessChanged,
    tellStatus: createTellStatus(storage),
    ...storage,
    ...reaching,
    sealing,
    limits: createTestLimits(limitStore(database)),
    newId,
    now: () => new Date(),
  };
  clusterRoutes(mount, needs);
  const url = await app.listen({ port: 0, host: "127.0.0.1" });
  onTestFinished(async () => {
    await app.close();
    await reaching.connections.close();
    await database.close();
  });

  return {
    url,
    config,
    database,
    needs,
    problems,
    ...storage,
    async signUp(name = "Ada") {
      const user = { id: newId(), name, email: `${name}${users.size}@example.com`, role: "user" as const };
      await insertUser(database, { ...user, at: new Date().toISOString() });
      const token = `token-of-${user.id}`;
      users.set(token, user);
      /** One request as it goes over the wire, for what a typed client would not let through. */
      async function raw(method: string, path: string, body?: unknown) {
        const answer = await fetch(`${url}/v1/api${path}`, {
          method,
          headers: {
            authorization: `Bearer ${token}`,
            ...(body !== undefined && { "content-type": "application/json" }),
          },
          ...(body !== undefined && { body: JSON.stringify(body) }),
        });
        return { status: answer.status, text: await answer.text() };
      }
      return { user, raw, ...strict(createClient({ baseUrl: url, token: () => token })) };
    },
  };
}

export type ClusterApp = Awaited<ReturnType<typeof startClusterApp>>;

function portOf(url: string): number {
  return Number(new URL(url).port);
}
