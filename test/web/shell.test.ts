import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { api } from "../../src/contract/api.ts";
import { axeClean, axeCleanInBothThemes, openApp, password } from "../support/browser.ts";

const app = openApp();

const titled = (page: Page, title: string) => page.getByRole("heading", { level: 1, name: title }).waitFor();

test("an address that leads nowhere says so and leads back", async () => {
  const { page } = await app.signedIn();
  await page.goto("/nowhere/at/all");
  await titled(page, "Not here, or not yours");
  await axeClean(page);
  await page.getByRole("link", { name: "Go to Home" }).click();
  await page.waitForURL((url) => url.pathname === "/" || url.pathname === "/welcome");
});

test("the keyboard goes everywhere: palette, letters, regions, and the map of keys", async () => {
  const { page } = await app.signedIn();
  await page.goto("/profile");
  await titled(page, "Profile");
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox").fill("workfl");
  await page.keyboard.press("Enter");
  await titled(page, "Workflows");
  await page.keyboard.press("g");
  await page.keyboard.press("c");
  await titled(page, "Clusters");
  await page.keyboard.press("?");
  await page.getByRole("dialog", { name: "Keys" }).waitFor();
  await axeClean(page);
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  const regions = new Set<unknown>();
  for (let press = 0; press < 3; press += 1) {
    await page.keyboard.press("F6");
    regions.add(await page.evaluate("document.activeElement.closest('[data-region]').tagName"));
  }
  expect([...regions].sort()).toEqual(["HEADER", "MAIN", "NAV"]);
});

test("story 12: who loses their session signs in over the page, and goes on", async () => {
  const { page, client } = await app.signedIn("Grace");
  await page.goto("/workflows/new");
  await page.getByRole("textbox", { name: "Name" }).fill("Half typed");
  await client.call(api.logOut, {});
  const dialog = page.getByRole("dialog", { name: "Sign in again" });
  await dialog.waitFor();
  await axeCleanInBothThemes(page);
  await dialog.getByLabel("Password", { exact: true }).fill(password);
  await page.keyboard.press("Enter");
  await dialog.waitFor({ state: "detached" });
  expect(await page.getByRole("textbox", { name: "Name" }).inputValue()).toBe("Half typed");
  await page.getByRole("button", { name: "Create" }).click();
  await page.waitForURL(/\/workflows\/[0-9a-f]{24}/);
});

test("signing out in one tab ends the others, and leaves nothing of the page", async () => {
  const { page } = await app.signedIn("Mary");
  const other = await page.context().newPage();
  await page.goto("/profile");
  await other.goto("/workflows");
  await titled(other, "Workflows");
  await page.getByRole("button", { name: "Account of Mary" }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  for (const each of [page, other]) await titled(each, "Sign in");
});

test("a workflow is made, renamed, cloned, archived, found again and deleted from the list", async () => {
  const { page } = await app.signedIn("Joan");
  await page.goto("/workflows/new");
  await page.getByRole("textbox", { name: "Name" }).fill("Checkout");
  await page.getByRole("button", { name: "Create" }).click();
  await page.waitForURL(/\/workflows\/[0-9a-f]{24}/);
  await page.goto("/workflows");
  const choose = async (name: string, item: string) => {
    await page.getByRole("button", { name: `More for ${name}` }).click();
    await page.getByRole("menuitem", { name: item }).click();
  };
  await choose("Checkout", "Rename");
  await page.getByRole("dialog").getByLabel("Name").fill("Till");
  await page.keyboard.press("Enter");
  await page.getByRole("link", { name: "Till" }).waitFor();
  await choose("Till", "Archive");
  await page.getByRole("alertdialog").getByRole("button", { name: "Archive" }).click();
  await page.getByRole("table").getByText("Archived").waitFor();
  await page.getByLabel("State").selectOption("draft");
  await page.getByText("No workflow fits these filters").waitFor();
  expect(page.url()).toContain("status=draft");
  await page.getByRole("button", { name: "Clear filters" }).click();
  await choose("Till", "Delete");
  await axeClean(page);
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete" }).click();
  await page.getByText("No workflows yet").waitFor();
});
