import { expect, test } from "vitest";
import { api } from "../../src/contract/api.ts";
import { axeCleanInBothThemes, openApp, password } from "../support/browser.ts";

const app = openApp();

test("somebody signs in with their password, sees where they are, and comes back to the page they asked for", async () => {
  const { client } = await app.person();
  await client.call(api.createWorkflow, { body: { name: "Shop" } });
  const page = await app.newPage();
  await page.goto("/?from=bookmark");
  await axeCleanInBothThemes(page);
  await page.getByLabel("E-mail").fill("ada@example.com");
  await page.getByLabel("Password", { exact: true }).fill("not this one");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByText("Invalid email or password").waitFor();
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Home" }).waitFor();
  expect(new URL(page.url()).search).toBe("?from=bookmark");
  await page.getByText("Live", { exact: true }).waitFor();
  await axeCleanInBothThemes(page);
});
