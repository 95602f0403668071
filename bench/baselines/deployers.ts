import { setTimeout as sleep } from "node:timers/promises";
import { levelsIn } from "../deploy-designs.ts";
import { type BareClient, bareClient, type KubeObject, pathOf } from "../harness/bare-client.ts";
import { reportUsage } from "../harness/report-usage.js";

/** A client that knows the answer: it dry-runs all at once, then applies a level at a time and waits on its watch. */
async function walk(client: BareClient, namespace: string, levels: KubeObject[][]): Promise<void> {
  const ready = new Set<string>();
  const leaving = new AbortController();
  const path = `/apis/apps/v1/namespaces/${namespace}/deployments`;
  const watching = client.watch(path, leaving.signal);
  const waiting = { look: () => {} };
  const seeing = (async () => {
    for await (const { object } of watching) {
      if (isReady(object)) ready.add((object as unknown as KubeObject).metadata.name);
      waiting.look();
    }
  })().catch(() => {});
  await Promise.all(levels.flat().map((object) => client.apply(object, true)));
  for (const level of levels) {
    await Promise.all(level.map((object) => client.apply(object)));
    await new Promise<void>((resolve) => {
      waiting.look = () => {
        if (level.every(({ metadata }) => ready.has(metadata.name))) resolve();
      };
      waiting.look();
    });
  }
  leaving.abort();
  await seeing;
}

/** A known pattern, made again here: discovery, then read, write and read, one after another, at 100 a second. */
async function oneByOne(client: BareClient, levels: KubeObject[][]): Promise<void> {
  const tick = async (work: Promise<unknown>) => Promise.all([work, sleep(10)]);
  for (let call = 0; call < 27; call += 1) await tick(client.get("/apis"));
  for (const object of levels.flat()) {
    await tick(client.get(pathOf(object)).catch(() => undefined));
    await tick(client.apply(object));
    await tick(client.get(pathOf(object)));
  }
}

function isReady(object: Record<string, unknown>): boolean {
  const { status, spec } = object as { status?: { readyReplicas?: number }; spec?: { replicas?: number } };
  return (status?.readyReplicas ?? 0) >= (spec?.replicas ?? 1);
}

// A process of its own, so that the baselines have what the product has.
const [url = ""] = process.argv.slice(2);
const clients = new Map(["walker", "one-by-one"].map((who) => [who, bareClient(url, who)]));

process.on("message", async ({ ask, who = "", name = "" }: { ask?: string; who?: string; name?: string }) => {
  const client = clients.get(who);
  if (!client) return;
  if (ask === "prepare") {
    await client.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name } });
    process.send?.({ type: "prepared" });
  }
  if (ask === "deploy") {
    await (who === "walker" ? walk(client, name, levelsIn(name)) : oneByOne(client, levelsIn(name)));
    process.send?.({ type: "done" });
  }
});
reportUsage({});
process.channel?.ref();
