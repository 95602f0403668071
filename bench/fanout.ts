import { conclude, judge, machine, type Result } from "./harness/results.ts";
import { median } from "./harness/slices.ts";
import { type Crowd, type StreamSlice, startCrowd, sumOf } from "./harness/streams.ts";

const clients = 1_000;
const many = 5_000;
const pairCount = 7;
/** A second of events of some 150 bytes. */
const talk = { events: 10, perSecond: 10, nodes: 50 };

/**
 * Ten events a second told to a thousand clients of one workflow, against `node:net` writing one prepared buffer to
 * each; and to five thousand.
 */
export async function fanout(): Promise<boolean> {
  const bare = await startCrowd("bare", clients);
  const ours = await startCrowd("product", clients);
  const pairs: { bare: StreamSlice; ours: StreamSlice }[] = [];
  try {
    await Promise.all([warmUp(bare), warmUp(ours)]);
    for (let pair = 0; pair < pairCount; pair += 1)
      pairs.push({ bare: await bare.slice(talk), ours: await ours.slice(talk) });
  } finally {
    await Promise.all([bare.stop(), ours.stop()]);
  }
  const crowd = await startCrowd("product", many);
  try {
    await warmUp(crowd);
    const slices: StreamSlice[] = [];
    for (let count = 0; count < pairCount; count += 1) slices.push(await crowd.slice(talk));
    return conclude(resultOf(pairs, slices, crowd.kbEach));
  } finally {
    await crowd.stop();
  }
}

/** Until the code that is run most is compiled for good. */
async function warmUp(crowd: Crowd): Promise<void> {
  await crowd.slice({ ...talk, events: 30 });
}

function resultOf(
  pairs: readonly { bare: StreamSlice; ours: StreamSlice }[],
  crowd: readonly StreamSlice[],
  kbEach: number,
): Result {
  const ratios = (of: "cpuUsPerMessage" | "p99Ms") => pairs.map(({ bare, ours }) => ours[of] / bare[of]);
  const cpu = ratios("cpuUsPerMessage").toSorted((a, b) => a - b);
  const slices = [...pairs.map(({ ours }) => ours), ...crowd];
  const noisy = slices.filter((slice) => slice.noisy).length > slices.length / 2;
  const row = (variant: string, of: readonly StreamSlice[]) => ({
    variant,
    cpu_us: median(of.map(({ cpuUsPerMessage }) => cpuUsPerMessage)),
    p50_ms: median(of.map(({ p50Ms }) => p50Ms)),
    p99_ms: median(of.map(({ p99Ms }) => p99Ms)),
  });
  const none = (what: "unheard" | "doubled" | "disorder" | "astray") => {
    const value = sumOf(slices, what);
    return { value, expected: "0", ok: value === 0 };
  };
  const ourRow = { cpu_ratio: median(cpu), min: cpu[0] ?? Number.NaN, max: cpu.at(-1) ?? Number.NaN };
  return {
    name: "fanout",
    ...machine(),
    pairs: pairs.length,
    noisy,
    rows: [
      row(
        "one buffer, node:net",
        pairs.map(({ bare }) => bare),
      ),
      {
        ...row(
          "1,000 clients",
          pairs.map(({ ours }) => ours),
        ),
        ...ourRow,
      },
      row("5,000 clients", crowd),
    ],
    counted: {
      "messages lost": none("unheard"),
      "messages doubled": none("doubled"),
      "messages out of order": none("disorder"),
      "clients that do not end in the server's state": none("astray"),
    },
    verdicts: [
      judge("CPU of a message to a client", median(cpu), { gate: 1.5, goal: 1.15 }, noisy),
      judge("p99 of messages", median(ratios("p99Ms")), { gate: 3, goal: 1.3 }, noisy),
      judge("memory of a client, of 5,000 (KB)", kbEach, { gate: 32, goal: 24 }, false),
    ],
  };
}
