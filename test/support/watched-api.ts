import type { IncomingMessage, ServerResponse } from "node:http";
import { onTestFinished } from "vitest";
import type { KubernetesObject } from "../../src/core/kubernetes-object.ts";
import { connectTo } from "../../src/server/cluster/connection.ts";
import { createRest } from "../../src/server/cluster/rest.ts";
import { createOutbound } from "../../src/server/outbound/outbound.ts";
import { answerJson, listenHttp } from "./hostile-server.ts";

export interface Asked {
  at: number;
  what: "discovery" | "list" | "watch";
  path: string;
  version: string;
}

/** Whether it has answered by itself. */
type Meet = (asked: Asked, response: ServerResponse, request: IncomingMessage) => boolean | undefined;

const groups = {
  v1: ["Pod", "Service", "ConfigMap", "Secret", "PersistentVolumeClaim", "Event"],
  "apps/v1": ["Deployment", "ReplicaSet", "StatefulSet", "DaemonSet"],
  "batch/v1": ["Job", "CronJob"],
  "networking.k8s.io/v1": ["Ingress", "NetworkPolicy"],
  "autoscaling/v2": ["HorizontalPodAutoscaler"],
};
/** As much of a Kubernetes as watching needs, which misbehaves as a test says. */
export async function openWatchedApi() {
  const objects = new Map<string, KubernetesObject>();
  const watchers = new Map<ServerResponse, string>();
  const asked: Asked[] = [];
  const history: { at: number; type: string; object: KubernetesObject }[] = [];
  let version = 100;
  let meet: Meet = () => false;

  function answer(request: IncomingMessage, response: ServerResponse): void {
    const { pathname: path, searchParams: query } = new URL(request.url ?? "/", "http://watched");
    const isWatch = query.has("watch");
    const resources = discovered.get(path);
    const what = resources ? "discovery" : isWatch ? "watch" : "list";
    const entry = { at: Date.now(), what, path, version: query.get("resourceVersion") ?? "" } as const;
    asked.push(entry);
    if (meet(entry, response, request)) return;
    if (resources) answerJson(response, 200, { resources });
    else if (what === "watch") open(path, response, Number(entry.version));
    else answerJson(response, 200, pageOf([...objects.values()], path, query, version));
  }

  function open(path: string, response: ServerResponse, after: number): void {
    response.writeHead(200, { "content-type": "application/json" }).flushHeaders();
    watchers.set(response, path);
    response.once("close", () => watchers.delete(response));
    for (const { at, type, object } of history)
      if (at > after && isIn(object, path)) response.write(lineOf(type, object));
  }

  function tell(type: string, object: KubernetesObject): void {
    const line = lineOf(type, object);
    for (const [response, path] of watchers) if (isIn(object, path)) response.write(line);
  }

  const api = await listenHttp(answer);
  return {
    server: api.server,
    asked,
    count: (what: Asked["what"]) => asked.filter((each) => each.what === what).length,
    watchers: () => watchers.size,
    connections: api.connections,
    meet(next: Meet = () => false) {
      meet = next;
    },
    put(name: string, more: object = {}, kind = "Pod", namespace = "default"): KubernetesObject {
      version += 1;
      const key = `${kind}/${namespace}/${name}`;
      const uid = `uid-${key}`;
      const metadata = { name, namespace, uid, resourceVersion: String(version) };
      const object = { apiVersion: "v1", kind, metadata, ...more };
      const type = objects.has(key) ? "MODIFIED" : "ADDED";
      objects.set(key, object);
      history.push({ at: version, type, object });
      tell(type, object);
      return object;
    },
    /** Without a word to those who watch. */
    loseSilently: (name: string, kind = "Pod") => objects.delete(`${kind}/default/${name}`),
    tell,
    /** Bytes for all who watch. */
    say(bytes: Buffer | string) {
      for (const response of watchers.keys()) response.write(bytes);
    },
    cut() {
      for (const response of watchers.keys()) response.destroy();
    },
    /** A version after all others. */
    next() {
      version += 1;
      return String(version);
    },
  };
}

const lineOf = (type: string, object: object) => `${JSON.stringify({ type, object })}\n`;

const pluralOf = (kind: string) => `${kind.toLowerCase()}s`;
const rootOf = (apiVersion: string) =>
  apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
const discovered = new Map(
  Object.entries(groups).map(([apiVersion, kinds]) => [
    rootOf(apiVersion),
    kinds.map((kind) => ({ kind, name: pluralOf(kind), namespaced: true })),
  ]),
);

function isIn({ apiVersion, kind, metadata: { namespace } }: KubernetesObject, path: string): boolean {
  const [root, plural] = [rootOf(apiVersion), pluralOf(kind)];
  return path === `${root}/${plural}` || path === `${root}/namespaces/${namespace}/${plural}`;
}

function pageOf(all: KubernetesObject[], path: string, query: URLSearchParams, version: number): object {
  const found = all.filter((object) => isIn(object, path));
  const start = Number(query.get("continue") ?? 0);
  const end = start + Number(query.get("limit"));
  const items = found.slice(start, end).map(({ apiVersion: _, kind: __, ...item }) => item);
  const more = end < found.length ? { continue: String(end) } : {};
  const [apiVersion, kind] = typeOf(path);
  const metadata = { resourceVersion: String(version), ...more };
  return { kind: `${kind}List`, apiVersion, metadata, items };
}

function typeOf(path: string): [string, string] {
  for (const [apiVersion, kinds] of Object.entries(groups))
    for (const kind of kinds)
      if (path.startsWith(rootOf(apiVersion)) && path.endsWith(`/${pluralOf(kind)}`))
        return [apiVersion, kind];
  throw new Error(`Nobody knows ${path}`);
}

/** The product's own connection, with times a test can wait for. */
export function quickConnection(server: string, idleMs = 30_000) {
  const policy = { allowPrivateNetworks: true, allowedAddresses: [], listeners: () => [] };
  const pool = createOutbound({ policy }).pool({ origin: server, allowPlain: true });
  const authentication = { headers: async () => ({}), secrets: () => [], refused: () => undefined };
  const cluster = connectTo(createRest({ pool, basePath: "", authentication }), {
    times: quickTimes,
    limits: { watchSeconds: 30, idleMs },
    lingerMs: 50,
  });
  onTestFinished(() => cluster.close());
  return cluster;
}

export const quickTimes = { retryMs: 200, refusedMs: 600, scatterMs: 20 };
