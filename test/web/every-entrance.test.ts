import type { Page } from "playwright-core";
import { test } from "vitest";
import { change, emptied, keepWaiting, refuse } from "../support/api-double.ts";
import { axeClean, axeCleanInBothThemes, noSidewaysScroll, openApp } from "../support/browser.ts";
import { settledOf } from "../support/settled.ts";

const app = openApp();

const states: [string, (page: Page) => Promise<unknown>][] = [
  ["as they are", async () => undefined],
  ["while they load", keepWaiting],
  ["with no way in", (page) => change(page, (_, json) => emptied(json))],
  ["when the server has failed", (page) => refuse(page, 500, "The database is on holiday")],
  ["when that is forbidden", (page) => refuse(page, 403, "Not from there")],
  ["when there is no such thing", (page) => refuse(page, 404, "There is no such thing")],
];

test.each(states)("story 25: the ways in, %s", async (_, prepare) => {
  await app.person();
  const page = await app.newPage();
  await prepare(page);
  const settled = settledOf(page);
  for (const path of ["/login", "/signup", "/signup?invite=abc"]) {
    await page.goto(path);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await page.waitForFunction("document.title.endsWith('Orrery')");
    if (prepare !== keepWaiting) await settled();
    await axeCleanInBothThemes(page);
    await page.setViewportSize({ width: 320, height: 256 });
    await noSidewaysScroll(page);
    await axeClean(page);
    await page.setViewportSize({ width: 1440, height: 900 });
  }
});
