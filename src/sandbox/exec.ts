import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import { at, list, type Obj, text } from "./objects.ts";
import { createShells, type Shells } from "./shells.ts";
import { badRequest, methodNotAllowed, noSuchPath, notFound, StatusError } from "./status.ts";
import type { Store } from "./store.ts";
import { targetOf } from "./target.ts";
import type { Tenants } from "./tenants.ts";

/** The newest first, as a cluster chooses. */
const protocols = ["v5.channel.k8s.io", "v4.channel.k8s.io"];
const channels = { stdin: 0, stdout: 1, status: 3, resize: 4 } as const;
/** While so much is waiting to be sent, the program waits too. */
const waitingMax = 1_048_576;

/** Answers those who want a program run in a container, over a WebSocket with a channel for each stream. */
export function createExec(tenants: Pick<Tenants, "of">) {
  const handleProtocols = (offered: Set<string>) => protocols.find((each) => offered.has(each)) ?? false;
  const server = new WebSocketServer({ noServer: true, handleProtocols, perMessageDeflate: false });
  const shells = new WeakMap<Store, Shells>();

  function shellsOf(store: Store): Shells {
    const known = shells.get(store) ?? createShells();
    shells.set(store, known);
    return known;
  }

  return {
    upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
      socket.on("error", () => undefined);
      try {
        const url = new URL(request.url ?? "/", "http://sandbox");
        const { store } = tenants.of(request);
        const { pod, container } = placeOf(store, url);
        server.handleUpgrade(request, socket, head, (open) => {
          const image = imageOf(pod, container);
          const place = { key: `${pod.metadata.uid}/${container}`, image };
          run(open, shellsOf(store), place, url.searchParams);
          endWith(store, pod, open);
        });
      } catch (error) {
        refuse(socket, error);
      }
    },

    close(): void {
      for (const client of server.clients) client.terminate();
    },
  };
}

function placeOf(store: Store, { pathname, searchParams }: URL): { pod: Obj; container: string } {
  const target = targetOf(store.resources, pathname);
  if (!target) throw noSuchPath();
  const { resource, namespace, name, subresource } = target;
  if (subresource !== "exec") throw methodNotAllowed();
  const pod = store.find(resource, namespace, name);
  if (!pod) throw notFound(resource, name);
  const [first] = list(pod.spec?.containers);
  const container = searchParams.get("container") ?? text(first?.name);
  if (!searchParams.has("command")) throw badRequest("you must specify at least 1 command for the container");
  if (imageOf(pod, container) === "") throw badRequest(`container ${container} is not valid for pod ${name}`);
  return { pod, container };
}

const containersOf = ({ spec }: Obj) =>
  ["containers", "initContainers", "ephemeralContainers"].flatMap((sort) => list(spec?.[sort]));

const imageOf = (pod: Obj, name: string): string =>
  text(containersOf(pod).find((each) => each.name === name)?.image);

function run(
  socket: WebSocket,
  shells: Shells,
  place: { key: string; image: string },
  query: URLSearchParams,
): void {
  const send = (channel: number, bytes: Uint8Array, sent?: () => void) =>
    socket.send(Buffer.concat([Buffer.of(channel), bytes]), sent);
  const shell = shells.start(place, query.getAll("command"), {
    write(bytes) {
      const sent = Promise.withResolvers<void>();
      send(channels.stdout, bytes, sent.resolve);
      return socket.bufferedAmount < waitingMax ? undefined : sent.promise;
    },
    end(status) {
      send(channels.status, Buffer.from(JSON.stringify({ metadata: {}, ...status })));
      socket.close(1000);
    },
  });
  socket.on("message", (frame: Buffer) => {
    const rest = frame.subarray(1);
    if (frame[0] === channels.stdin) shell.hear(rest);
    if (frame[0] === channels.resize) shell.resize(rest.toString());
  });
  // As in a cluster, a shell that is left goes on until it is ended; a flood has nowhere to go.
  socket.on("close", () => shell.leave());
}

/** A program ends with its pod. */
function endWith(store: Store, pod: Obj, socket: WebSocket): void {
  const leave = store.history.listen(({ object, type }) => {
    if (object.metadata.uid !== pod.metadata.uid) return;
    const isOver = type === "DELETED" || at(object, "metadata", "deletionTimestamp") !== undefined;
    if (isOver) socket.close(1000);
  });
  socket.on("close", leave);
}

function refuse(socket: Duplex, error: unknown): void {
  const told =
    error instanceof StatusError ? error : new StatusError(500, "InternalError", "Internal error occurred");
  const body = JSON.stringify(told.toJson());
  const head = [
    `HTTP/1.1 ${told.code} Refused`,
    "content-type: application/json",
    `content-length: ${Buffer.byteLength(body)}`,
    "connection: close",
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`);
}
