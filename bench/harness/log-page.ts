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

/** Looks at the log from its first to its last line, a page here and there. */
async function countLines(page: Page): Promise<{ wrong: number; kept: number }> {
  const foot = (await page.locator("footer", { hasText: "kept" }).textContent()) ?? "";
  const lines = Number(/([\d,]+) lines kept/.exec(foot)?.[1]?.replaceAll(",", "") ?? 0);
  let wrong = 0;
  let [first, last] = [0, 0];
  for (let step = 0; step <= 50; step += 1) {
    const seen = await page.evaluate<number[]>(`bench.linesAt(${step / 50})`);
    if (step === 0) first = seen[0] ?? 0;
    last = seen.at(-1) ?? 0;
    wrong += seen.filter((number, index) => index > 0 && number !== (seen[index - 1] ?? 0) + 1).length;
  }
  return { wrong: wrong + Math.abs(last - first + 1 - lines), kept: lines };
}
