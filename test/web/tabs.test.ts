import type { BrowserContext, Page } from "playwright-core";
import { expect, test, vi } from "vitest";
import { api } from "../../src/contract/api.ts";
import { axeClean, openApp } from "../support/browser.ts";
import { nodeAt, until } from "../support/canvas-page.ts";

const app = openApp();
const most = 4;

/** How many streams are open, by the server's own count. */
async function openStreams(): Promise<number> {
  const answer = await fetch(`${app.url}/metrics`);
  const [, count] = /^orrery_open_streams (\d+)$/m.exec(await answer.text()) ?? [];
  return Number(count);
}

const streams = (count: number, timeout = 30_000) =>
  vi.waitFor(async () => expect(await openStreams()).toBe(count), { timeout, interval: 100 });

/** Eight tabs of one browser, which share its six connections to the server; each is open before the next. */
async function openTabs(
  context: BrowserContext,
  path: string,
  leave: (tab: Page) => Promise<unknown> = async () => undefined,
): Promise<Page[]> {
  const tabs: Page[] = [];
  while (tabs.length < 8) {
    const last = tabs.at(-1);
    if (last) await leave(last);
    const tab = await context.newPage();
    await tab.goto(path);
    await tab.getByRole("heading", { level: 1 }).waitFor();
    tabs.push(tab);
  }
  return tabs;
}

/** Goes to what the tab has not got yet. Streams never end: whoever stood behind them would never be answered. */
async function click(tab: Page): Promise<void> {
  await tab.getByRole("link", { name: "Clusters", exact: true }).click();
  await tab.getByRole("link", { name: "sandbox" }).first().waitFor();
}

test("24: of eight tabs that are seen at once each answers a click, and the server holds few streams", async () => {
  const { page } = await app.signedIn();
  const tabs = await openTabs(page.context(), "/profile");
  await streams(most);
  await Promise.all(tabs.map(click));
  await streams(most);
  const resting = tabs.map((tab) => tab.getByText("Every 15 s"));
  await until(async () => {
    const shown = await Promise.all(resting.map((words) => words.isVisible()));
    expect(shown.filter(Boolean)).toHaveLength(tabs.length - most);
  });
  for (const tab of tabs) await axeClean(tab);
});

test("24, hidden: tabs nobody looks at let their streams go, and miss nothing when they are looked at again", async () => {
  const { page, client } = await app.signedIn();
  const context = page.context();
  await context.addInitScript(`
    isAside = false;
    Object.defineProperty(document, "hidden", { get: () => isAside });
    Object.defineProperty(document, "visibilityState", { get: () => (isAside ? "hidden" : "visible") });
  `);
  const turn = (tab: Page, isAside: boolean) =>
    tab.evaluate(`isAside = ${isAside}; document.dispatchEvent(new Event("visibilitychange"));`);
  const nodes = [nodeAt("seen", "configmap", 0, 0)];
  const { id } = await client.call(api.createWorkflow, { body: { name: "Checkout", nodes } });
  const tabs = await openTabs(context, `/workflows/${id}`, (last) => turn(last, true));
  await streams(most);
  await streams(1, 120_000);

  nodes.push(nodeAt("missed", "configmap", 0, 112));
  await client.call(api.saveWorkflow, { params: { id }, body: { nodes, edges: [] } });
  let front = tabs.at(-1);
  for (const tab of tabs.slice(0, -1)) {
    const asked = tab.waitForRequest((request) => request.url().includes("/v1/api/events"));
    if (front) await turn(front, true);
    await turn(tab, false);
    expect((await asked).headers()["last-event-id"]).toBeTruthy();
    await tab.locator("#card-missed").waitFor();
    await click(tab);
    front = tab;
  }
  if (front) await axeClean(front);
}, 300_000);
