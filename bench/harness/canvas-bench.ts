import { setTimeout as sleep } from "node:timers/promises";
import type { Page } from "playwright-core";
import { createClient } from "../../src/client/client.ts";
import { api } from "../../src/contract/api.ts";
import type { Design } from "../../src/contract/design.ts";
import type { LiveEvent } from "../../src/web/live/events.ts";
import { largeDesign } from "../../test/support/large-design.ts";
import { startBrowser } from "./browser.ts";
import { startChild } from "./child.ts";
import { openLiveGateway } from "./live-gateway.ts";
import { person, startProduct } from "./product.ts";
import { inQuiet } from "./slices.ts";

export type Bench = Awaited<ReturnType<typeof startBench>>;

const file = (path: string) => new URL(path, import.meta.url).pathname;

/** The release with its sandbox, a cluster that writes a log, and a browser of somebody who is signed in. */
export async function startBench() {
  const ends: (() => unknown)[] = [];
  const stop = async () => {
    for (const end of ends.splice(0).toReversed()) await end();
  };
  try {
    const product = await startProduct({ SANDBOX: "on" });
    ends.push(product.stop);
    const cluster = await startChild(file("./log-cluster.ts"));
    ends.push(() => cluster.stop());
    const logs = await startChild(file("./log-server.ts"), { args: [cluster.url] });
    ends.push(() => logs.stop());
    const gateway = await openLiveGateway(product.url, logs.url);
    ends.push(gateway.close);
    const client = createClient({ baseUrl: product.url, token: () => product.token });
    const signed = await client.call(api.logIn, { body: person });
    const browser = await startBrowser(gateway.url, signed);
    ends.push(browser.stop);
    const all = [product, cluster, logs, browser];
    return {
      client,
      cluster,
      gateway,
      browser,
      stop,
      quietly: <T>(work: () => Promise<T>) => inQuiet(all, work),
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

export interface OpenDrawing {
  page: Page;
  id: string;
  design: Design;
}

export async function draw({ client }: Pick<Bench, "client">, count: number) {
  const design = largeDesign(count);
  const { id } = await client.call(api.createWorkflow, { body: { name: `${count} nodes`, ...design } });
  return { id, design };
}

export async function openDrawing(bench: Bench, count: number, search = ""): Promise<OpenDrawing> {
  const { id, design } = await draw(bench, count);
  const page = await bench.browser.open(`/workflows/${id}${search}`);
  await page.evaluate("bench.drawn");
  return { page, id, design };
}

/** Nothing is left to be done for what was done before. */
export async function settled(page: Page): Promise<void> {
  await page.locator("[data-saved=saved]").waitFor();
  await page.evaluate("bench.frames(300)");
}

const states = ["healthy", "pending", "error"] as const;

/** What the cluster says of some nodes: each time something else. */
export function statusesOf(workflow_id: string, ids: readonly string[], turn: number): LiveEvent[] {
  const state = states[turn % states.length] ?? "healthy";
  return ids.map((node_id) => ({
    name: "node.status",
    data: {
      workflow_id,
      node_id,
      status: { state, message: `turn ${turn}`, replicas: 3, readyReplicas: turn % 3 },
    },
  }));
}

const frameMs = 1_000 / 60;
export const changesAFrame = 10;

/** Says ten changes a frame, half of them of cards in sight, while something is done. */
export async function whileChanging<T>(
  { gateway }: Pick<Bench, "gateway">,
  { page, id, design }: OpenDrawing,
  work: () => Promise<T>,
): Promise<T> {
  const seen = await idsInSight(page);
  const far = design.nodes.map((node) => node.id);
  let turn = 0;
  const pick = (ids: readonly string[], from: number) =>
    Array.from({ length: changesAFrame / 2 }, (_, index) => ids[(from * 5 + index) % ids.length] ?? "n0");
  const timer = setInterval(() => {
    turn += 1;
    gateway.say(statusesOf(id, [...pick(seen.length > 0 ? seen : far, turn), ...pick(far, turn * 7)], turn));
  }, frameMs);
  try {
    await sleep(200);
    return await work();
  } finally {
    clearInterval(timer);
  }
}

export function idsInSight(page: Page): Promise<string[]> {
  return page.evaluate(
    "[...document.querySelectorAll('.react-flow__node-card')].map(({ dataset }) => dataset.id)",
  );
}
