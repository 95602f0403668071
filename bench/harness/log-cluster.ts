import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { reportUsage } from "./report-usage.js";

// A cluster of one ReplicaSet and one pod at a time, which writes numbered lines when asked to.
const owner = { apiVersion: "apps/v1", kind: "ReplicaSet", name: "web", uid: "r", controller: true };
const namespace = "default";
const followers = new Set<ServerResponse>();
const watchers = new Set<ServerResponse>();
const text =
  " is as long as lines of logs usually are, which is about a hundred bytes from one end to the other";
let version = 1;
let round = 0;
let number = 0;
/** What the pod of this round has written, a stamp and a line each. */
let written: string[] = [];

const lists: Record<string, object[]> = {
  "/api/v1": [{ kind: "Pod", name: "pods", namespaced: true }],
  "/apis/apps/v1": [{ kind: "ReplicaSet", name: "replicasets", namespaced: true }],
};

const server = createServer((request, response) => {
  const { pathname, searchParams: query } = new URL(request.url ?? "/", "http://cluster");
  const resources = lists[pathname];
  if (resources) return answer(response, { kind: "APIResourceList", resources });
  if (pathname.endsWith("/log")) return follow(response, query);
  if (query.has("watch")) return watch(response);
  if (pathname.endsWith("/replicasets/web")) return answer(response, replicaSet());
  if (pathname.endsWith("/pods")) return answer(response, podList());
  answer(response, podOf(round));
});
server.keepAliveTimeout = 60_000;

process.on("message", (asked: { ask?: string; lines: number; perSecond: number }) => {
  if (asked.ask === "write") void write(asked).then(() => process.send?.({ type: "written", last: number }));
});
server.listen(0, "127.0.0.1", () => {
  reportUsage({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
  process.channel?.ref();
});

function answer(response: ServerResponse, body: object): void {
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
}

function watch(response: ServerResponse): void {
  response.writeHead(200, { "content-type": "application/json" }).flushHeaders();
  watchers.add(response);
  response.once("close", () => watchers.delete(response));
}

/** Whoever begins in the middle is told what came since, as a kubelet does: from a second on, or the last lines. */
function follow(response: ServerResponse, query: URLSearchParams): void {
  const since = query.get("sinceTime") ?? "";
  const tail = Number(query.get("tailLines") ?? Number.POSITIVE_INFINITY);
  const told = written.filter((line) => line >= since).slice(-tail);
  response.writeHead(200, { "content-type": "text/plain" }).flushHeaders();
  response.write(told.join(""));
  if (!query.has("follow")) return void response.end();
  followers.add(response);
  response.once("close", () => followers.delete(response));
}

/** So many lines, as fast as they are read or at an even pace, with a rollout in the middle. */
async function write({ lines, perSecond }: { lines: number; perSecond: number }): Promise<void> {
  await someLines(Math.floor(lines / 2), perSecond);
  await rollOut();
  await someLines(Math.ceil(lines / 2), perSecond);
}

const atOnce = 500;

async function someLines(count: number, perSecond: number): Promise<void> {
  const startMs = performance.now();
  for (let done = 0; done < count; ) {
    const due = perSecond > 0 ? Math.floor(((performance.now() - startMs) * perSecond) / 1_000) : count;
    const next = Math.min(atOnce, due - done, count - done);
    if (next > 0) await tell(Array.from({ length: next }, line));
    done += Math.max(0, next);
    if (perSecond > 0) await sleep(5);
  }
}

function line(): string {
  number += 1;
  const nowMs = (performance.timeOrigin + performance.now()).toFixed(2);
  const stamp = `2026-01-01T00:00:00.${String(number).padStart(9, "0")}Z`;
  return `${stamp} ${`line ${number} at ${nowMs}${text}`.slice(0, 100)}\n`;
}

async function tell(lines: string[]): Promise<void> {
  written.push(...lines);
  const bytes = lines.join("");
  await Promise.all(
    [...followers].map(async (follower) => {
      if (!follower.write(bytes)) await roomIn(follower);
    }),
  );
}

/** Waits until it is read, or left. */
async function roomIn(follower: ServerResponse): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  follower.once("drain", resolve).once("close", resolve);
  await promise;
  follower.off("drain", resolve).off("close", resolve);
}

/** The log of the old pod ends before it goes; who follows its successor is waited for. */
async function rollOut(): Promise<void> {
  const old = [...followers];
  for (const follower of old) follower.end();
  await Promise.all(old.map((follower) => follower.writableFinished || once(follower, "close")));
  tellWatchers("DELETED", podOf(round));
  round += 1;
  written = [];
  tellWatchers("ADDED", podOf(round));
  while (followers.size < old.length) await sleep(1);
}

function tellWatchers(type: string, object: ReturnType<typeof podOf>): void {
  version += 1;
  object.metadata.resourceVersion = String(version);
  for (const watcher of watchers) watcher.write(`${JSON.stringify({ type, object })}\n`);
}

function podOf(index: number) {
  const running = { running: { startedAt: "2026-01-01T00:00:00Z" } };
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      ...{ name: `web-${index}`, namespace, uid: `u${index}`, ownerReferences: [owner] },
      resourceVersion: String(version),
    },
    spec: { containers: [{ name: "main" }] },
    status: {
      phase: "Running",
      containerStatuses: [{ name: "main", state: running, restartCount: 0 }],
    },
  };
}

function podList() {
  return {
    kind: "PodList",
    apiVersion: "v1",
    metadata: { resourceVersion: String(version) },
    items: [podOf(round)],
  };
}

function replicaSet() {
  const { apiVersion, kind, name, uid } = owner;
  return { apiVersion, kind, metadata: { name, namespace, uid }, spec: {} };
}
