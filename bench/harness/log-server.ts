import type { AddressInfo } from "node:net";
import { logOperations } from "../../src/contract/logs.ts";
import type { User } from "../../src/contract/user.ts";
import { createLogStreams } from "../../src/server/background/logs/log-streams.ts";
import { connectTo } from "../../src/server/cluster/connection.ts";
import { createRest } from "../../src/server/cluster/rest.ts";
import { logRoutes } from "../../src/server/features/logs/routes.ts";
import { createHttpServer } from "../../src/server/http/server.ts";
import { createOutbound } from "../../src/server/outbound/outbound.ts";
import { reportUsage } from "./report-usage.js";

// The product's logs from the cluster to the socket in a process of their own. Nothing but the stores is left out.
const [origin = ""] = process.argv.slice(2);
const id = "0".repeat(24);
const user = { id: "1".repeat(24), name: "Bench", role: "user" } as User;
const many = 1_000_000;
const policy = { allowPrivateNetworks: true, allowedAddresses: [], listeners: () => [] };
const pool = createOutbound({ policy }).pool({ origin, allowPlain: true });
const authentication = { headers: async () => ({}), secrets: () => [], refused: () => undefined };
const cluster = connectTo(createRest({ pool, basePath: "", authentication }));
const resource = { id, kind: "ReplicaSet", api_version: "apps/v1", namespace: "default", name: "web" };
const found = { resource, cluster: { id, name: "bench" }, grant: {} };

const { app, mount } = await createHttpServer({
  api: logOperations,
  gate: { admit: async () => ({ user, session_id: user.id }), stillWelcome: async (ids) => new Set(ids) },
  grants: { stillHeld: async (held) => held },
  repeats: { begin: () => Promise.reject(new Error("Nothing here is asked twice")) },
  webFolder: "/nowhere",
  logLevel: "warn",
  limits: { streams: many, streamsPerUser: many, streamsPerAddress: many },
  isReady: async () => true,
});
logRoutes(mount, {
  resources: { findGranted: async () => found as never, noteAccess: async () => undefined },
  streams: createLogStreams({
    inventory: { of: async () => [] },
    runs: { running: async () => undefined, find: async () => undefined, latest: async () => [] },
    openValues: () => "{}",
  }),
  connect: () => cluster,
  newId: () => id,
  now: () => new Date(),
});
await app.listen({ port: 0, host: "127.0.0.1" });
const { port } = app.server.address() as AddressInfo;
reportUsage({ url: `http://127.0.0.1:${port}/v1/api/resources/${id}/logs/stream?format=json` });
process.channel?.ref();
