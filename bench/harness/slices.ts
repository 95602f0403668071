import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { type Child, startChild, type Usage } from "./child.ts";

export interface Tally {
  done: number;
  statuses: Record<string, number>;
  p50Ms: number;
  p99Ms: number;
}

/** One second of one server under load. */
export interface Slice extends Tally {
  cpuUsEach: number;
  rps: number;
  lagP99Ms: number;
  rssMb: number;
}

export interface Side {
  name: string;
  server: Child;
  requests: string[];
  connections: number;
}

/** Each pair holds one slice of the baseline and one of each variant, taken right after one another. */
export interface Pairs {
  pairs: Record<string, Slice>[];
  noisy: boolean;
}

const sliceMs = 1_000;
/** Until the code that is run most is compiled for good: a baseline of ten lines has that behind it at once. */
const warmUpMs = 6_000;
const pairCount = 7;
/** More than this much of a core spent by others makes a slice noisy. */
const foreignCores = 0.25;

export async function takePairs(sides: readonly Side[]): Promise<Pairs> {
  const loads = await Promise.all(sides.map(prepareLoad));
  try {
    for (const [index, side] of sides.entries()) {
      const load = loads[index];
      if (load) await oneSlice(side, load, 0, warmUpMs);
    }
    const pairs: Record<string, Slice>[] = [];
    let noisySlices = 0;
    for (let pair = 1; pair <= pairCount; pair += 1) {
      const taken = await onePair(sides, loads, pair);
      pairs.push(taken.slices);
      noisySlices += taken.noisySlices;
    }
    return { pairs, noisy: noisySlices > (pairCount * sides.length) / 2 };
  } finally {
    await Promise.all(loads.map((load) => load.stop()));
  }
}

async function prepareLoad({ server, requests, connections }: Side): Promise<Child> {
  const load = await startChild(fileURLToPath(new URL("./load.ts", import.meta.url)), { core: 1 });
  load.process.send({
    ask: "prepare",
    job: { url: server.url, requests, connections, ms: sliceMs, offset: 0 },
  });
  return load;
}

async function onePair(sides: readonly Side[], loads: readonly Child[], pair: number) {
  const slices: Record<string, Slice> = {};
  let noisySlices = 0;
  for (const [index, side] of sides.entries()) {
    const load = loads[index];
    if (!load) continue;
    let taken = await oneSlice(side, load, pair);
    if (taken.noisy) taken = await oneSlice(side, load, pair + 100);
    if (taken.noisy) noisySlices += 1;
    slices[side.name] = taken.slice;
  }
  return { slices, noisySlices };
}

async function oneSlice({ server, requests }: Side, load: Child, pair: number, sliceForMs = sliceMs) {
  const machineBefore = busyUs();
  const before = await server.usage();
  const loadBefore = await load.usage();
  const startMs = performance.now();
  const offset = Math.floor((pair * requests.length) / (pairCount + 2));
  load.process.send({ ask: "run", job: { offset, ms: sliceForMs } });
  const tally = await tallyOf(load);
  const ms = performance.now() - startMs;
  const after = await server.usage();
  const loadAfter = await load.usage();
  const ownUs = after.cpuUs - before.cpuUs + (loadAfter.cpuUs - loadBefore.cpuUs);
  const foreignUs = busyUs() - machineBefore - ownUs;
  const slice: Slice = {
    ...tally,
    cpuUsEach: (after.cpuUs - before.cpuUs) / Math.max(1, tally.done),
    rps: (tally.done * 1_000) / ms,
    lagP99Ms: after.lagP99Ms,
    rssMb: after.rssMb,
  };
  return { slice, noisy: foreignUs / (ms * 1_000) > foreignCores };
}

/** Whatever is ours, and says how much of the machine it took. */
interface Measured {
  usage(): Promise<Pick<Usage, "cpuUs">>;
}

/** Does something once more if others took the machine meanwhile, and says whether they did so again. */
export async function inQuiet<T>(
  children: readonly Measured[],
  work: () => Promise<T>,
): Promise<{ value: T; noisy: boolean }> {
  const first = await watched(children, work);
  return first.noisy ? watched(children, work) : first;
}

async function watched<T>(children: readonly Measured[], work: () => Promise<T>) {
  const ownUs = async () => {
    const { user, system } = process.cpuUsage();
    const usages = await Promise.all(children.map((child) => child.usage()));
    return usages.reduce((sum, { cpuUs }) => sum + cpuUs, user + system);
  };
  const [machineBefore, ownBefore, startMs] = [busyUs(), await ownUs(), performance.now()];
  const value = await work();
  const foreignUs = busyUs() - machineBefore - ((await ownUs()) - ownBefore);
  return { value, noisy: foreignUs / ((performance.now() - startMs) * 1_000) > foreignCores };
}

function tallyOf(load: Child): Promise<Tally> {
  return new Promise((resolve) => {
    const hear = (told: { type?: string } & Tally) => {
      if (told.type !== "tally") return;
      load.process.off("message", hear as never);
      resolve(told);
    };
    load.process.on("message", hear as never);
  });
}

function busyUs(): number {
  return cpus().reduce(
    (sum, { times }) => sum + (times.user + times.sys + times.nice + times.irq) * 1_000,
    0,
  );
}

/** The ratio of a figure of one side to that of another, within each pair: median, minimum, maximum. */
export function ratio(
  { pairs }: Pairs,
  [side, over]: readonly [string, string],
  of: (slice: Slice) => number,
): { median: number; min: number; max: number } {
  const ratios = pairs.flatMap((pair) => {
    const [a, b] = [pair[side], pair[over]];
    return a && b ? [of(a) / of(b)] : [];
  });
  const sorted = ratios.toSorted((a, b) => a - b);
  return {
    median: sorted[Math.floor(sorted.length / 2)] ?? Number.NaN,
    min: sorted[0] ?? Number.NaN,
    max: sorted.at(-1) ?? Number.NaN,
  };
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
