import { createHmac, randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { createFaults } from "./faults.ts";
import { send, serve } from "./serve.ts";
import { StatusError, unauthorized } from "./status.ts";
import { createTenant, type Tenant } from "./tenant.ts";

export interface SandboxOptions {
  port?: number;
  /** Tokens are derived from it, so that a restarted server knows its clients. Made up if left out. */
  key?: Buffer;
  /** How fast things come about: 1 is a pace to watch, 0.05 one for tests, 0 at once. */
  pace?: number;
  tls?: { key: string; cert: string };
  /** What one tenant may keep. */
  maxObjects?: number;
}

export type Sandbox = Awaited<ReturnType<typeof startSandbox>>;

const keptRequests = 20_000;

/** A simulated Kubernetes, spoken to over HTTP like any other. Each tenant has a cluster of its own. */
export async function startSandbox(options: SandboxOptions = {}) {
  const { port = 0, key = randomBytes(32), pace = 1, tls, maxObjects = 5_000 } = options;
  const tenants = new Map<string, Tenant>();
  const names = new Map<string, string>();
  const requests: { method: string; path: string; query: string; status: number }[] = [];
  const faults = createFaults(() => [...tenants.values()]);

  function issue(name: string): string {
    const token = createHmac("sha256", key).update(name).digest("base64url");
    names.set(token, name);
    return token;
  }

  function tenantOf({ headers }: IncomingMessage): Tenant {
    const [scheme, token = ""] = (headers.authorization ?? "").split(" ");
    const name = scheme === "Bearer" ? names.get(token) : undefined;
    if (name === undefined) throw unauthorized();
    const known = tenants.get(name) ?? createTenant({ pace, maxObjects });
    tenants.set(name, known);
    return known;
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", "http://sandbox");
    const { method = "GET" } = request;
    const entry = { method, path: url.pathname, query: url.search, status: 0 };
    requests.push(entry);
    if (requests.length > keptRequests) requests.shift();
    response.once("finish", () => {
      entry.status = response.statusCode;
    });
    try {
      if (["/healthz", "/livez", "/readyz"].includes(url.pathname)) return void response.end("ok");
      const tenant = tenantOf(request);
      if (await faults.strike(request, response, url)) return;
      await serve(tenant, url, request, response);
    } catch (error) {
      const told =
        error instanceof StatusError
          ? error
          : new StatusError(500, "InternalError", "Internal error occurred");
      send(response, told.code, told.toJson());
    }
  }

  const listen = (request: IncomingMessage, response: ServerResponse) => void answer(request, response);
  const server = tls ? createTlsServer(tls, listen) : createServer(listen);
  server.keepAliveTimeout = 60_000;
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const address = server.address() as AddressInfo;

  return {
    server: `${tls ? "https" : "http"}://127.0.0.1:${address.port}`,
    address: `127.0.0.1:${address.port}`,
    /** The bearer token of one tenant. */
    issue,
    /** What was asked, the latest at the end. */
    requests,
    faults,
    async stop(): Promise<void> {
      for (const tenant of tenants.values()) tenant.stop();
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
