import { fileURLToPath } from "node:url";
import { createClient } from "../src/client/client.ts";
import { api } from "../src/contract/api.ts";
import { caPem } from "../test/support/certificates.ts";
import { drawing } from "./deploy-designs.ts";
import { type Round, resultOf } from "./deploy-result.ts";
import { bareClient } from "./harness/bare-client.ts";
import { type Child, message, startChild } from "./harness/child.ts";
import type { Noted } from "./harness/deploy-counts.ts";
import { type Product, startProduct } from "./harness/product.ts";
import { conclude } from "./harness/results.ts";
import { inQuiet } from "./harness/slices.ts";

const usualLatenciesMs = [5, 20];
const pairs = 5;
const warmUps = 12;
/** The one-by-one pattern waits for its clock, and not for code to be compiled. */
const slowWarmUps = 2;
const fileOf = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** A deploy of 50 objects in 4 levels, to a cluster that is ready at once and refuses 3 % of what it is asked. */
export async function deploy(): Promise<boolean> {
  const product = await startProduct();
  const cluster = await startChild(fileOf("./harness/ready-cluster.ts"), { core: 1 });
  const baselines = await startChild(fileOf("./baselines/deployers.ts"), { args: [cluster.url] });
  try {
    const contestants = await enter(product, cluster, baselines);
    const rounds: Round[] = [];
    // Nobody's first deploys count: connections are opened in them, the cluster is discovered, code is compiled.
    for (let turn = 0; turn < warmUps; turn += 1) await warmUp(contestants, turn);
    for (let pair = 0; pair < pairs; pair += 1)
      for (const latencyMs of latenciesMs()) {
        let tries = 0;
        const { value, noisy } = await inQuiet([product, cluster, baselines], () => {
          tries += 1;
          const name = `r${latencyMs}-${pair}-${tries}`;
          return oneRound(contestants, { name, latencyMs, seed: (rounds.length + 2) * 1_000_003 });
        });
        rounds.push({ ...value, noisy });
      }
    await contestants.owner.close();
    return conclude(resultOf(rounds));
  } finally {
    await baselines.stop();
    await cluster.stop();
    await product.stop();
  }
}

async function warmUp(contestants: Contestants, turn: number): Promise<void> {
  const setting = { name: `warm-${turn}`, latencyMs: 1, seed: (turn + 1) * 999_983 };
  await (turn < slowWarmUps ? oneRound : quickRound)(contestants, setting);
}

/** `--latency 5,20` */
function latenciesMs(): number[] {
  const at = process.argv.indexOf("--latency");
  return at === -1 ? usualLatenciesMs : (process.argv[at + 1] ?? "").split(",").map(Number);
}

type Contestants = Awaited<ReturnType<typeof enter>>;

/**
 * Product and baselines run on one core and the cluster on the other. All keep their connections from one round to
 * the next, each to a cluster of its own.
 */
async function enter(product: Product, cluster: Child, baselines: Child) {
  for (const name of ["product", "walker", "one-by-one"])
    await tell(cluster, { ask: "open", name }, "opened");
  const client = createClient({ baseUrl: product.url, token: () => product.token });
  const ca_data = Buffer.from(caPem).toString("base64");
  await client.call(api.addCluster, {
    body: { name: "bench", auth_type: "token", server: cluster.url, token: "product", ca_data },
  });
  return { cluster, client, baselines, owner: bareClient(cluster.url, "product") };
}

type Baseline = "walker" | "one-by-one";

interface Setting {
  name: string;
  latencyMs: number;
  /** Where the dice that strike requests begin: the same for all contestants of a round. */
  seed: number;
}

/** Everybody deploys the same into a namespace that is there already; then the product does it again. */
async function oneRound(contestants: Contestants, setting: Setting): Promise<Omit<Round, "noisy">> {
  const { walked, first, again } = await quickRound(contestants, setting);
  const slowly = await baseline(contestants, setting, "one-by-one");
  const times = { walker: walked.ms, product: first.ms, again: again.ms, oneByOne: slowly.ms };
  const noted = { walker: walked.noted, product: first.noted, again: again.noted };
  return { latencyMs: setting.latencyMs, times, noted };
}

/** The same without those who take seconds for it. */
async function quickRound(contestants: Contestants, setting: Setting) {
  const { cluster, owner } = contestants;
  await begin(cluster, { latencyMs: 0 });
  await owner.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name: setting.name } });
  const walked = await baseline(contestants, setting, "walker");
  const workflow = await openWorkflow(contestants, setting.name);
  const first = await timed(cluster, setting, workflow.deploy);
  const again = await timed(cluster, setting, workflow.deploy);
  workflow.leave();
  return { walked, first, again };
}

async function baseline({ cluster, baselines }: Contestants, setting: Setting, who: Baseline) {
  const { name } = setting;
  await begin(cluster, { latencyMs: 0 });
  await tell(baselines, { ask: "prepare", who, name }, "prepared");
  return timed(
    cluster,
    setting,
    async () => void (await tell(baselines, { ask: "deploy", who, name }, "done")),
  );
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
