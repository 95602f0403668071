import { expect, test } from "vitest";
import { axeCleanInBothThemes, noSidewaysScroll, openApp, password } from "../support/browser.ts";

const app = openApp();

test("story 1: on an empty server the first user is the administrator and finds a cluster that is ready", async () => {
  const page = await app.newPage();
  await page.goto("/");
  await page.getByRole("heading", { level: 1, name: "Set up Orrery" }).waitFor();
  await page.getByText("You will be the administrator").waitFor();
  await axeCleanInBothThemes(page);
  await page.getByLabel("Name").fill("Ada Lovelace");
  await page.getByLabel("E-mail").fill("ada@example.com");
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByText("Strong.").waitFor();
  await page.keyboard.press("Enter");

  await page.getByRole("heading", { level: 1, name: "Welcome to Orrery" }).waitFor();
  await page.getByText("Simulated", { exact: true }).waitFor();
  await page.getByText("Connected", { exact: true }).waitFor();
  await axeCleanInBothThemes(page);
  await page.setViewportSize({ width: 320, height: 700 });
  await noSidewaysScroll(page);
  await page.setViewportSize({ width: 1440, height: 900 });

  await page.getByRole("button", { name: /^Look around with/ }).click();
  await page.waitForURL(/\/workflows\/[0-9a-f]{24}/);
  await page.goto("/welcome");
  // What is there tells how far one is.
  await page.getByRole("link", { name: /^Open/ }).waitFor();
  expect(await page.getByLabel("Done:").count()).toBe(2);
  await page.getByRole("button", { name: "Skip this" }).click();
  await page.getByRole("heading", { level: 1, name: "Home" }).waitFor();
});
