import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { axeCleanInBothThemes, noSidewaysScroll, screenshot } from "../support/browser.ts";
import { eventually } from "../support/eventually.ts";
import { isCounted } from "../support/log-story.ts";
import { openLastingApp, prepareObserving } from "../support/observe-story.ts";

const { app, restart } = await openLastingApp();

const foot = (page: Page) => page.locator("footer", { hasText: "kept" });
const log = (page: Page) => page.getByRole("log", { name: "Log" });

/** How many lines the page says it has kept. */
async function kept(page: Page): Promise<number> {
  const [, lines = "0"] = /([\d,]+) lines? kept/.exec((await foot(page).textContent()) ?? "") ?? [];
  return Number(lines.replaceAll(",", ""));
}

/** The numbers of the lines from top to bottom, by their pods, as somebody sees them who scrolls through all of it. */
async function readThrough(page: Page): Promise<Map<string, number[]>> {
  const rows = await page.evaluate<[number, string, string][]>(`(async () => {
    const frame = document.querySelector('[role=log]');
    const rows = new Map();
    for (let top = 0; top < frame.scrollHeight; top += frame.clientHeight - 40) {
      frame.scrollTop = top;
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      for (const row of frame.querySelectorAll('[data-current]'))
        rows.set(parseFloat(row.style.top), [row.children[1].title, row.lastElementChild.textContent]);
    }
    return [...rows].map(([top, [pod, text]]) => [top, pod, text]);
  })()`);
  const numbers = new Map<string, number[]>();
  for (const [, pod, text] of rows.sort(([a], [b]) => a - b)) {
    const [, number] = /^line (\d+)/.exec(text) ?? [];
    if (number !== undefined) numbers.set(pod, [...(numbers.get(pod) ?? []), Number(number)]);
  }
  return numbers;
}

test("22: a log is followed through a rolling update and a server's restart, each line once", async () => {
  const { writing, rollOut, name, namespace } = await prepareObserving(app);
  const id = await writing("web", 100, 2);
  const { page } = await app.signedIn();
  await page.goto(`/resources?cluster=${name}&namespace=${namespace}`);
  await page.getByRole("link", { name: "web", exact: true }).first().click();
  expect(new URL(page.url()).pathname).toMatch(/^\/resources\/[0-9a-f]{24}$/);
  await page.goto(`/resources/${id}`);
  await page.getByRole("tab", { name: "Logs" }).click();
  await foot(page).getByText("connected · ").waitFor();
  await eventually(async () => (await kept(page)) > 60, 30_000);
  await rollOut("web");
  const before = await kept(page);
  await restart(() => foot(page).getByText("trying again").waitFor());
  await foot(page).getByText("connected · ").waitFor();
  await eventually(async () => (await kept(page)) > before + 60, 30_000);
  await log(page).press("p");
  await foot(page).getByText("paused").waitFor();
  const numbers = await readThrough(page);
  expect(numbers.size).toBe(4);
  for (const [pod, lines] of numbers) expect(isCounted(lines), `${pod} ${lines}`).toBe(true);
  await screenshot(page, "logs-after-restart");
  await axeCleanInBothThemes(page);
});

test("a log is paused, searched, wrapped and followed by keys, and kept as a file", async () => {
  const { writing } = await prepareObserving(app);
  const id = await writing("web", 50);
  const { page } = await app.signedIn();
  await page.goto(`/resources/${id}?tab=logs`);
  await foot(page).getByText("following").waitFor();
  await eventually(async () => (await kept(page)) > 30, 30_000);

  await log(page).press("p");
  await foot(page)
    .getByText(/paused, \d+ new lines? waiting/)
    .waitFor();
  const held = await kept(page);
  await foot(page)
    .getByText(/paused, [1-9]\d* new lines? waiting/)
    .waitFor();
  expect(await kept(page)).toBe(held);

  await log(page).press("/");
  await page.keyboard.type("LINE 1");
  await page.getByText(/^\d+ found$/).waitFor();
  await page.keyboard.press("Enter");
  await page.getByText(/^(\d+) of \1$/).waitFor();
  await page.keyboard.press("Enter");
  await page.getByText(/^1 of \d+$/).waitFor();
  expect(await page.locator("[data-current=true] mark").textContent()).toBe("line 1");
  await page.waitForURL(({ searchParams }) => searchParams.get("q") === "LINE 1");

  await log(page).press("w");
  expect(await page.getByRole("button", { name: "Wrap (W)" }).getAttribute("aria-pressed")).toBe("true");
  await log(page).press("p");
  await log(page).press("f");
  await foot(page).getByText("following").waitFor();

  const loading = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download all of it" }).click();
  expect((await loading).suggestedFilename()).toBe("web.log");

  await page.getByLabel("Level").selectOption("error");
  await page.getByText(/None of the \d+ lines kept is like that/).waitFor();
  await page.getByRole("button", { name: "Show all lines" }).click();
  await page.setViewportSize({ width: 320, height: 800 });
  await noSidewaysScroll(page);
  await axeCleanInBothThemes(page);
});
