import { createHmac, randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { createExec } from "./exec.ts";
import { createFaults, type Faults } from "./faults.ts";
import { createRequestLog, type LoggedRequest } from "./request-log.ts";
import { send, serve } from "./serve.ts";
import { StatusError } from "./status.ts";
import { createTenants, type Tenants } from "./tenants.ts";

export interface SandboxOptions {
  port?: number;
  /** Tokens are derived from it, so that a restarted server knows its clients. Made up if left out. */
  key?: Buffer;
  /** How fast things come about: 1 is a pace to watch, 0.05 one for tests, 0 at once. */
  pace?: number;
  tls?: { key: string; cert: string };
  /** What one tenant may keep. */
  maxObjects?: number;
  /** What `snapshot` gave before; anything else is refused. */
  restore?: string;
  /** Hears of every change, when `snapshot` would give something new. */
  onChange?(): void;
}

export interface Sandbox {
  server: string;
  address: string;
  /** The bearer token of one tenant. */
  issue(tenant: string): string;
  /** What was asked, the latest at the end. */
  requests: LoggedRequest[];
  faults: Faults;
  /** What it stumbled over itself; always empty, or the sandbox is wrong. */
  complaints: readonly string[];
  /** Everybody's objects as text, to start again with. */
  snapshot(): string;
  stop(): Promise<void>;
}

/** A simulated Kubernetes, spoken to over HTTP like any other. Each tenant has a cluster of its own. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { port = 0, key = randomBytes(32), pace = 1, tls, maxObjects = 5_000, restore, onChange } = options;
  const tokenOf = (name: string) => createHmac("sha256", key).update(name).digest("base64url");
  const tenants = createTenants({ pace, maxObjects, restore, onChange, tokenOf });
  const log = createRequestLog();
  const faults = createFaults(tenants.all);
  const listen = (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? "/", "http://sandbox");
    log.note(request, response, url);
    void answer(tenants, faults, url, request, response);
  };
  const server = tls ? createTlsServer(tls, listen) : createServer(listen);
  const exec = createExec(tenants);
  server.on("upgrade", exec.upgrade);
  server.keepAliveTimeout = 60_000;
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    server: `${tls ? "https" : "http"}://${address}`,
    address,
    issue: tenants.issue,
    requests: log.requests,
    faults,
    complaints: tenants.complaints,
    snapshot: tenants.snapshot,
    async stop() {
      tenants.stop();
      exec.close();
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

const lifeSigns = new Set(["/healthz", "/livez", "/readyz"]);

async function answer(
  tenants: Tenants,
  faults: Faults,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    if (lifeSigns.has(url.pathname)) return void response.end("ok");
    const tenant = tenants.of(request);
    if (!(await faults.strike(request, response, url))) await serve(tenant, url, request, response);
  } catch (error) {
    if (request.destroyed && !request.complete) return;
    tenants.complain(error);
    const told =
      error instanceof StatusError ? error : new StatusError(500, "InternalError", "Internal error occurred");
    send(response, told.code, told.toJson());
  }
}
