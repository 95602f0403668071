import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { axeCleanInBothThemes, noSidewaysScroll, openApp, screenshot, withhold } from "../support/browser.ts";
import { nodeAt, openCanvas, until } from "../support/canvas-page.ts";
import { isAt } from "../support/keyboard-story.ts";

const app = openApp();

const titled = (page: Page, title: string) => page.getByRole("heading", { level: 1, name: title }).waitFor();
const link = (page: Page, name: string) =>
  page.getByRole("navigation", { name: "Main" }).getByRole("link", { name, exact: true });

/** Hears what the page has fetched, from the next time it is opened on. */
function hearFetched(page: Page) {
  const fetched = new Set<string>();
  page.context().on("requestfinished", (request) => fetched.add(new URL(request.url()).pathname));
  return (parts: readonly string[]) =>
    until(async () =>
      expect(parts.filter((part) => ![...fetched].some((path) => path.includes(`/${part}-`)))).toEqual([]),
    );
}

test("a page that the server no longer has says so in its place, and comes whole when asked for again", async () => {
  const { page } = await app.signedIn();
  await page.goto("/profile");
  await titled(page, "Profile");
  const give = await withhold(page, /\/assets\/Workflows-[^/]+\.(js|css)$/);
  await link(page, "Workflows").click();
  await titled(page, "This page could not be loaded");
  await page.getByText("There may be a newer version of Orrery by now").waitFor();
  await axeCleanInBothThemes(page);
  await screenshot(page, "not-loaded-dark");
  await page.emulateMedia({ colorScheme: "light" });
  await screenshot(page, "not-loaded");
  await page.setViewportSize({ width: 320, height: 700 });
  await noSidewaysScroll(page);
  await screenshot(page, "not-loaded-320");
  await page.getByRole("button", { name: "Try again" }).click();
  await titled(page, "This page could not be loaded");
  await give();
  await page.getByRole("button", { name: "Try again" }).click();
  await titled(page, "Workflows");
  const missing =
    "[...document.querySelectorAll('link[rel=stylesheet]')].filter(({ sheet }) => !sheet).length";
  expect(await page.evaluate(missing)).toBe(0);
});

test("a page that is wanted without a network comes as soon as there is one, and the app stays", async () => {
  const { page } = await app.signedIn();
  await page.goto("/profile");
  await titled(page, "Profile");
  const give = await withhold(page, /\/assets\/(Notifications|Admin)-[^/]+\.js$/);
  await page.context().setOffline(true);
  await link(page, "Admin").click();
  await titled(page, "This page could not be loaded");
  await page.getByText("The server does not answer").waitFor();
  await give();
  await page.context().setOffline(false);
  await titled(page, "Admin");
});

test("a part that cannot be fetched says so in its place, and what is around it goes on", async () => {
  const { page, card } = await openCanvas(app, {
    nodes: [nodeAt("api", "deployment", 0, 0, { image: "api:1" })],
  });
  const give = await withhold(page, /\/assets\/YamlTab-[^/]+\.js$/);
  await page.reload();
  await card("api").click();
  await page.getByRole("textbox", { name: "Image" }).fill("api:2");
  await page.getByRole("tab", { name: "YAML" }).click();
  await page.getByText("This part could not be loaded").waitFor();
  await axeCleanInBothThemes(page);
  await screenshot(page, "part-not-loaded");
  await give();
  await page.getByRole("button", { name: "Try again" }).click();
  await page.getByText("api:2").first().waitFor();
});

test("a button that may not be pressed any more keeps the focus, and says why", async () => {
  const { page } = await app.signedIn("Hedy");
  await page.goto("/profile");
  const save = page.getByRole("button", { name: "Save", exact: true });
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("Hedy Lamarr");
  await save.press("Enter");
  await page.getByRole("button", { name: "Account of Hedy Lamarr" }).waitFor();
  await until(async () => expect(await save.getAttribute("aria-disabled")).toBe("true"));
  expect(await isAt(save)).toBe(true);
  await page.getByText("Nothing has changed").first().waitFor({ state: "attached" });
  await axeCleanInBothThemes(page);
});

test("story 14: what drawing takes is there before the network goes: palette, keys, forms, YAML and tidying", async () => {
  const { page, card, surface, said } = await openCanvas(app, {
    nodes: [nodeAt("api", "deployment", 0, 0, { image: "api:1" }), nodeAt("web", "service", 0, 400, {})],
  });
  const hasFetched = hearFetched(page);
  await page.reload();
  await card("api").waitFor();
  await hasFetched(["Palette", "KeyMap", "Toasts", "SignInAgain", "Inspector", "NodeActions", "YamlTab"]);
  await hasFetched(["layout-worker", "jetbrains-mono-latin-wght-normal"]);
  await page.context().setOffline(true);
  await surface.focus();
  await page.keyboard.press("t");
  await until(async () => expect(await said()).toMatch(/would move|is tidy/));
  await page.keyboard.press("Escape");
  await card("api").click();
  await page.getByRole("tab", { name: "YAML" }).click();
  await page.getByText("api:1").first().waitFor();
  await page.keyboard.press("Control+k");
  const palette = page.getByRole("dialog");
  await palette.getByRole("combobox").fill("work");
  await palette
    .getByRole("option", { name: /Workflows/ })
    .first()
    .waitFor();
  await page.keyboard.press("Escape");
  await surface.focus();
  await page.keyboard.press("?");
  await page.getByRole("dialog").waitFor();
  await axeCleanInBothThemes(page);
});
