import { fileURLToPath } from "node:url";
import { type Child, message, startChild } from "./harness/child.ts";
import { conclude, judge, machine, type Result } from "./harness/results.ts";
import { inQuiet, median } from "./harness/slices.ts";

const clusterFile = fileURLToPath(new URL("./harness/watched-cluster.ts", import.meta.url));
const watcherFile = fileURLToPath(new URL("./harness/watcher.ts", import.meta.url));
const events = 20_000;
const followed = 500;
const kindCount = 5;
const sizes = [1_000, 10_000, 50_000];
const pairCount = 7;
const changes = 1_000;
const cuts = 10;

interface Done {
  value: number;
  ms: number;
  us: number;
  heap: number;
}

type Counted = Result["counted"];
type Ratios = { ours: Done; theirs: Done }[];

/** Following a cluster: events that are not ours, many who follow, many pods held. */
export async function watch(): Promise<boolean> {
  const cluster = await startChild(clusterFile, { core: 1 });
  try {
    const reading = await inQuiet([cluster], readEvents);
    const following = await inQuiet([cluster], () => follow(cluster));
    const { holds, counted } = await hold(cluster);
    const noisy = reading.noisy || following.noisy;
    const [a, b] = [ratioOf(reading.value, "us"), ratioOf(following.value.pairs, "ms")];
    const [, middle, large] = holds.map(({ ours, theirs }) => ours.heap / theirs.heap);
    return conclude({
      name: "watch",
      ...machine(),
      pairs: pairCount,
      noisy,
      rows: [
        ...rowsOf("events", reading.value, events),
        ...rowsOf("followed", following.value.pairs, followed),
        ...holds.flatMap(({ ours, theirs }, index) => [
          { variant: `parsed pods, ${sizes[index]}`, rss_mb: theirs.heap / 1e6 },
          {
            variant: `kept pods, ${sizes[index]}`,
            rss_mb: ours.heap / 1e6,
            cpu_us: ours.us / (sizes[index] ?? 1),
          },
        ]),
      ],
      counted: { ...countedEvents(reading.value), ...following.value.counted, ...counted },
      verdicts: [
        judge("CPU of an event", a, { gate: 0.5, goal: 0.28 }, noisy),
        judge("time until 500 are followed", b, { gate: 0.2, goal: 0.08 }, noisy),
        judge("heap of 10,000 pods", middle ?? Number.NaN, { gate: 0.25, goal: 0.08 }, false),
        judge("heap of 50,000 pods", large ?? Number.NaN, { gate: 0.25, goal: 0.08 }, false),
        judge(
          "heap of 50,000 pods (MB)",
          (holds[2]?.ours.heap ?? Number.NaN) / 1e6,
          { gate: 60, goal: 25 },
          false,
        ),
      ],
    });
  } finally {
    await cluster.stop();
  }
}

async function inWatcher<T>(
  work: (ask: (ask: string, more?: object) => Promise<Done>) => Promise<T>,
): Promise<T> {
  const child = await startChild(watcherFile, { core: 0, execArgv: ["--expose-gc"] });
  try {
    return await work(async (ask, more = {}) => {
      child.process.send({ ask, ...more });
      return (await message(child.process, "done")) as unknown as Done;
    });
  } finally {
    await child.stop();
  }
}

function readEvents(): Promise<Ratios> {
  return inWatcher(async (ask) => {
    const pairs: Ratios = [];
    for (let pair = 0; pair <= pairCount; pair += 1) {
      const theirs = await ask("parseEvents", { count: events });
      const ours = await ask("readEvents", { count: events });
      if (pair > 0) pairs.push({ ours, theirs });
    }
    return pairs;
  });
}

function follow(cluster: Child) {
  const { url } = cluster;
  return inWatcher(async (ask) => {
    const pairs: Ratios = [];
    let counted: Counted = {};
    for (let pair = 0; pair <= pairCount; pair += 1) {
      await fill(cluster, followed / kindCount);
      const theirs = await ask("followEach", { url, count: followed });
      await ask("leave");
      await until(cluster, ({ open }) => open === 0);
      await fill(cluster, followed / kindCount);
      const ours = await ask("followShared", { url, count: followed });
      const { watches = 0, lists = 0 } = await until(cluster, ({ open = 0 }) => open >= kindCount);
      counted = {
        ...exactly("watches of 500 who follow five kinds", watches, kindCount),
        ...exactly("lists of 500 who follow five kinds", lists, kindCount),
      };
      await ask("leave");
      await until(cluster, ({ open }) => open === 0);
      if (pair > 0) pairs.push({ ours, theirs });
    }
    return { pairs, counted };
  });
}

/** Each size in processes of its own: what one has held is not always given back. */
async function hold(cluster: Child) {
  const { url } = cluster;
  const holds: Ratios = [];
  let counted: Counted = {};
  for (const size of sizes) {
    await fill(cluster, size);
    const theirs = await inWatcher((ask) => ask("holdParsed", { url }));
    await fill(cluster, size);
    const ours = await inWatcher(async (ask) => {
      const done = await ask("hold", { url });
      const isLast = size === sizes.at(-1);
      counted = { ...counted, ...exactly(`pods held of ${size}`, done.value, size) };
      if (isLast) counted = { ...counted, ...(await changeAll(cluster, (what) => ask(what))) };
      return done;
    });
    holds.push({ ours, theirs });
  }
  return { holds, counted };
}

/** Changes are made, and the watch is cut among them in the middle of a line. */
async function changeAll(cluster: Child, ask: (what: string) => Promise<Done>): Promise<Counted> {
  await until(cluster, ({ open = 0 }) => open === 1);
  cluster.process.send({ ask: "change", changes, cuts });
  const endMs = performance.now() + 60_000;
  while (performance.now() < endMs && (await ask("seen")).value < changes) await pause();
  const [once, all] = [await ask("seenOnce"), await ask("seen")];
  return {
    ...exactly("changes seen once, though the watch was cut", once.value, changes),
    ...exactly("changes seen at all", all.value, changes),
  };
}

async function fill(cluster: Child, pods: number): Promise<void> {
  cluster.process.send({ ask: "fill", pods });
  await message(cluster.process, "filled");
}

type Counts = Record<string, number>;

async function until(cluster: Child, isSo: (counts: Counts) => boolean): Promise<Counts> {
  for (;;) {
    cluster.process.send({ ask: "count" });
    const counts = (await message(cluster.process, "count")) as unknown as Counts;
    if (isSo(counts)) return counts;
    await pause();
  }
}

const pause = () => new Promise((resolve) => setTimeout(resolve, 50));

function countedEvents(pairs: Ratios): Counted {
  const wrong = pairs
    .flatMap(({ ours, theirs }) => [ours.value, theirs.value])
    .filter((told) => told !== events / 10);
  return exactly("rounds in which not each change of ours was told", wrong.length, 0);
}

function exactly(what: string, value: number, expected: number): Counted {
  return { [what]: { value, expected: String(expected), ok: value === expected } };
}

function ratioOf(pairs: Ratios, of: "us" | "ms"): number {
  return median(pairs.map(({ ours, theirs }) => ours[of] / theirs[of]));
}

function rowsOf(what: string, pairs: Ratios, each: number) {
  const ratios = pairs.map(({ ours, theirs }) => ours.us / theirs.us).toSorted((a, b) => a - b);
  const row = (variant: string, side: Done[]) => ({
    variant,
    cpu_us: median(side.map(({ us }) => us)) / each,
    ms: median(side.map(({ ms }) => ms)),
  });
  return [
    row(
      `${what}, baseline`,
      pairs.map(({ theirs }) => theirs),
    ),
    {
      ...row(
        what,
        pairs.map(({ ours }) => ours),
      ),
      ...{ cpu_ratio: median(ratios), min: ratios[0] ?? Number.NaN, max: ratios.at(-1) ?? Number.NaN },
    },
  ];
}
