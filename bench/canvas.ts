import { existsSync } from "node:fs";
import { measureBuilt, type Size } from "../test/support/built-sizes.ts";
import { executablePath } from "../test/support/chromium.ts";
import {
  type Bench,
  changesAFrame,
  type OpenDrawing,
  openDrawing,
  startBench,
} from "./harness/canvas-bench.ts";
import { type FrameCase, frameRatio, pairCount } from "./harness/canvas-frames.ts";
import {
  longestMs,
  movementOver,
  openingMs,
  overviewMs,
  pageChangeMs,
  typingMs,
} from "./harness/canvas-times.ts";
import { logBurst } from "./harness/log-page.ts";
import { conclude, judge, machine, type Result } from "./harness/results.ts";

const changes = 500;
const near: FrameCase[] = [
  { name: "pan at zoom 1", zoom: 1, act: "pan" },
  { name: "pan at zoom 0.5", zoom: 0.5, act: "pan" },
  { name: "drag at zoom 1", zoom: 1, act: "drag" },
  { name: "drag at zoom 0.5", zoom: 0.5, act: "drag" },
];
const far: FrameCase[] = [
  { name: "overview pan", zoom: 0.06, act: "pan" },
  { name: "overview zoom", zoom: 0.06, act: "sway" },
];
const statuses: FrameCase[] = [
  { name: `${changesAFrame} changes a frame at zoom 1`, zoom: 1, act: "statuses" },
  { name: `${changesAFrame} changes a frame, overview`, zoom: 0.06, act: "statuses" },
];

type Parts = Pick<Result, "rows" | "counted" | "verdicts"> & { noisy: boolean[] };

/** The release in a browser with drawings of 200, 500 and 5,000 nodes, against frames in which nothing is done. */
export async function canvas(): Promise<boolean> {
  if (!existsSync(executablePath)) {
    process.stderr.write(
      `canvas: there is no browser at ${executablePath}; CHROMIUM_PATH says where one is\n`,
    );
    return false;
  }
  const parts: Parts = { rows: [], counted: {}, verdicts: [], noisy: [] };
  const bench = await startBench();
  try {
    for (const work of [opening, pages, few, many, log]) await timed(work, () => work(bench, parts));
  } finally {
    await bench.stop();
  }
  await sizes(parts);
  const { noisy, ...rest } = parts;
  const isNoisy = noisy.filter(Boolean).length > noisy.length / 2;
  return conclude({ name: "canvas", ...machine(), pairs: pairCount, noisy: isNoisy, ...rest });
}

async function timed(what: { name: string }, work: () => Promise<void>): Promise<void> {
  const begun = performance.now();
  await work();
  process.stdout.write(`${what.name}: ${((performance.now() - begun) / 1_000).toFixed(0)} s\n`);
}

type Bounds = readonly [metric: string, gate: number, goal: number];

/** Milliseconds are those of a machine on which nobody else is at work: else they are told and not judged. */
async function milliseconds(
  bench: Bench,
  parts: Parts,
  bounds: Bounds,
  work: () => Promise<number>,
): Promise<void> {
  const { value, noisy } = await bench.quietly(work);
  note(parts, bounds, value, noisy);
}

function note({ rows, verdicts, noisy }: Parts, [metric, gate, goal]: Bounds, ms: number, isNoisy: boolean) {
  rows.push({ variant: metric, ms });
  noisy.push(isNoisy);
  verdicts.push(judge(`${metric} (ms)`, ms, { gate, goal }, isNoisy));
}

async function opening(bench: Bench, parts: Parts): Promise<void> {
  await milliseconds(bench, parts, ["opening 200 nodes, nothing cached", 700, 700], () =>
    openingMs(bench, 200),
  );
  parts.rows.push({ variant: "opening 2,000 nodes, nothing cached", ms: await openingMs(bench, 2_000) });
}

async function pages(bench: Bench, parts: Parts): Promise<void> {
  await milliseconds(bench, parts, ["change of page, seen before", 100, 100], () => pageChangeMs(bench));
}

async function few(bench: Bench, parts: Parts): Promise<void> {
  await milliseconds(bench, parts, ["key to paint at 500 nodes, p95", 50, 50], () => typingMs(bench, 500));
  const drawing = await openDrawing(bench, 500);
  await frames(bench, parts, drawing, near);
  await longest(bench, parts, drawing);
  await bench.browser.close(drawing.page);
}

async function many(bench: Bench, parts: Parts): Promise<void> {
  const drawing = await openDrawing(bench, 5_000);
  await movement(bench, parts, drawing);
  await frames(bench, parts, drawing, [...near, ...far]);
  await frames(bench, parts, drawing, statuses, { gate: 1.15, goal: 1.1 });
  const heapMb = await bench.browser.heapMb(drawing.page);
  parts.rows.push({ variant: "heap at 5,000 nodes", heap_mb: heapMb });
  parts.verdicts.push(judge("heap at 5,000 nodes (MB)", heapMb, { gate: 120, goal: 60 }, false));
  const { value: times, noisy } = await bench.quietly(() => overviewMs(drawing));
  note(parts, ["into the overview at 5,000", 150, 50], times.into, noisy);
  note(parts, ["out of the overview at 5,000", 150, 50], times.out, noisy);
  await longest(bench, parts, drawing);
  await bench.browser.close(drawing.page);
}

async function frames(
  bench: Bench,
  { rows, verdicts, noisy }: Parts,
  drawing: OpenDrawing,
  cases: readonly FrameCase[],
  bounds = { gate: 1.3, goal: 1.1 },
): Promise<void> {
  for (const each of cases) {
    const name = `${each.name}, ${sizeOf(drawing)}`;
    const result = await frameRatio(bench, drawing, { ...each, name });
    rows.push(result.row);
    noisy.push(result.noisy);
    verdicts.push(judge(`frame p95, ${name}`, result.row.ratio, bounds, result.noisy));
  }
}

const sizeOf = ({ design }: OpenDrawing) => `${design.nodes.length.toLocaleString("en")} nodes`;

async function longest(bench: Bench, parts: Parts, drawing: OpenDrawing): Promise<void> {
  const metric = `longest wait for what was done, ${sizeOf(drawing)}`;
  await milliseconds(bench, parts, [metric, 200, 100], () => longestMs(drawing));
}

async function movement(bench: Bench, { counted }: Parts, drawing: OpenDrawing): Promise<void> {
  const { most, cards } = await movementOver(bench, drawing, changes);
  counted[`px that cards moved over ${changes} live updates`] = {
    value: most,
    expected: "0",
    ok: most === 0,
  };
  counted["cards that were watched meanwhile"] = { value: cards, expected: "> 0", ok: cards > 0 };
}

async function log(bench: Bench, parts: Parts): Promise<void> {
  const { value, noisy } = await bench.quietly(() => logBurst(bench));
  const { longestFrameMs, wrong, kept } = value;
  note(parts, ["longest frame of a log's burst", 50, 34], longestFrameMs, noisy);
  parts.counted["lines of the log lost or doubled"] = { value: wrong, expected: "0", ok: wrong === 0 };
  parts.counted["lines of the log kept"] = { value: kept, expected: "about 100,000", ok: kept > 99_900 };
}

/** What has to be loaded: of each kind of page the one that needs most. */
async function sizes({ rows, verdicts }: Parts): Promise<void> {
  const { pages: plain, canvases, parts: opened, styles } = await measureBuilt();
  const largest = (all: readonly Size[]) =>
    all.toSorted((a, b) => b.bytes / b.most - a.bytes / a.most).slice(0, 1);
  for (const { what, bytes, most } of [...largest(plain), ...largest(canvases), ...opened, styles]) {
    const [kb, gate] = [bytes / 1_024, most / 1_024];
    rows.push({ variant: what, kb });
    verdicts.push(judge(`${what} (KB)`, kb, { gate, goal: gate }, false));
  }
}
