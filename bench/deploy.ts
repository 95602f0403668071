import { fileURLToPath } from "node:url";
import { createClient } from "../src/client/client.ts";
import { api } from "../src/contract/api.ts";
import { caPem } from "../test/support/certificates.ts";
import { oneByOne, walk } from "./baselines/deployers.ts";
import { drawing, levelsIn } from "./deploy-designs.ts";
import { type Round, resultOf } from "./deploy-result.ts";
import { bareClient } from "./harness/bare-client.ts";
import { type Child, message, startChild } from "./harness/child.ts";
import type { Noted } from "./harness/deploy-counts.ts";
import { type Product, startProduct } from "./harness/product.ts";
import { conclude } from "./harness/results.ts";
import { inQuiet } from "./harness/slices.ts";

const usualLatenciesMs = [5, 20];
const pairs = 5;

/** A deploy of 50 objects in 4 levels, to a cluster that is ready at once and refuses 3 % of what it is asked. */
export async function deploy(): Promise<boolean> {
  const product = await startProduct();
  const file = fileURLToPath(new URL("./harness/ready-cluster.ts", import.meta.url));
  const cluster = await startChild(file, { core: 1 });
  try {
    const contestants = await enter(product, cluster);
    const rounds: Round[] = [];
    // Nobody's first deploy counts: connections are opened in it, the cluster is discovered, code is compiled.
    await oneRound(contestants, { name: "warm", latencyMs: 1, seed: 1_000_003 });
    for (let pair = 0; pair < pairs; pair += 1)
      for (const latencyMs of latenciesMs()) {
        let tries = 0;
        const { value, noisy } = await inQuiet([product, cluster], () => {
          tries += 1;
          const name = `r${latencyMs}-${pair}-${tries}`;
          return oneRound(contestants, { name, latencyMs, seed: (rounds.length + 2) * 1_000_003 });
        });
        rounds.push({ ...value, noisy });
      }
    await contestants.close();
    return conclude(resultOf(rounds));
  } finally {
    await cluster.stop();
    await product.stop();
  }
}

/** `--latency 5,20` */
function latenciesMs(): number[] {
  const at = process.argv.indexOf("--latency");
  return at === -1 ? usualLatenciesMs : (process.argv[at + 1] ?? "").split(",").map(Number);
}

type Contestants = Awaited<ReturnType<typeof enter>>;

/** All of them keep their connections from one round to the next, each to a cluster of its own. */
async function enter(product: Product, cluster: Child) {
  for (const name of ["product", "walker", "one-by-one"])
    await tell(cluster, { ask: "open", name }, "opened");
  const client = createClient({ baseUrl: product.url, token: () => product.token });
  const ca_data = Buffer.from(caPem).toString("base64");
  await client.call(api.addCluster, {
    body: { name: "bench", auth_type: "token", server: cluster.url, token: "product", ca_data },
  });
  const walker = bareClient(cluster.url, "walker");
  const slow = bareClient(cluster.url, "one-by-one");
  const owner = bareClient(cluster.url, "product");
  const close = () => Promise.all([walker, slow, owner].map((each) => each.close()));
  return { cluster, client, walker, slow, owner, close };
}

interface Setting {
  name: string;
  latencyMs: number;
  /** Where the dice that strike requests begin: the same for all contestants of a round. */
  seed: number;
}

/** Everybody deploys the same into a namespace that is there already; then the product does it again. */
async function oneRound(contestants: Contestants, setting: Setting): Promise<Omit<Round, "noisy">> {
  const { cluster, walker, slow, owner } = contestants;
  const { name, latencyMs } = setting;
  const namespace = { apiVersion: "v1", kind: "Namespace", metadata: { name } };
  await begin(cluster, { latencyMs: 0 });
  for (const client of [walker, slow, owner]) await client.apply(namespace);

  const walked = await timed(cluster, setting, () => walk(walker, name, levelsIn(name)));
  const workflow = await openWorkflow(contestants, name);
  const first = await timed(cluster, setting, workflow.deploy);
  const again = await timed(cluster, setting, workflow.deploy);
  workflow.leave();
  const slowly = await timed(cluster, setting, () => oneByOne(slow, levelsIn(name)));
  const times = { walker: walked.ms, product: first.ms, again: again.ms, oneByOne: slowly.ms };
  return { latencyMs, times, noted: { walker: walked.noted, product: first.noted, again: again.noted } };
}

/** A drawing, and somebody who watches it being deployed. */
async function openWorkflow({ client }: Contestants, name: string) {
  const { id } = await client.call(api.createWorkflow, {
    body: { name, cluster_id: "bench", ...drawing(name) },
  });
  const leaving = new AbortController();
  const news = client.follow(api.followWorkflow, { params: { id } }, leaving.signal);
  await news.next();

  return {
    async deploy(): Promise<void> {
      await client.call(api.runWorkflow, { params: { id }, body: { cluster: "bench" } });
      for (;;) {
        const { value, done } = await news.next();
        if (done) throw new Error("The stream ended before the run did");
        if (value.name !== "complete") continue;
        if (value.data.data.status === "completed") return;
        throw new Error(`The run ended as ${value.data.data.status}: ${value.data.data.error}`);
      }
    },
    leave: () => leaving.abort(),
  };
}

async function timed(cluster: Child, { latencyMs, seed }: Setting, work: () => Promise<void>) {
  await begin(cluster, { latencyMs, seed });
  const startMs = performance.now();
  await work();
  const ms = performance.now() - startMs;
  const { requests } = await tell(cluster, { ask: "count" }, "count");
  return { ms, noted: requests as Noted[] };
}

async function begin(cluster: Child, faults: { latencyMs: number; seed?: number }): Promise<void> {
  await tell(cluster, { ask: "begin", ...faults }, "begun");
}

function tell({ process }: Child, ask: object, answer: string): Promise<Record<string, unknown>> {
  process.send(ask);
  return message(process, answer);
}
