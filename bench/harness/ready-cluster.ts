import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { createFaults } from "../../src/sandbox/faults.ts";
import { createLogBook } from "../../src/sandbox/log-book.ts";
import { createRequestLog } from "../../src/sandbox/request-log.ts";
import { send, serve } from "../../src/sandbox/serve.ts";
import { StatusError, unauthorized } from "../../src/sandbox/status.ts";
import { createStore } from "../../src/sandbox/store.ts";
import type { Tenant } from "../../src/sandbox/tenant.ts";
import { serverCertPem, serverKeyPem } from "../../test/support/certificates.ts";
import { readyWrites } from "./ready-writes.ts";
import { reportUsage } from "./report-usage.js";

// A cluster behind TLS in a process of its own, in which everything is ready as soon as it is applied. It speaks as
// the sandbox does, but costs so little that what is measured is who asks, and not who answers.
const mostObjects = 100_000;
const tenants = new Map<string, Tenant>();
const faults = createFaults(() => [...tenants.values()]);
const log = createRequestLog();
let from = 0;

const server = createServer({ cert: serverCertPem, key: serverKeyPem }, (request, response) => {
  const url = new URL(request.url ?? "/", "https://cluster");
  log.note(request, response, url);
  void answer(url, request, response);
});
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1");
await once(server, "listening");

async function answer(url: URL, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const tenant = tenantOf(request);
    if (!(await faults.strike(request, response, url))) await serve(tenant, url, request, response);
  } catch (error) {
    if (request.destroyed && !request.complete) return;
    if (!(error instanceof StatusError)) throw error;
    send(response, error.code, error.toJson());
  }
}

/** Each token has a cluster of its own. */
function tenantOf({ headers }: IncomingMessage): Tenant {
  const tenant = tenants.get((headers.authorization ?? "").slice("Bearer ".length));
  if (!tenant) throw unauthorized();
  return tenant;
}

function open(name: string): void {
  const store = createStore(mostObjects);
  const writes = readyWrites(store);
  tenants.set(name, { name, store, writes, book: createLogBook(store.history), stop: () => undefined });
}

interface Told {
  ask?: string;
  name?: string;
  latencyMs?: number;
  seed?: number;
}

process.on("message", ({ ask, name = "", latencyMs = 0, seed }: Told) => {
  if (ask === "open") {
    if (!tenants.has(name)) open(name);
    process.send?.({ type: "opened" });
  }
  if (ask === "begin") {
    faults.latency(latencyMs);
    faults.rate(seed === undefined ? 0 : 0.02, seed === undefined ? 0 : 0.01, seed);
    from = log.requests.length;
    process.send?.({ type: "begun" });
  }
  if (ask === "count") process.send?.({ type: "count", requests: log.requests.slice(from) });
});
reportUsage({ url: `https://127.0.0.1:${(server.address() as AddressInfo).port}` });
process.channel?.ref();
