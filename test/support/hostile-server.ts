import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from "node:net";
import { onTestFinished } from "vitest";

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

/** Anything that listens on loopback, with a count of who came. */
export async function listenHttp(listener: Listener, tls?: { cert: string; key: string; ca?: string }) {
  const requests: IncomingMessage[] = [];
  const take: Listener = (request, response) => {
    requests.push(request);
    listener(request, response);
  };
  const options = tls && { ...tls, requestCert: tls.ca !== undefined, rejectUnauthorized: false };
  const server = options ? createTlsServer(options, take) : createServer(take);
  return { requests, ...(await listening(server, options ? "https" : "http")) };
}

/** A bare socket, for what speaks no HTTP. */
export async function listenTcp(talk: (socket: Socket) => void) {
  const server = createTcpServer((socket) => {
    socket.on("error", () => undefined);
    talk(socket);
  });
  return listening(server, "http");
}

async function listening(server: Server, scheme: string) {
  const sockets = new Set<Socket>();
  let connections = 0;
  server.on("connection", (socket: Socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.on("close", () => sockets.delete(socket));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const stop = async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, "close");
  };
  onTestFinished(stop);
  return { port, server: `${scheme}://127.0.0.1:${port}`, connections: () => connections };
}

/** As much of a Kubernetes as adding one needs: a version, two nodes, a namespace and a storage class. */
export function smallCluster(isWelcome: (request: IncomingMessage) => boolean): Listener {
  const lists = new Map<string, unknown[]>([
    ["/api/v1/nodes", [nodeOf("a"), nodeOf("b")]],
    ["/api/v1/namespaces", [{ metadata: { name: "default" } }]],
    ["/apis/storage.k8s.io/v1/storageclasses", [{ metadata: { name: "standard" } }]],
  ]);
  const resources = new Map([
    ["/api/v1", ["Node nodes", "Namespace namespaces"]],
    ["/apis/storage.k8s.io/v1", ["StorageClass storageclasses"]],
  ]);

  return (request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://small");
    if (!isWelcome(request))
      return answerJson(response, 401, { kind: "Status", code: 401, message: "Unauthorized" });
    if (pathname === "/version") return answerJson(response, 200, { gitVersion: "v1.36.0" });
    const found = resources.get(pathname)?.map((line) => {
      const [kind, name] = line.split(" ");
      return { kind, name, namespaced: false };
    });
    if (found) return answerJson(response, 200, { resources: found });
    const items = lists.get(pathname);
    if (!items) return answerJson(response, 404, { kind: "Status", code: 404, message: "not found" });
    answerJson(response, 200, {
      kind: "AnyList",
      apiVersion: "v1",
      metadata: { resourceVersion: "1" },
      items,
    });
  };
}

function nodeOf(name: string) {
  const labels = { "kubernetes.io/os": "linux", "topology.kubernetes.io/region": "eu-1" };
  const capacity = { cpu: "4", memory: "16384Mi" };
  return { metadata: { name, labels }, spec: { providerID: `kind://${name}` }, status: { capacity } };
}

export function answerJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
