import type { AddressInfo } from "node:net";
import { liveOperations } from "../../src/contract/live.ts";
import type { User } from "../../src/contract/user.ts";
import { createHub } from "../../src/server/events/hub.ts";
import { createWorkflowEvents } from "../../src/server/events/workflow-events.ts";
import { liveRoutes } from "../../src/server/features/live/routes.ts";
import { createHttpServer } from "../../src/server/http/server.ts";
import { reportUsage } from "./report-usage.js";
import { talkWhenAsked } from "./talk.js";

// The product's hub, stream and HTTP in a process of their own: no use of the API makes so many events a second, or
// lets one user follow a workflow a thousand times. Nothing but the stores behind them is left out.
const windowMs = Number(process.argv[2] ?? 40);
const workflow_id = "0".repeat(24);
const user = { id: "1".repeat(24), name: "Bench", role: "user" } as User;
const hub = createHub({ windowMs });
const events = createWorkflowEvents(hub, () => new Date());
const many = 1_000_000;

const { app, mount } = await createHttpServer({
  api: liveOperations,
  gate: { admit: async () => ({ user, session_id: user.id }), stillWelcome: async (ids) => new Set(ids) },
  repeats: { begin: () => Promise.reject(new Error("Nothing here is asked twice")) },
  webFolder: "/nowhere",
  logLevel: "warn",
  limits: { streams: many, streamsPerUser: many, streamsPerAddress: many },
  isReady: async () => true,
});
liveRoutes(mount, {
  hub,
  workflows: { findOwned: async () => '{"nodes":[]}' as never },
  liveRuns: { findOwned: async () => undefined, running: async () => [], nodesOf: async () => [] },
  runEvents: { latestOf: () => new Map() },
  resources: { findGranted: async () => undefined },
  live: { follow: () => () => {}, latestOf: () => undefined },
  sessions: { endReason: async () => undefined },
  version: "bench",
  now: () => new Date(),
});
await app.listen({ port: 0, host: "127.0.0.1" });

talkWhenAsked((node_id, message) =>
  events.nodeChanged(workflow_id, {
    node_id,
    type: "deployment",
    status: { state: "running", message, replicas: 3, readyReplicas: 2 },
  }),
);
const { port } = app.server.address() as AddressInfo;
reportUsage({ url: `http://127.0.0.1:${port}/v1/api/events?topics=workflow:${workflow_id}` });
process.channel?.ref();
