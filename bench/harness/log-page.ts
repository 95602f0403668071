import type { Page } from "playwright-core";
import { api } from "../../src/contract/api.ts";
import { eventually } from "../../test/support/eventually.ts";
import type { Bench } from "./canvas-bench.ts";
import { message } from "./child.ts";

const kept = 100_000;
const fill = { lines: kept + 5_000, perSecond: 10_000 };
const burst = { lines: 20_000, perSecond: 5_000 };

export interface LogBurst {
  longestFrameMs: number;
  /** Lines lost or told twice, of those that are kept. */
  wrong: number;
  kept: number;
}

/** A log that has all the lines that are kept, and then a burst of more. */
export async function logBurst(bench: Bench): Promise<LogBurst> {
  const page = await bench.browser.open(`/resources/${await deployed(bench)}?tab=logs`);
  await page.getByText("connected · ").waitFor();
  await write(bench, page, fill);
  const [frames] = await Promise.all([
    page.evaluate<number[]>(`bench.frames(${(1_000 * burst.lines) / burst.perSecond})`),
    write(bench, page, burst),
  ]);
  const counted = await countLines(page);
  await bench.browser.close(page);
  return { longestFrameMs: Math.max(...frames), ...counted };
}

/** A pod in the sandbox, so that there is a page with a log. */
async function deployed({ client }: Pick<Bench, "client">): Promise<string> {
  const data = { name: "web", image: "nginx:1.29", replicas: 1 };
  const nodes = [{ id: "web", type: "deployment", position: { x: 0, y: 0 }, data }];
  const { id } = await client.call(api.createWorkflow, { body: { name: "web", nodes, edges: [] } });
  await client.call(api.runWorkflow, { params: { id }, body: { cluster: "sandbox", namespace: "default" } });
  return eventually(async () => {
    await client.call(api.syncResources, { body: {} });
    const { resources } = await client.call(api.listResources, { query: { type: "Deployment", limit: 100 } });
    return resources.find(({ name }) => name === "web")?.id;
  }, 30_000);
}

async function write({ cluster }: Bench, page: Page, asked: typeof fill): Promise<void> {
  cluster.process.send({ ask: "write", ...asked });
  const { last } = await message(cluster.process, "written");
  await page.getByText(new RegExp(`^line ${last} `)).waitFor({ timeout: 60_000 });
}

/** Reads the whole log, of which much is in sight at once, and counts what is not there and not said to be missed. */
async function countLines(page: Page): Promise<Pick<LogBurst, "wrong" | "kept">> {
  await page.setViewportSize({ width: 1_440, height: 12_000 });
  const rows = await page.evaluate<{ line: number; missed: number }[]>("bench.readLog()");
  const lines = rows.flatMap(({ line }) => (line > 0 ? [line] : []));
  const different = new Set(lines).size;
  const [first, last] = lines.reduce(
    ([least, most], line) => [Math.min(least, line), Math.max(most, line)],
    [Number.POSITIVE_INFINITY, 0],
  );
  const lost = last - first + 1 - different;
  const said = rows.reduce((sum, { missed }) => sum + missed, 0);
  return { wrong: lines.length - different + Math.abs(lost - said), kept: lines.length };
}
