import { fileURLToPath } from "node:url";
import { createClient } from "../src/client/client.ts";
import { api } from "../src/contract/api.ts";
import { caPem } from "../test/support/certificates.ts";
import { oneByOne, walk } from "./baselines/deployers.ts";
import { bareClient, type KubeObject } from "./harness/bare-client.ts";
import { type Child, message, startChild } from "./harness/child.ts";
import { type Product, startProduct } from "./harness/product.ts";
import { conclude, judge, machine } from "./harness/results.ts";
import { median } from "./harness/slices.ts";

const levelSizes = [12, 13, 12, 13];
const objectCount = 50;
const latenciesMs = [5, 20];
const pairs = 3;

interface Noted {
  method: string;
  path: string;
  query: string;
  status: number;
}

interface Times {
  product: number;
  walker: number;
  oneByOne: number;
}

/** A deploy of 50 objects in 4 levels, to a cluster that is ready at once and refuses 3 % of what it is asked. */
export async function deploy(): Promise<boolean> {
  const product = await startProduct();
  const sandbox = await startChild(fileURLToPath(new URL("./harness/sandbox.ts", import.meta.url)), {
    core: 1,
  });
  try {
    await addCluster(product, sandbox);
    // The first run finds out what the cluster can do; it is not counted.
    await deployOnce(product, sandbox, "warm", 0);
    const rounds: { latencyMs: number; times: Times; noted: Noted[] }[] = [];
    for (const latencyMs of latenciesMs)
      for (let pair = 0; pair < pairs; pair += 1)
        rounds.push({ latencyMs, ...(await oneRound(product, sandbox, `r${latencyMs}-${pair}`, latencyMs)) });
    return conclude(resultOf(rounds));
  } finally {
    await sandbox.stop();
    await product.stop();
  }
}

async function oneRound(product: Product, sandbox: Child, namespace: string, latencyMs: number) {
  const walker = await clientOf(sandbox, "walker", namespace);
  const walked = await timed(sandbox, latencyMs, () => walk(walker, namespace, levelsIn(namespace)));
  const ours = await deployOnce(product, sandbox, namespace, latencyMs);
  const slow = await clientOf(sandbox, "one-by-one", namespace);
  const slowly = await timed(sandbox, latencyMs, () => oneByOne(slow, levelsIn(namespace)));
  return { times: { product: ours.ms, walker: walked, oneByOne: slowly }, noted: ours.noted };
}

async function deployOnce(product: Product, sandbox: Child, namespace: string, latencyMs: number) {
  const owner = await clientOf(sandbox, "product", namespace);
  await owner.close();
  const client = createClient({ baseUrl: product.url, token: () => product.token });
  const body = { name: namespace, cluster_id: "bench", ...drawing(namespace) };
  const { id } = await client.call(api.createWorkflow, { body });
  const leaving = new AbortController();
  const news = client.follow(api.followWorkflow, { params: { id } }, leaving.signal);
  await news.next();
  const ms = await timed(sandbox, latencyMs, async () => {
    await client.call(api.runWorkflow, { params: { id }, body: { cluster: "bench" } });
    for await (const { name, data } of news) {
      if (name !== "complete") continue;
      if (data.data.status !== "completed") throw new Error(`The run ended as ${data.data.status}`);
      return;
    }
  });
  leaving.abort();
  sandbox.process.send({ ask: "count" });
  const { requests } = await message(sandbox.process, "count");
  return { ms, noted: requests as Noted[] };
}

async function addCluster(product: Product, sandbox: Child): Promise<void> {
  const token = await tokenOf(sandbox, "product");
  const client = createClient({ baseUrl: product.url, token: () => product.token });
  await client.call(api.addCluster, {
    body: {
      name: "bench",
      auth_type: "token",
      server: sandbox.url,
      token,
      ca_data: Buffer.from(caPem).toString("base64"),
    },
  });
}

/** A client of a tenant of its own, in which the namespace is there already. */
async function clientOf(sandbox: Child, tenant: string, namespace: string) {
  const client = bareClient(sandbox.url, await tokenOf(sandbox, tenant));
  await begin(sandbox, 0, false);
  await client.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } });
  return client;
}

async function tokenOf({ process }: Child, name: string): Promise<string> {
  process.send({ ask: "token", name });
  return String((await message(process, "token")).token);
}

async function begin({ process }: Child, latencyMs: number, isFaulty: boolean): Promise<void> {
  process.send({ ask: "begin", latencyMs, isFaulty });
  await message(process, "begun");
}

async function timed(sandbox: Child, latencyMs: number, work: () => Promise<void>): Promise<number> {
  await begin(sandbox, latencyMs, true);
  const startMs = performance.now();
  await work();
  return performance.now() - startMs;
}

const image = "registry.example.com/app:1";
const namesOf = (level: number) =>
  Array.from({ length: levelSizes[level] ?? 0 }, (_, at) => `app-${level}-${at}`);

/** Deployments of which each waits for all of the level before. */
function drawing(namespace: string) {
  const nodes = levelSizes.flatMap((_, level) =>
    namesOf(level).map((name, at) => ({
      id: name,
      type: "deployment" as const,
      position: { x: level * 280, y: at * 150 },
      data: { name, namespace, image, replicas: 1 },
    })),
  );
  const edges = levelSizes.flatMap((_, level) =>
    namesOf(level - 1).flatMap((source) =>
      namesOf(level).map((target) => ({ id: `${source}-${target}`, source, target, type: "dependency" })),
    ),
  );
  return { nodes, edges };
}

function levelsIn(namespace: string): KubeObject[][] {
  return levelSizes.map((_, level) =>
    namesOf(level).map((name) => ({
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name, namespace },
      spec: {
        replicas: 1,
        selector: { matchLabels: { app: name } },
        template: { metadata: { labels: { app: name } }, spec: { containers: [{ name, image }] } },
      },
    })),
  );
}

function resultOf(rounds: { latencyMs: number; times: Times; noted: Noted[] }[]) {
  const ratios = rounds.map(({ times }) => times.product / times.walker);
  const speedUps = rounds.map(({ times }) => times.oneByOne / times.product);
  const isWrite = ({ method }: Noted) => method === "PATCH";
  const isDone = ({ status }: Noted) => status >= 200 && status < 300;
  const most = (count: (noted: Noted[]) => number) => Math.max(...rounds.map(({ noted }) => count(noted)));
  const writes = (dryRun: boolean) =>
    most(
      (noted) =>
        noted.filter((each) => isWrite(each) && isDone(each) && /dryRun/.test(each.query) === dryRun).length,
    );
  const gets = most(
    (noted) => noted.filter(({ method, path }) => method === "GET" && /deployments\/./.test(path)).length,
  );
  const discovery = most(
    (noted) => noted.filter(({ path }) => /^\/(apis?|version|openapi)$/.test(path)).length,
  );
  const exactly = (value: number, wanted: number) => ({
    value,
    expected: String(wanted),
    ok: value === wanted,
  });
  const row = (variant: keyof Times, latencyMs: number) => ({
    variant: `${variant}, ${latencyMs} ms`,
    ms: median(rounds.filter((round) => round.latencyMs === latencyMs).map(({ times }) => times[variant])),
  });
  return {
    name: "deploy",
    ...machine(),
    pairs: rounds.length,
    noisy: false,
    rows: latenciesMs.flatMap((ms) => [row("walker", ms), row("product", ms), row("oneByOne", ms)]),
    counted: {
      "dry runs": exactly(writes(true), objectCount),
      applies: exactly(writes(false), objectCount),
      "reads of single objects": exactly(gets, 0),
      "discovery calls when warm": exactly(discovery, 0),
    },
    verdicts: [
      judge("time of a deploy, × walker", median(ratios), { gate: 2, goal: 1.35 }, false),
      judge(
        "speed-up over the reference pattern",
        median(speedUps),
        { gate: 15, goal: 25, more: true },
        false,
      ),
    ],
  };
}
