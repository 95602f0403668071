import { once } from "node:events";
import http, { type ClientRequest, type IncomingMessage, type ServerResponse } from "node:http";
import https from "node:https";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import type { Write } from "./audit-log.ts";
import type { Way } from "./kubernetes-client.ts";

/** Told of each write before the cluster has it, and again when it has answered and nobody has heard it yet. */
type Watcher = (moment: "before" | "after", write: Write) => void | Promise<void>;

/** Stands between the server and a cluster: sees each write as it passes, and can be away. */
export async function openGateway({ server, token, tls }: Way) {
  const isSecure = server.startsWith("https:");
  const agent = isSecure ? new https.Agent({ keepAlive: true, ...tls }) : new http.Agent({ keepAlive: true });
  let watcher: Watcher = () => undefined;
  const passing = new Set<{ answer: IncomingMessage; response: ServerResponse }>();
  let isMute = false;
  let asked = 0;

  function forward(request: IncomingMessage): ClientRequest {
    const { method, url = "/" } = request;
    const { host: _, authorization: __, ...rest } = request.headers;
    const headers = { ...rest, ...(token && { authorization: `Bearer ${token}` }) };
    return (isSecure ? https : http).request(new URL(url, server), { method, agent, headers });
  }

  async function read(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const sent = forward(request);
    response.once("close", () => sent.destroy());
    request.pipe(sent);
    await answerWith(sent, response, passing);
  }

  /** What was under way to the cluster arrives there, whether or not somebody still waits for the answer. */
  async function write(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    const body = await buffer(request);
    const told = { at: Date.now(), method: request.method ?? "", path };
    await watcher("before", told);
    const sent = forward(request);
    sent.end(body);
    await answerWith(sent, response, passing, () => watcher("after", told));
  }

  const listener = http.createServer((request, response) => {
    response.on("error", () => undefined);
    asked += 1;
    if (isMute) return;
    const { pathname, searchParams } = new URL(request.url ?? "/", server);
    const isWrite = request.method !== "GET" && !searchParams.has("dryRun");
    const work = isWrite ? write(request, response, pathname) : read(request, response);
    work.catch(() => response.destroy());
  });
  const listen = async (port: number) => once(listener.listen(port, "127.0.0.1"), "listening");
  await listen(0);
  const { port } = listener.address() as AddressInfo;
  const leave = () => {
    listener.close();
    listener.closeAllConnections();
  };

  return {
    addBody: { name: "prod", server: `http://127.0.0.1:${port}`, token: token ?? "none", insecure: true },
    watch(next: Watcher = () => undefined) {
      watcher = next;
    },
    /** Nobody answers here until it is back: what is open breaks off, and what is new is refused. */
    leave,
    comeBack: () => listen(port),
    /** Cuts what is open, and nothing else. */
    cut: () => listener.closeAllConnections(),
    /** From now on nothing arrives, on what is open as on what is new, and nothing is closed: a cable was pulled. */
    mute(): void {
      isMute = true;
      for (const { answer, response } of passing) answer.unpipe(response);
    },
    /** What is opened from now on is answered; what was open stays as it is. */
    speak(): void {
      isMute = false;
    },
    /** How many requests have come so far. */
    asked: () => asked,
    close() {
      leave();
      agent.destroy();
    },
  };
}

async function answerWith(
  sent: ClientRequest,
  response: ServerResponse,
  passing: Set<{ answer: IncomingMessage; response: ServerResponse }>,
  first: () => void | Promise<void> = () => undefined,
): Promise<void> {
  const [answer] = (await once(sent, "response")) as [IncomingMessage];
  await first();
  // What has begun is known at once, also where nothing is said for long.
  response.writeHead(answer.statusCode ?? 502, answer.headers).flushHeaders();
  answer.on("error", () => response.destroy()).pipe(response);
  const both = { answer, response };
  passing.add(both);
  response.once("close", () => passing.delete(both));
}
