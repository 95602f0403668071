import { fileURLToPath } from "node:url";
import { design } from "./designs.ts";
import { startChild } from "./harness/child.ts";
import { type Product, startProduct } from "./harness/product.ts";
import { conclude, judge, machine, type Result } from "./harness/results.ts";
import { median, type Pairs, ratio, type Side, takePairs } from "./harness/slices.ts";

const workflowCount = 1_000;
const connections = 32;

/** `GET /workflows/:id` of 3.9 KB against `node:http` answering as many bytes from memory. */
export async function read(): Promise<boolean> {
  const product = await startProduct();
  try {
    const { ids, bytes, etags } = await fill(product);
    const baseline = await startChild(fileURLToPath(new URL("./baselines/canned.js", import.meta.url)), {
      args: [String(bytes)],
    });
    const reads = shuffled(ids).map((id) => product.wire("GET", `/workflows/${id}`));
    const unchanged = ids.map((id) =>
      product.wire("GET", `/workflows/${id}`, "", { "if-none-match": etags.get(id) ?? "" }),
    );
    const sides: Side[] = [
      // The same bytes both ways, so that all the ratio tells of is what we do between them.
      { name: "baseline", server: baseline, requests: reads, connections },
      { name: "read", server: product, requests: reads, connections },
      { name: "304", server: product, requests: unchanged, connections },
    ];
    const pairs = await takePairs(sides);
    await baseline.stop();
    return conclude(resultOf(pairs));
  } finally {
    await product.stop();
  }
}

async function fill(product: Product) {
  const ids: string[] = [];
  const etags = new Map<string, string>();
  let bytes = 0;
  for (let index = 0; index < workflowCount; index += 1) {
    const body = { name: `Workflow ${index}`, description: "", ...design(8, 6, index, 240) };
    const { id } = await product.ask<{ id: string }>("POST", "/workflows", body);
    const response = await fetch(`${product.url}/v1/api/workflows/${id}`, {
      headers: { authorization: `Bearer ${product.token}` },
    });
    bytes = (await response.arrayBuffer()).byteLength;
    etags.set(id, response.headers.get("etag") ?? "");
    ids.push(id);
  }
  return { ids, bytes, etags };
}

function shuffled(ids: readonly string[]): string[] {
  return ids
    .map((id, index) => ({ id, at: (index * 7_919) % ids.length }))
    .sort((a, b) => a.at - b.at)
    .map(({ id }) => id);
}

function resultOf(pairs: Pairs): Result {
  const cpu = ratio(pairs, ["read", "baseline"], ({ cpuUsEach }) => cpuUsEach);
  const rps = ratio(pairs, ["read", "baseline"], (slice) => slice.rps);
  const p99 = ratio(pairs, ["read", "baseline"], ({ p99Ms }) => p99Ms);
  const short = ratio(pairs, ["304", "baseline"], ({ cpuUsEach }) => cpuUsEach);
  const statuses = (side: string, status: string) =>
    pairs.pairs.every((pair) => Object.keys(pair[side]?.statuses ?? {}).join() === status);
  return {
    name: "read",
    ...machine(),
    pairs: pairs.pairs.length,
    noisy: pairs.noisy,
    rows: ["baseline", "read", "304"].map((variant) => {
      const of = (pick: (slice: Pairs["pairs"][0][string]) => number) =>
        median(pairs.pairs.flatMap((pair) => (pair[variant] ? [pick(pair[variant])] : [])));
      const over = ratio(pairs, [variant, "baseline"], ({ cpuUsEach }) => cpuUsEach);
      return {
        variant,
        cpu_us: of(({ cpuUsEach }) => cpuUsEach),
        cpu_ratio: over.median,
        min: over.min,
        max: over.max,
        rps_ratio: ratio(pairs, [variant, "baseline"], (slice) => slice.rps).median,
        p50_ms: of(({ p50Ms }) => p50Ms),
        p99_ms: of(({ p99Ms }) => p99Ms),
        rss_mb: of(({ rssMb }) => rssMb),
      };
    }),
    counted: {
      "answers that were 200": {
        value: Number(statuses("read", "200")),
        expected: "all",
        ok: statuses("read", "200"),
      },
      "answers that were 304": {
        value: Number(statuses("304", "304")),
        expected: "all",
        ok: statuses("304", "304"),
      },
    },
    verdicts: [
      judge("CPU of a read", cpu.median, { gate: 2.4, goal: 1.5 }, pairs.noisy),
      judge("throughput of reads", rps.median, { gate: 0.4, goal: 0.65, more: true }, pairs.noisy),
      judge("p99 of reads", p99.median, { gate: 4, goal: 4 }, pairs.noisy),
      judge("CPU of a 304", short.median, { gate: 2.4, goal: 1.3 }, pairs.noisy),
    ],
  };
}
