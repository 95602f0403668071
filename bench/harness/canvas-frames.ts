import { type Bench, type OpenDrawing, settled, whileChanging } from "./canvas-bench.ts";
import type { Row } from "./results.ts";
import { median } from "./slices.ts";

export const pairCount = 7;
const sliceMs = 1_000;

/** What somebody does on the canvas, frame by frame. */
type Act = "pan" | "drag" | "sway" | "statuses";

export interface FrameCase {
  name: string;
  zoom: number;
  act: Act;
}

export interface FrameResult {
  row: Row & { ratio: number };
  noisy: boolean;
}

/** The p95 of frames in which something is done over that of frames in which nothing is, in pairs of a second each. */
export async function frameRatio(
  bench: Bench,
  drawing: OpenDrawing,
  { name, zoom, act }: FrameCase,
): Promise<FrameResult> {
  const { page } = drawing;
  // What was done before may have led out of the drawing.
  await page.locator("[data-canvas]").focus();
  await page.keyboard.press("0");
  await settled(page);
  await page.evaluate(`bench.zoomTo(${zoom})`);
  await settled(page);
  const slice = () => page.evaluate<number[]>(scripts[act]);
  const idle = () => page.evaluate<number[]>(`bench.frames(${sliceMs})`);
  const busy = () => (act === "statuses" ? whileChanging(bench, drawing, slice) : slice());
  await busy();
  const pairs: { idle: number; busy: number; noisy: boolean }[] = [];
  for (let pair = 0; pair < pairCount; pair += 1) {
    await settled(page);
    const { value, noisy } = await bench.quietly(async () => {
      const baseline = p95(await idle());
      const acting = p95(await busy());
      await settled(page);
      return { idle: baseline, busy: acting };
    });
    pairs.push({ ...value, noisy });
  }
  const ratios = pairs.map(({ idle: baseline, busy: acting }) => acting / baseline);
  return {
    row: {
      variant: name,
      ratio: median(ratios),
      min: Math.min(...ratios),
      max: Math.max(...ratios),
      idle_p95_ms: median(pairs.map((pair) => pair.idle)),
      p95_ms: median(pairs.map((pair) => pair.busy)),
    },
    noisy: pairs.filter((pair) => pair.noisy).length > pairCount / 2,
  };
}

const scripts: Readonly<Record<Act, string>> = {
  pan: `bench.frames(${sliceMs}, bench.pan)`,
  sway: `bench.frames(${sliceMs}, bench.sway)`,
  drag: `bench.drag(${sliceMs})`,
  statuses: `bench.frames(${sliceMs})`,
};

export function p95(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length * 0.95)] ?? Number.NaN;
}
