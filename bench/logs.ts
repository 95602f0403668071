import { type Audience, type LogSlice, startAudience } from "./harness/logs.ts";
import { conclude, judge, machine, type Result, type Row } from "./harness/results.ts";
import { median } from "./harness/slices.ts";

const pairCount = 7;
const warmUps = 6;
const many = 50;
/** Lines of 100 bytes, so that a slice takes what others do: most of a second where each line is written by itself. */
const alone = { lines: 320_000 };
const together = { lines: 7_320 };
const paced = { lines: 2_000, perSecond: 2_000 };

type Pair = Record<
  "bare" | "ours" | "bareMany" | "oursMany" | "noneSlow" | "barePaced" | "oursPaced",
  LogSlice
>;

/** The lines of a workload through a rollout, against a server that makes and writes an event for each line and reader. */
export async function logs(): Promise<boolean> {
  const audiences: Audience[] = [];
  const start = async (server: "product" | "line by line", count: number) => {
    const audience = await startAudience(server, count);
    audiences.push(audience);
    return audience;
  };
  try {
    const bare = await start("line by line", 1);
    const ours = await start("product", 1);
    const bareMany = await start("line by line", many);
    const oursMany = await start("product", many);
    // Until the code that is run most is compiled for good.
    for (let turn = 0; turn < warmUps; turn += 1) {
      for (const each of [bare, ours]) await each.slice(alone);
      for (const each of [bareMany, oursMany]) await each.slice(together);
    }
    const pairs: Pair[] = [];
    for (let pair = 0; pair < pairCount; pair += 1)
      pairs.push({
        bare: await bare.slice(alone),
        ours: await ours.slice(alone),
        bareMany: await bareMany.slice({ ...together, isOneSlow: true }),
        oursMany: await oursMany.slice({ ...together, isOneSlow: true }),
        noneSlow: await oursMany.slice(together),
        barePaced: await bareMany.slice(paced),
        oursPaced: await oursMany.slice(paced),
      });
    return conclude(resultOf(pairs));
  } finally {
    await Promise.all(audiences.map((audience) => audience.stop()));
  }
}

function resultOf(pairs: readonly Pair[]): Result {
  const slices = pairs.flatMap((pair) => Object.values(pair));
  const ours = pairs.flatMap((pair) => [pair.ours, pair.oursMany, pair.noneSlow, pair.oursPaced]);
  const noisy = slices.filter((slice) => slice.noisy).length > slices.length / 2;
  const of = (name: keyof Pair) => pairs.map((pair) => pair[name]);
  const ratios = (name: keyof Pair, over: keyof Pair, what: "cpuUsPerLine" | "ms") =>
    pairs.map((pair) => pair[name][what] / pair[over][what]).toSorted((a, b) => a - b);
  const none = (what: "disorder" | "missed" | "wrong") => {
    const value = ours.reduce((sum, slice) => sum + slice[what], 0);
    return { value, expected: "0", ok: value === 0 };
  };
  const cpu = {
    one: ratios("ours", "bare", "cpuUsPerLine"),
    many: ratios("oursMany", "bareMany", "cpuUsPerLine"),
  };
  const addedMs = median(pairs.map(({ oursPaced, barePaced }) => oursPaced.p99Ms - barePaced.p99Ms));
  const slowCost = 100 * (median(ratios("oursMany", "noneSlow", "ms")) - 1);
  return {
    name: "logs",
    ...machine(),
    pairs: pairs.length,
    noisy,
    rows: [
      rowOf("line by line, 1 reader", of("bare")),
      { ...rowOf("ours, 1 reader", of("ours")), ...spread(cpu.one) },
      rowOf("line by line, 50 readers, one slow", of("bareMany")),
      { ...rowOf("ours, 50 readers, one slow", of("oursMany")), ...spread(cpu.many) },
      rowOf("ours, 50 readers", of("noneSlow")),
      rowOf("line by line, 50 readers, 2,000 lines/s", of("barePaced")),
      rowOf("ours, 50 readers, 2,000 lines/s", of("oursPaced")),
    ],
    counted: {
      "lines out of order, lost or doubled": none("disorder"),
      "lines missed by readers that keep up": none("missed"),
      "readers with other than all lines told or said to be missed": none("wrong"),
    },
    verdicts: [
      judge("CPU of a line, 1 reader", median(cpu.one), { gate: 0.4, goal: 0.12 }, noisy),
      judge("CPU of a line, 50 readers, one slow", median(cpu.many), { gate: 0.4, goal: 0.12 }, noisy),
      judge("added delay, p99 (ms)", addedMs, { gate: 100, goal: 50 }, noisy),
      judge("cost of the slow one to the others (%)", slowCost, { gate: 10, goal: 5 }, noisy),
    ],
  };
}

function rowOf(variant: string, slices: readonly LogSlice[]): Row {
  return {
    variant,
    cpu_us: median(slices.map(({ cpuUsPerLine }) => cpuUsPerLine)),
    p50_ms: median(slices.map(({ p50Ms }) => p50Ms)),
    p99_ms: median(slices.map(({ p99Ms }) => p99Ms)),
    ms: median(slices.map(({ ms }) => ms)),
  };
}

function spread(ratios: readonly number[]): Partial<Row> {
  return { cpu_ratio: median(ratios), min: ratios[0] ?? Number.NaN, max: ratios.at(-1) ?? Number.NaN };
}
