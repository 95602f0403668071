import { onTestFinished } from "vitest";
import { WebSocket } from "ws";
import { api } from "../../src/contract/api.ts";
import type { Keystrokes, Screen } from "../../src/contract/terminal.ts";
import { eventually } from "./eventually.ts";
import { testCluster } from "./target.ts";
import { startTestApp } from "./test-app.ts";

interface Asked {
  /** Of the pod's containers, by name; one of the shell image if left out. */
  images?: Record<string, string>;
  env?: Record<string, string>;
}

/** A user with a cluster, and in it a pod that runs and that the product knows. */
export async function prepareTerminal({ images, env = {} }: Asked = {}) {
  const cluster = await testCluster();
  const server = await startTestApp({ env: { DEBUG_IMAGE: cluster.shellImage, ...env } });
  const client = await server.signUp();
  await client.call(api.addCluster, { body: { ...cluster.addBody, name: "prod" } });
  const containers = Object.entries(images ?? { main: cluster.shellImage }).map(([name, image]) => ({
    ...{ name, image: image || cluster.bareImage },
    // An image without a shell has a program of its own.
    ...(image === cluster.shellImage && { command: ["sleep", "3600"] }),
  }));
  const podPath = `/api/v1/namespaces/${cluster.namespace}/pods`;
  const metadata = { name: "box", namespace: cluster.namespace };
  const spec = { containers, terminationGracePeriodSeconds: 1 };
  await cluster.api("POST", podPath, { apiVersion: "v1", kind: "Pod", metadata, spec });
  await eventually(async () => {
    const { containerStatuses = [] } = ((await cluster.find("v1", "pods", "box"))?.status ?? {}) as {
      containerStatuses?: { ready: boolean }[];
    };
    return (containerStatuses.length > 0 && containerStatuses.every(({ ready }) => ready)) || undefined;
  }, 30_000);
  const id = await resourceId(client, cluster.namespace, "box");

  return {
    cluster,
    server,
    client,
    id,
    podPath: `${podPath}/box`,
    open: (query: Record<string, string> = {}, options: Partial<Way> = {}) =>
      openTerminal({
        url: server.url,
        id,
        query,
        headers: { authorization: `Bearer ${client.token}` },
        ...options,
      }),
  };
}

type Caller = Pick<Awaited<ReturnType<Awaited<ReturnType<typeof startTestApp>>["signUp"]>>, "call">;

/** The id of a pod, once it has been seen. */
async function resourceId({ call }: Caller, namespace: string, search: string): Promise<string> {
  await call(api.syncResources, { body: { cluster: "prod" } });
  const { resources } = await call(api.listResources, { query: { namespace, type: "Pod", search } });
  const [pod] = resources;
  if (!pod) throw new Error(`No pod ${search} was synced`);
  return pod.id;
}

interface Way {
  url: string;
  id: string;
  query: Record<string, string>;
  headers: Record<string, string>;
  protocols: string[];
}

export type Terminal = ReturnType<typeof terminalOf>;

/** Opens a terminal as a client would; one that is refused is an error with status and body. */
export async function openTerminal({
  url,
  id,
  query,
  headers,
  protocols,
}: Partial<Way> & Pick<Way, "url" | "id">) {
  const address = new URL(`/v1/api/resources/${id}/exec/terminal`, url.replace("http", "ws"));
  address.search = String(new URLSearchParams(query));
  const socket = new WebSocket(address, protocols, { headers, perMessageDeflate: false });
  onTestFinished(() => socket.terminate());
  const terminal = terminalOf(socket);
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  socket.once("open", resolve);
  socket.once("error", reject);
  socket.once("unexpected-response", async (_request, answer) => {
    let body = "";
    for await (const chunk of answer) body += chunk;
    reject(Object.assign(new Error(`${answer.statusCode} ${body}`), { status: answer.statusCode, body }));
  });
  await promise;
  return terminal;
}

const mostKept = 4_000_000;

function terminalOf(socket: WebSocket) {
  const told: Screen[] = [];
  const outputs: string[] = [];
  let length = 0;
  let kept = 0;
  socket.on("message", (data) => {
    const screen: Screen = JSON.parse(String(data));
    if (screen.type !== "output") told.push(screen);
    else {
      outputs.push(screen.data);
      kept += screen.data.length;
      // Of a flood the last of it will do.
      while (kept > mostKept) kept -= outputs.shift()?.length ?? kept;
      length += screen.data.length;
    }
  });
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.once("close", (code, reason) => resolve({ code, reason: String(reason) }));
  });
  const text = () => {
    outputs.splice(0, outputs.length, outputs.join(""));
    return outputs[0] ?? "";
  };

  return {
    socket,
    closed,
    text,
    length: () => length,
    /** What it said beside what it showed. */
    told,
    send: (keys: Partial<Keystrokes>) => socket.send(JSON.stringify(keys)),
    type: (data: string) => socket.send(JSON.stringify({ type: "input", data })),
    /** Forgets what was shown so far. */
    clear() {
      outputs.length = kept = 0;
    },
    metadata: () =>
      eventually(() => told.find(({ type }) => type === "metadata")?.data, 30_000).then(JSON.parse),
    /** What matches in what was shown, once it does. */
    shows: (pattern: RegExp, ms = 20_000) => eventually(() => pattern.exec(text()) ?? undefined, ms),
    async last() {
      await closed;
      return told.at(-1);
    },
  };
}
