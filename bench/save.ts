import { fileURLToPath } from "node:url";
import { design } from "./designs.ts";
import { type Child, startChild } from "./harness/child.ts";
import { type Product, startProduct } from "./harness/product.ts";
import { conclude, judge, machine, type Result } from "./harness/results.ts";
import { median, type Pairs, ratio, takePairs } from "./harness/slices.ts";

const connections = 16;
const bodies = Array.from({ length: 1_200 }, (_, seed) => JSON.stringify(design(50, 60, seed)));

/** `POST …/save` of 25 KB, another body each time, against a server that parses, checks, and keeps nothing. */
export async function save(): Promise<boolean> {
  const product = await startProduct();
  let baseline: Child | undefined;
  try {
    const ids = await fill(product);
    baseline = await startChild(fileURLToPath(new URL("./baselines/no-store.js", import.meta.url)));
    const saves = bodies.map((body, index) =>
      product.wire("POST", `/workflows/${ids[index % ids.length]}/save`, body),
    );
    const pairs = await takePairs([
      { name: "baseline", server: baseline, requests: saves, connections },
      { name: "save", server: product, requests: saves, connections },
    ]);
    const lost = await countLost();
    return conclude(resultOf(pairs, lost));
  } finally {
    await baseline?.stop();
    await product.stop();
  }
}

async function fill(product: Product): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < 64; index += 1) {
    const { id } = await product.ask<{ id: string }>("POST", "/workflows", { name: `Workflow ${index}` });
    ids.push(id);
  }
  return ids;
}

/** Kills a server after every 200th answer, and counts the answered revisions that the next one does not have. */
async function countLost(): Promise<number> {
  let lost = 0;
  const first = await startProduct();
  const { id } = await first.ask<{ id: string }>("POST", "/workflows", { name: "Kept" });
  const folder = first.folder;
  await first.leave("SIGTERM");
  for (let round = 0; round < 5; round += 1) {
    const server = await startProduct({ ORRERY_DATA_DIR: folder });
    let answered = 0;
    for (let index = 0; index < 200; index += 1) {
      const body = design(5, 4, round * 1_000 + index);
      const { workflow } = await server.ask<{ workflow: { revision: number } }>(
        "POST",
        `/workflows/${id}/save`,
        body,
      );
      answered = workflow.revision;
    }
    await server.leave("SIGKILL");
    const next = await startProduct({ ORRERY_DATA_DIR: folder });
    const { revision } = await next.ask<{ revision: number }>("GET", `/workflows/${id}`);
    lost += Math.max(0, answered - revision);
    await next.stop();
  }
  return lost;
}

function resultOf(pairs: Pairs, lost: number): Result {
  const cpu = ratio(pairs, ["save", "baseline"], ({ cpuUsEach }) => cpuUsEach);
  const rps = ratio(pairs, ["save", "baseline"], (slice) => slice.rps);
  const of = (variant: string, pick: (slice: Pairs["pairs"][0][string]) => number) =>
    median(pairs.pairs.flatMap((pair) => (pair[variant] ? [pick(pair[variant])] : [])));
  const isAll200 = pairs.pairs.every((pair) => Object.keys(pair.save?.statuses ?? {}).join() === "200");
  return {
    name: "save",
    ...machine(),
    pairs: pairs.pairs.length,
    noisy: pairs.noisy,
    rows: ["baseline", "save"].map((variant) => ({
      variant,
      cpu_us: of(variant, ({ cpuUsEach }) => cpuUsEach),
      cpu_ratio: variant === "save" ? cpu.median : 1,
      min: variant === "save" ? cpu.min : 1,
      max: variant === "save" ? cpu.max : 1,
      rps_ratio: variant === "save" ? rps.median : 1,
      p50_ms: of(variant, ({ p50Ms }) => p50Ms),
      p99_ms: of(variant, ({ p99Ms }) => p99Ms),
      rss_mb: of(variant, ({ rssMb }) => rssMb),
    })),
    counted: {
      "answers that were 200": { value: Number(isAll200), expected: "all", ok: isAll200 },
      "answered saves lost to SIGKILL": { value: lost, expected: "0", ok: lost === 0 },
    },
    verdicts: [
      judge("CPU of a save", cpu.median, { gate: 2.2, goal: 1.5 }, pairs.noisy),
      judge("throughput of saves", rps.median, { gate: 0.45, goal: 0.6, more: true }, pairs.noisy),
      judge(
        "loop lag p99 while saving (ms)",
        of("save", ({ lagP99Ms }) => lagP99Ms),
        { gate: 20, goal: 8 },
        pairs.noisy,
      ),
    ],
  };
}
