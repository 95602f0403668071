import type { Page } from "playwright-core";
import {
  type Bench,
  draw,
  idsInSight,
  type OpenDrawing,
  openDrawing,
  settled,
  statusesOf,
} from "./canvas-bench.ts";
import { p95 } from "./canvas-frames.ts";
import { median } from "./slices.ts";

const times = 7;

async function repeatedly(work: () => Promise<number>): Promise<number> {
  const taken: number[] = [];
  for (let time = 0; time < times; time += 1) taken.push(await work());
  return median(taken);
}

/** From asking for the page, with nothing in the cache, until the drawing is seen. */
export async function openingMs(bench: Bench, count: number): Promise<number> {
  const { id } = await draw(bench, count);
  return repeatedly(async () => {
    const page = await bench.browser.open(`/workflows/${id}`);
    const ms = await page.evaluate<number>("bench.drawn");
    await bench.browser.close(page);
    return ms;
  });
}

/** From cards to the picture of all of it, and back. */
export async function overviewMs({ page }: OpenDrawing): Promise<{ into: number; out: number }> {
  const [far, near] = [0.25, 0.35];
  await page.evaluate(`bench.zoomTo(${near})`);
  await settled(page);
  const into: number[] = [];
  const out: number[] = [];
  for (let time = 0; time <= times; time += 1) {
    into.push(await page.evaluate<number>(`bench.zoomed(${far})`));
    await settled(page);
    out.push(await page.evaluate<number>(`bench.zoomed(${near})`));
    await settled(page);
  }
  return { into: median(into.slice(1)), out: median(out.slice(1)) };
}

const placesInRail = ["Workflows", "Resources", "Clusters"];

/** From a click on another place until its page is seen, when it has been seen before; the slowest of them. */
export async function pageChangeMs({ browser }: Pick<Bench, "browser">): Promise<number> {
  const page = await browser.open("/workflows");
  await page.locator("main h1", { hasText: "Workflows" }).waitFor();
  const taken = new Map(placesInRail.map((place) => [place, [] as number[]]));
  for (let round = 0; round <= times; round += 1)
    for (const place of [...placesInRail.slice(1), ...placesInRail.slice(0, 1)]) {
      const ms = await page.evaluate<number>(`bench.goTo(${JSON.stringify(place)})`);
      if (round > 0) taken.get(place)?.push(ms);
      await page.evaluate("bench.frames(200)");
    }
  await browser.close(page);
  return Math.max(...[...taken.values()].map(median));
}

const typed = "registry.example.com/team/checkout/api-server:2026.11.27";

/** From a key in a form until what it did is painted. */
export async function typingMs(bench: Bench, count: number): Promise<number> {
  const { page } = await openDrawing(bench, count, "?node=n1");
  const field = page.getByRole("complementary", { name: "Inspector" }).getByLabel("Image", { exact: true });
  await field.click();
  await settled(page);
  await page.keyboard.type("x");
  await page.evaluate("bench.keys.length = 0");
  await page.keyboard.type(typed, { delay: 60 });
  await settled(page);
  const keys = await page.evaluate<number[]>("bench.keys");
  await bench.browser.close(page);
  if (keys.length < typed.length) throw new Error(`Only ${keys.length} keys were seen`);
  return p95(keys);
}

/** The longest that somebody waits for what they did to show, when they do a bit of everything. */
export async function longestMs({ page }: OpenDrawing): Promise<number> {
  await page.evaluate("bench.zoomTo(1)");
  await settled(page);
  await page.evaluate("bench.interactions.clear()");
  await workOn(page);
  await settled(page);
  return Math.max(0, ...(await page.evaluate<number[]>("[...bench.interactions.values()]")));
}

async function workOn(page: Page): Promise<void> {
  const press = async (...keys: string[]) => {
    for (const key of keys) {
      await page.keyboard.press(key);
      await page.evaluate("bench.frames(150)");
    }
  };
  const id = await page.evaluate<string>("bench.card().dataset.id");
  await page.locator(`#card-${id}`).click();
  await page.getByRole("complementary", { name: "Inspector" }).waitFor();
  await page.locator("[data-canvas]").focus();
  await press("ArrowRight", "ArrowDown", "m", "ArrowRight", "Enter", "Control+z", "Control+d", "Delete");
  await press("/", "n", "4", "9", "Enter", "Escape", "o", "o", "a", "Escape", "0", "-", "+", "Control+a");
  await press("Escape", "t", "Escape");
}

/** How far cards that nobody touches move over so many changes of how nodes are, and how many cards were looked at. */
export async function movementOver(
  { gateway }: Pick<Bench, "gateway">,
  { page, id, design }: OpenDrawing,
  changes: number,
): Promise<{ most: number; cards: number }> {
  await page.evaluate("bench.zoomTo(1)");
  await settled(page);
  const [last = ""] = await idsInSight(page);
  const moved = page.evaluate<{ most: number; cards: number }>(
    `bench.movement(() => document.querySelector('#card-${last} [title="turn ${changes}"]'))`,
  );
  for (let turn = 1; turn < changes; turn += 1) {
    const node = design.nodes[(turn * 7) % design.nodes.length]?.id ?? last;
    gateway.say(statusesOf(id, [node], turn));
    if (turn % 10 === 0) await page.evaluate("bench.frames(1)");
  }
  gateway.say(statusesOf(id, [last], changes));
  return moved;
}
