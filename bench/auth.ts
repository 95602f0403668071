import { setTimeout as sleep } from "node:timers/promises";
import { design } from "./designs.ts";
import { pinLoad } from "./harness/child.ts";
import { person, startProduct } from "./harness/product.ts";
import { conclude, judge, machine } from "./harness/results.ts";
import { median } from "./harness/slices.ts";

const ms = 5_000;
const signIns = 4;
/** About half of what the server can read. */
const readsEachMs = 1;

/** Four sign-ins at a time beside a steady stream of reads, against the same reads alone. */
export async function auth(): Promise<boolean> {
  const product = await startProduct();
  pinLoad();
  try {
    const { id } = await product.ask<{ id: string }>("POST", "/workflows", {
      name: "Read",
      ...design(8, 6, 1),
    });
    const reads = () => readSteadily(`${product.url}/v1/api/workflows/${id}`, product.token);
    await reads();
    const ratios: number[] = [];
    const lags: number[] = [];
    let done = 0;
    let refused = 0;
    for (let pair = 0; pair < 5; pair += 1) {
      const alone = await reads();
      await product.usage();
      const [beside, entered] = await Promise.all([reads(), signInSteadily(product.url)]);
      lags.push((await product.usage()).lagP99Ms);
      ratios.push(beside / alone);
      done += entered.done;
      refused += entered.refused;
    }
    return conclude({
      name: "auth",
      ...machine(),
      pairs: ratios.length,
      noisy: false,
      rows: [{ variant: "reads beside sign-ins", p99_ms: median(ratios) }],
      counted: {
        "sign-ins that came through": {
          value: done,
          expected: "> 0, none lost",
          ok: done > 0 && refused === 0,
        },
      },
      verdicts: [
        judge("p99 of reads beside sign-ins", median(ratios), { gate: 3, goal: 1.5 }, false),
        judge("loop lag p99 (ms)", median(lags), { gate: 15, goal: 5 }, false),
      ],
    });
  } finally {
    await product.stop();
  }
}

/** Answers the p99, in milliseconds. */
async function readSteadily(url: string, token: string): Promise<number> {
  const latencies: number[] = [];
  const pending: Promise<void>[] = [];
  const until = performance.now() + ms;
  while (performance.now() < until) {
    const startMs = performance.now();
    const read = fetch(url, { headers: { authorization: `Bearer ${token}` } }).then(async (response) => {
      await response.arrayBuffer();
      latencies.push(performance.now() - startMs);
    });
    pending.push(read);
    await sleep(readsEachMs);
  }
  await Promise.all(pending);
  return latencies.toSorted((a, b) => a - b)[Math.floor(latencies.length * 0.99)] ?? 0;
}

async function signInSteadily(url: string): Promise<{ done: number; refused: number }> {
  const tally = { done: 0, refused: 0 };
  const until = performance.now() + ms;
  const again = async () => {
    while (performance.now() < until) {
      const response = await fetch(`${url}/v1/api/auth/login`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(person),
      });
      await response.arrayBuffer();
      if (response.ok) tally.done += 1;
      else tally.refused += 1;
    }
  };
  await Promise.all(Array.from({ length: signIns }, again));
  return tally;
}
