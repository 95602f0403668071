import { conclude, judge, machine, type Result } from "./harness/results.ts";
import { median } from "./harness/slices.ts";
import { type StreamSlice, startCrowd, sumOf } from "./harness/streams.ts";

const clients = 1_000;
const pairCount = 5;
/** Five seconds of a hundred events each over twenty nodes, while some clients read nothing for three. */
const talk = { events: 500, perSecond: 100, nodes: 20, pausing: clients / 20, pauseMs: 3_000 };

/** A storm of events told to a thousand clients, against the same hub with no window to gather them in. */
export async function storm(): Promise<boolean> {
  const atOnce = await startCrowd("product", clients, ["0"]);
  const ours = await startCrowd("product", clients);
  const pairs: { atOnce: StreamSlice; ours: StreamSlice; calm: StreamSlice }[] = [];
  try {
    for (const crowd of [atOnce, ours]) await crowd.slice({ ...talk, events: 100, pausing: 0 });
    for (let pair = 0; pair < pairCount; pair += 1)
      pairs.push({
        atOnce: await atOnce.slice(talk),
        ours: await ours.slice(talk),
        calm: await ours.slice({ ...talk, events: 200, pausing: 0 }),
      });
  } finally {
    await Promise.all([atOnce.stop(), ours.stop()]);
  }
  return conclude(resultOf(pairs));
}

function resultOf(pairs: readonly { atOnce: StreamSlice; ours: StreamSlice; calm: StreamSlice }[]): Result {
  const cpu = pairs.map(({ atOnce, ours }) => ours.cpuUsEach / atOnce.cpuUsEach).toSorted((a, b) => a - b);
  const all = pairs.flatMap(({ ours, calm }) => [ours, calm]);
  const noisy = all.filter((slice) => slice.noisy).length > all.length / 2;
  const row = (variant: string, of: readonly StreamSlice[]) => ({
    variant,
    cpu_us: median(of.map(({ cpuUsEach }) => cpuUsEach)),
    p50_ms: median(of.map(({ p50Ms }) => p50Ms)),
    p99_ms: median(of.map(({ p99Ms }) => p99Ms)),
  });
  const calm = pairs.map((pair) => pair.calm);
  const ourRow = { cpu_ratio: median(cpu), min: cpu[0] ?? Number.NaN, max: cpu.at(-1) ?? Number.NaN };
  const none = (what: "skipped" | "doubled" | "disorder" | "astray") => {
    const value = sumOf(all, what);
    return { value, expected: "0", ok: value === 0 };
  };
  return {
    name: "storm",
    ...machine(),
    pairs: pairs.length,
    noisy,
    rows: [
      row(
        "told at once",
        pairs.map(({ atOnce }) => atOnce),
      ),
      {
        ...row(
          "gathered, some clients slow",
          pairs.map(({ ours }) => ours),
        ),
        ...ourRow,
      },
      row("gathered, none slow", calm),
    ],
    counted: {
      "events passed over without a gap being told": none("skipped"),
      "events doubled": none("doubled"),
      "events out of order": none("disorder"),
      "clients that do not end in the server's state": none("astray"),
    },
    verdicts: [
      judge("CPU of an event, × told at once", median(cpu), { gate: 0.5, goal: 0.25 }, noisy),
      judge(
        "staleness p99, none slow (ms)",
        median(calm.map(({ p99Ms }) => p99Ms)),
        { gate: 150, goal: 60 },
        noisy,
      ),
    ],
  };
}
