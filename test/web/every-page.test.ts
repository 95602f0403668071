import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { change, emptied, keepWaiting, refuse, withoutEvents } from "../support/api-double.ts";
import { axeClean, axeCleanInBothThemes, noSidewaysScroll, screenshot } from "../support/browser.ts";
import { until } from "../support/canvas-page.ts";
import { openEverything } from "../support/everything.ts";
import { visitAll } from "../support/visits.ts";

const { app, places, views } = openEverything();
const phone = { width: 320, height: 700 };
const desk = { width: 1440, height: 900 };
/** On a machine that is busy with others. */
const timeout = 400_000;
const crashed = "This page could not be shown";

/** One heading, a title of its own, and nothing in the place of a page that broke. */
async function isPage(page: Page): Promise<void> {
  const headings = page.getByRole("heading", { level: 1 });
  // One page may lead to another.
  await until(async () => expect(await headings.count(), "how many headings of the page there are").toBe(1));
  expect(await headings.textContent()).not.toBe(crashed);
  expect(await page.title()).toMatch(/.+ · Orrery$/);
}

const shows = (page: Page, text: string) => page.getByText(text).first().waitFor({ state: "attached" });

test("story 25: every page, filled, in both themes, on a desk, a tablet, a phone, and four times as large", {
  timeout,
}, async () => {
  await visitAll(app, places(), { viewport: desk }, async ({ page, place, settled }) => {
    await shows(page, place.shows);
    await settled();
    await isPage(page);
    for (const [name, viewport] of Object.entries({ desk, tablet: { width: 768, height: 1024 }, phone })) {
      await page.setViewportSize(viewport);
      await settled();
      await noSidewaysScroll(page);
      // What a theme changes it changes at every size.
      await (viewport === desk ? axeCleanInBothThemes(page) : axeClean(page));
      await screenshot(page, `every${place.path.replaceAll(/[^a-z]+/g, "-")}-${name}`);
    }
    // A window of 1280 by 1024, at 400 %.
    await page.setViewportSize({ width: 320, height: 256 });
    await noSidewaysScroll(page);
    await page.setViewportSize(desk);
  });
});

test("story 25: every tab and view of them, filled, in both themes, and on a phone", {
  timeout,
}, async () => {
  await visitAll(app, views(), { viewport: desk }, async ({ page, place, settled }) => {
    await shows(page, place.shows);
    await settled();
    await isPage(page);
    await axeCleanInBothThemes(page);
    await page.setViewportSize(phone);
    await settled();
    await noSidewaysScroll(page);
    await page.setViewportSize(desk);
  });
});

test("story 25: every page says that it is loading", { timeout }, async () => {
  await visitAll(app, places(), { colorScheme: "dark", prepare: keepWaiting }, async ({ page, place }) => {
    if (!place.canDoWithout) await page.getByText("Loading…").first().waitFor({ state: "attached" });
    await isPage(page);
    await axeClean(page);
  });
});

test("story 25: every page that has nothing to show says so", { timeout }, async () => {
  const prepare = (page: Page) => change(page, (_, json) => emptied(json));
  await visitAll(app, places(), { viewport: phone, prepare }, async ({ page, settled }) => {
    await settled();
    await isPage(page);
    await noSidewaysScroll(page);
    await axeClean(page);
  });
});

test.each([
  [500, "The database is on holiday", "The database is on holiday", "light"],
  [403, "Only administrators may do this", "You may not do this", "dark"],
  [404, "There is no such thing", "Not here, or not yours", "light"],
] as const)(
  "story 25: every page says what a refusal with %i means",
  { timeout },
  async (status, error, words, colorScheme) => {
    const prepare = (page: Page) => refuse(page, status, error);
    await visitAll(
      app,
      places(),
      { colorScheme, viewport: phone, prepare },
      async ({ page, place, settled }) => {
        if (!place.canDoWithout) await page.getByText(words).first().waitFor();
        await settled();
        await isPage(page);
        await noSidewaysScroll(page);
        await axeClean(page);
      },
    );
  },
);

test("story 25: every page says from when it is, once nothing is heard of the server", {
  timeout,
}, async () => {
  const options = { colorScheme: "dark", viewport: phone, prepare: withoutEvents } as const;
  await visitAll(app, places(), options, async ({ page, place, settled }) => {
    await shows(page, place.shows);
    await page.getByText("Not connected since").waitFor();
    await settled();
    await noSidewaysScroll(page);
    await axeClean(page);
  });
});
