import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { podText } from "./pods.ts";
import { reportUsage } from "./report-usage.js";

// As much of a cluster as following pods of it takes, at next to no cost: what is measured is who asks.
const kindsWatched = 5;
const pageSize = 500;
const counts = { lists: 0, watches: 0, reads: 0 };
const watchers = new Set<ServerResponse>();
const sockets = new Set<Socket>();
let pods = 0;
let version = 1_000_000;
const linesToCut = 90;
let cuts = 0;
const history: { at: number; line: string }[] = [];

const resources = Array.from({ length: kindsWatched }, (_, index) => {
  return { kind: `Pod${index}`, name: `pods${index}`, namespaced: true };
});

const server = createServer((request, response) => {
  const { pathname, searchParams: query } = new URL(request.url ?? "/", "http://cluster");
  if (pathname === "/api/v1") return void response.end(JSON.stringify({ resources }));
  const [, , , plural = "", name] = pathname.split("/");
  const shown = plural.replace(/^pods/, "");
  if (name !== undefined) {
    counts.reads += 1;
    return void response.end(podText(Number(name), "500"));
  }
  if (query.has("watch")) return watch(Number(query.get("resourceVersion")), response);
  counts.lists += 1;
  const start = Number(query.get("continue") ?? 0);
  const end = Math.min(pods, start + pageSize);
  const items = Array.from({ length: end - start }, (_, index) =>
    podText(start + index, String(start + index)),
  );
  const more = end < pods ? `,"continue":"${end}"` : "";
  response.end(
    `{"kind":"Pod${shown}List","apiVersion":"v1","metadata":{"resourceVersion":"${version}"${more}},"items":[${items}]}`,
  );
});
server.keepAliveTimeout = 60_000;

function watch(after: number, response: ServerResponse): void {
  counts.watches += 1;
  response.writeHead(200).flushHeaders();
  watchers.add(response);
  response.once("close", () => watchers.delete(response));
  replay(
    response,
    history.filter(({ at }) => at > after).map(({ line }) => line),
  );
}

/** What came after a version; where it is to be cut, it ends in the middle of a line, ever further in. */
function replay(response: ServerResponse, lines: string[]): void {
  const isCut = cuts > 0 && lines.length > linesToCut;
  const whole = isCut ? lines.slice(0, linesToCut) : lines;
  for (const line of whole) response.write(line);
  if (!isCut) return;
  cuts -= 1;
  response.end(lines[linesToCut]?.slice(0, 1 + cuts * 300));
}

/** So many changes, told to who is there and to who comes back. */
function change(count: number): void {
  for (const response of watchers) response.end();
  for (let index = 0; index < count; index += 1) {
    version += 1;
    history.push({ at: version, line: `{"type":"MODIFIED","object":${podText(index, String(version))}}\n` });
  }
}

server.on("connection", (socket) => {
  sockets.add(socket);
  socket.once("close", () => sockets.delete(socket));
});
server.listen(0, "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo;
  reportUsage({ url: `http://127.0.0.1:${port}` });
});

interface Told {
  ask: string;
  pods?: number;
  changes?: number;
  cuts?: number;
}

process.on("message", ({ ask, pods: more = 0, changes = 0, cuts: times = 0 }: Told) => {
  if (ask === "fill") {
    pods = more;
    history.length = 0;
    Object.assign(counts, { lists: 0, watches: 0, reads: 0 });
    process.send?.({ type: "filled" });
  }
  if (ask === "change") {
    cuts = times;
    change(changes);
  }
  if (ask === "count")
    process.send?.({ type: "count", ...counts, open: watchers.size, connections: sockets.size });
});
process.channel?.ref();
