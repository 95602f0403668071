import { Readable } from "node:stream";
import { request } from "undici";
import type { KubernetesObject } from "../../src/core/kubernetes-object.ts";
import { connectTo } from "../../src/server/cluster/connection.ts";
import { listingOf } from "../../src/server/cluster/listing.ts";
import { whole } from "../../src/server/cluster/projection.ts";
import { createRest, type Rest } from "../../src/server/cluster/rest.ts";
import { createWatching } from "../../src/server/cluster/watching.ts";
import { createOutbound } from "../../src/server/outbound/outbound.ts";
import { podText } from "./pods.ts";
import { reportUsage } from "./report-usage.js";

// Follows a cluster, as the product does or as a baseline does, in a process of its own: what it takes is its alone.
const kinds = [0, 1, 2, 3, 4].map((index) => `Pod${index}`);
const ours = Buffer.from('"orrery"');

function cpuUs(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

function heapBytes(): number {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function restTo(url: string): Rest {
  const policy = { allowPrivateNetworks: true, allowedAddresses: [], listeners: () => [] };
  const pool = createOutbound({ policy }).pool({ origin: url, allowPlain: true });
  const authentication = { headers: async () => ({}), secrets: () => [], refused: () => undefined };
  return createRest({ pool, basePath: "", authentication });
}

let stream: Buffer[] | undefined;

/** So many events in pieces of the size a socket gives. */
function streamOf(events: number): Buffer[] {
  const lines = Array.from({ length: events }, (_, index) => {
    return `{"type":"MODIFIED","object":${podText(index, String(index + 1))}}\n`;
  });
  const bytes = Buffer.from(lines.join(""));
  const pieces: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += 65_536) pieces.push(bytes.subarray(at, at + 65_536));
  return pieces;
}

/** The product's own way from bytes to whoever follows; only what is ours is parsed. */
async function readEvents(events: number): Promise<number> {
  stream ??= streamOf(events);
  const opened = [Readable.from(stream), new Readable({ read: () => undefined })];
  const rest = {
    bytes: async () =>
      Buffer.from('{"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":"0"},"items":[]}'),
    stream: async () => opened.shift(),
  } as unknown as Rest;
  const wants = (bytes: Buffer) => bytes.includes(ours);
  const watching = createWatching(async () => listingOf(rest, "/api/v1/pods", {}, { wants }));
  const done = Promise.withResolvers<void>();
  let told = 0;
  watching.follow({ apiVersion: "v1", kind: "Pod" }, { ...whole, wants }, () => {
    told += 1;
    if (told === events / 10) done.resolve();
  });
  await done.promise;
  watching.close();
  return told;
}

async function parseEvents(events: number): Promise<number> {
  stream ??= streamOf(events);
  const known = new Map<string, KubernetesObject>();
  let told = 0;
  let rest = "";
  for await (const piece of Readable.from(stream) as AsyncIterable<Buffer>) {
    const lines = (rest + piece.toString()).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      const { object } = JSON.parse(line) as { object: KubernetesObject };
      if (object.metadata.labels?.["app.kubernetes.io/managed-by"] !== "orrery") continue;
      known.set(object.metadata.uid ?? "", object);
      told += 1;
    }
  }
  return told;
}

let leave: () => Promise<void> = async () => undefined;

/** 500 who each want one object: one list and one watch a kind. */
async function followShared(url: string, count: number): Promise<number> {
  const cluster = connectTo(restTo(url));
  leave = () => cluster.close();
  let ready = 0;
  const followings = Array.from({ length: count }, (_, index) => {
    const kind = kinds[index % kinds.length] ?? "";
    return cluster.followAll({ apiVersion: "v1", kind }, () => undefined);
  });
  for (const { listed } of followings) {
    await listed;
    ready += 1;
  }
  return ready;
}

async function followEach(url: string, count: number): Promise<number> {
  const rest = restTo(url);
  const streams: Readable[] = [];
  leave = async () => {
    for (const stream of streams) stream.on("error", () => undefined).destroy();
    await rest.close();
  };
  const each = Array.from({ length: count }, async (_, index) => {
    const path = `/api/v1/pods${index % kinds.length}`;
    const { metadata } = await rest.json<KubernetesObject>("GET", `${path}/${index}`);
    const query = `watch=1&resourceVersion=${metadata.resourceVersion}&fieldSelector=metadata.name=${metadata.name}`;
    streams.push(await rest.stream("GET", `${path}?${query}`));
    return 1;
  });
  return (await Promise.all(each)).length;
}

const held: unknown[] = [];
const seen = new Map<string, number>();

async function hold(url: string): Promise<number> {
  const cluster = connectTo(restTo(url));
  const following = cluster.followAll({ apiVersion: "v1", kind: "Pod0" }, ({ object: { metadata } }) => {
    const version = metadata.resourceVersion ?? "";
    if (version.length > 6) seen.set(version, (seen.get(version) ?? 0) + 1);
  });
  held.push(following);
  await following.listed;
  return [...following.objects()].length;
}

async function holdParsed(url: string): Promise<number> {
  const known = new Map<string, KubernetesObject>();
  held.push(known);
  let more = "";
  do {
    const { body } = await request(`${url}/api/v1/pods0?limit=500&continue=${more || "0"}`);
    const page = (await body.json()) as { items: KubernetesObject[]; metadata: { continue?: string } };
    for (const item of page.items) known.set(item.metadata.uid ?? "", item);
    more = page.metadata.continue ?? "";
  } while (more);
  return known.size;
}

const works: Record<string, (url: string, count: number) => Promise<number>> = {
  readEvents: (_, count) => readEvents(count),
  parseEvents: (_, count) => parseEvents(count),
  followShared,
  followEach,
  leave: async () => {
    await leave();
    return 0;
  },
  hold,
  holdParsed,
  seenOnce: async () => [...seen.values()].filter((times) => times === 1).length,
  seen: async () => [...seen.values()].reduce((sum, times) => sum + times, 0),
};

interface Told {
  ask: string;
  url?: string;
  count?: number;
}

process.on("message", async ({ ask, url = "", count = 0 }: Told) => {
  const work = works[ask];
  if (!work) return;
  if (ask.endsWith("Events")) stream ??= streamOf(count);
  const [heapBefore, cpuBefore, startMs] = [heapBytes(), cpuUs(), performance.now()];
  const value = await work(url, count);
  const [ms, us] = [performance.now() - startMs, cpuUs() - cpuBefore];
  process.send?.({ type: "done", value, ms, us, heap: heapBytes() - heapBefore });
});
reportUsage({});
process.channel?.ref();
