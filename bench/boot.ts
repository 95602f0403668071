import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { type Child, startChild } from "./harness/child.ts";
import { startProduct } from "./harness/product.ts";
import { conclude, judge, machine } from "./harness/results.ts";
import { median } from "./harness/slices.ts";

const runs = 9;
const hello = fileURLToPath(new URL("./baselines/hello.js", import.meta.url));

interface Start {
  ms: number;
  rssMb: number;
}

/** From spawning to the first authorised 200, on a thousand workflows, against a bare hello; warm cache. */
export async function boot(): Promise<boolean> {
  const first = await startProduct();
  for (let index = 0; index < 1_000; index += 1)
    await first.ask("POST", "/workflows", { name: `Workflow ${index}` });
  const { token, folder } = first;
  await first.leave("SIGTERM");

  const ours: Start[] = [];
  const theirs: Start[] = [];
  for (let run = 0; run < runs; run += 1) {
    theirs.push(await timed(() => startChild(hello), {}));
    ours.push(await timed(() => startRelease(folder), { authorization: `Bearer ${token}` }));
  }
  const ratios = ours.map(({ ms }, index) => ms / (theirs[index]?.ms ?? Number.NaN));
  const memory = ours.map(({ rssMb }, index) => rssMb / (theirs[index]?.rssMb ?? Number.NaN));
  const row = (variant: string, starts: Start[]) => ({
    variant,
    ms: median(starts.map(({ ms }) => ms)),
    rss_mb: median(starts.map(({ rssMb }) => rssMb)),
  });
  const idleMb = median(ours.map(({ rssMb }) => rssMb));
  return conclude({
    name: "boot",
    ...machine(),
    pairs: runs,
    noisy: false,
    rows: [row("hello", theirs), row("orrery", ours)],
    counted: {},
    verdicts: [
      judge("time to the first answer", median(ratios), { gate: 5, goal: 2.5 }, false),
      judge("memory after start", median(memory), { gate: 2, goal: 1.5 }, false),
      judge("idle memory (MB)", idleMb, { gate: 100, goal: 72 }, false),
    ],
  });
}

async function startRelease(folder: string): Promise<Child> {
  const release = fileURLToPath(new URL("../dist/orrery.js", import.meta.url));
  const probe = new URL("./harness/probe.js", import.meta.url).href;
  const env = { PORT: "0", HOST: "127.0.0.1", ORRERY_DATA_DIR: folder, LOG_LEVEL: "warn" };
  return startChild(release, { args: ["serve"], env, execArgv: ["--import", probe] });
}

async function timed(start: () => Promise<Child>, headers: Record<string, string>): Promise<Start> {
  const startMs = performance.now();
  const child = await start();
  const response = await fetch(`${child.url}/v1/api/workflows?limit=1&fields=summary`, { headers });
  if (!response.ok) throw new Error(`The first answer was ${response.status}`);
  await response.arrayBuffer();
  const ms = performance.now() - startMs;
  await sleep(2_000);
  const { rssMb } = await child.usage();
  await child.stop();
  return { ms, rssMb };
}
