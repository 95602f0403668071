import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { axeCleanInBothThemes, noSidewaysScroll, screenshot } from "../support/browser.ts";
import { eventually } from "../support/eventually.ts";
import { openLastingApp, prepareObserving } from "../support/observe-story.ts";

const { app, restart } = await openLastingApp();

type Story = Awaited<ReturnType<typeof prepareObserving>>;

/** A pod that runs, by its id. */
async function running({ pod, cluster, sync, find }: Story, image: string): Promise<string> {
  const command = image === cluster.shellImage ? { command: ["sleep", "3600"] } : {};
  await pod("box", { containers: [{ name: "main", image, ...command }], terminationGracePeriodSeconds: 1 });
  await eventually(async () => {
    const status = (await cluster.find("v1", "pods", "box"))?.status as { phase?: string } | undefined;
    return status?.phase === "Running";
  }, 60_000);
  await sync();
  return (await find("Pod", "box")).id;
}

const screen = (page: Page) => page.locator(".xterm-rows");
const shownBy = async (page: Page) =>
  (await screen(page).locator("> div").allTextContents()).join("\n").replaceAll("\u00a0", " ");
const shows = (page: Page, text: string | RegExp) =>
  eventually(async () => {
    const shown = await shownBy(page);
    return typeof text === "string" ? shown.includes(text) : text.exec(shown);
  }, 30_000);
const connected = (page: Page) => page.getByText(/^connected · box · /).waitFor();

test("22: a terminal speaks every language, has the size of its window, and comes back after a drop", async () => {
  const story = await prepareObserving(app);
  const id = await running(story, story.cluster.shellImage);
  const { page } = await app.signedIn();
  await page.goto(`/resources/${id}?tab=terminal`);
  await connected(page);
  await page.keyboard.type('echo gr""üße 漢字 😀\n');
  await shows(page, /\ngrüße 漢字 😀/);
  await page.keyboard.type("stty size\n");
  const [, wide = ""] = await shows(page, /\n\d+ (\d+)/).then((found) => found as RegExpExecArray);
  await page.setViewportSize({ width: 900, height: 800 });
  const sizes = async () => [...(await shownBy(page)).matchAll(/\n\d+\s(\d+)/g)];
  const narrower = async () => {
    const { length } = await sizes();
    await page.keyboard.type("stty size\n");
    const answered = await eventually(async () => {
      const all = await sizes();
      return all.length > length ? all : undefined;
    }, 30_000);
    return Number(answered.at(-1)?.[1]) < Number(wide);
  };
  await eventually(narrower, 30_000);
  await restart(() => page.getByRole("button", { name: "Try now" }).waitFor());
  await connected(page);
  await shows(page, /\n\d+ \d+\s*\n[^─]*── new shell ──/);
  await page.keyboard.type('echo ba""ck\n');
  await shows(page, /\nback/);
  await screenshot(page, "terminal-after-restart");
  await page.keyboard.type("exit 3\n");
  await page.getByText("the shell ended with exit code 3").waitFor();
  await page.getByRole("button", { name: "Open again" }).click();
  await connected(page);
  await page.setViewportSize({ width: 320, height: 800 });
  await noSidewaysScroll(page);
  await axeCleanInBothThemes(page);
});

test("Tab is the shell's until Ctrl M makes it lead out of the terminal", async () => {
  const story = await prepareObserving(app);
  const id = await running(story, story.cluster.shellImage);
  const { page } = await app.signedIn();
  await page.goto(`/resources/${id}?tab=terminal`);
  await connected(page);
  const isInside = () => page.evaluate<boolean>("document.activeElement.closest('.xterm') !== null");
  await page.keyboard.press("Tab");
  expect(await isInside()).toBe(true);
  await page.keyboard.press("Control+m");
  await page.getByText("leaves the terminal").waitFor();
  await page.keyboard.press("Shift+Tab");
  expect(await isInside()).toBe(false);
});

test("an image without a shell says so and offers to bring one", async () => {
  const story = await prepareObserving(app);
  const id = await running(story, story.cluster.bareImage);
  const { page } = await app.signedIn();
  await page.goto(`/resources/${id}?tab=terminal`);
  await page.getByText("This image has no shell.").waitFor();
  await axeCleanInBothThemes(page);
  await page.getByRole("button", { name: "Start a debug container" }).click();
  await page.getByText(/^connected · box · orrery-debug-/).waitFor();
});
