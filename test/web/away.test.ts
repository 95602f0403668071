import type { Locator, Page } from "playwright-core";
import { expect, test } from "vitest";
import { api } from "../../src/contract/api.ts";
import { axeCleanInBothThemes, noSidewaysScroll, openApp, screenshot } from "../support/browser.ts";
import { until } from "../support/canvas-page.ts";
import { deployButton, openStoryBehindGateway, shopDesign } from "../support/deploy-story.ts";
import { runEnded } from "../support/run-story.ts";

const app = openApp();
/** A server looks at a cluster once a minute. */
const noticed = { timeout: 120_000 };

const card = (page: Page, id: string): Locator => page.locator(`#card-${id}`);
const isCalled = (what: Locator, words: RegExp) =>
  expect.poll(() => what.getAttribute("aria-label"), { timeout: 60_000 }).toMatch(words);

test("15: of a cluster that is away all is unknown, the rest goes on, and it comes back by itself", async () => {
  const story = await openStoryBehindGateway(app, shopDesign());
  const { page, client, id, deployed, review, clusterName, gateway, workflow } = story;
  expect(await deployed()).toMatchObject({ outcome: "succeeded" });
  await client.call(api.syncResources, { body: { cluster: clusterName } });
  const [other, lists, reviewed] = [await newTab(page), await newTab(page), page];
  const editor = await newTab(page);
  await editor.goto(`/workflows/${id}`);
  await isCalled(card(editor, "api"), /, healthy/);

  gateway.leave();
  await editor.getByText(`${clusterName} has not answered since`).waitFor(noticed);
  await isCalled(card(editor, "api"), /, unknown since /);
  await axeCleanInBothThemes(editor);
  await screenshot(editor, "away-canvas");

  // What is drawn meanwhile is saved.
  await editor.locator("[data-canvas]").focus();
  await editor.keyboard.press("a");
  await editor.getByRole("combobox", { name: "Kind of node" }).fill("secret keys");
  await editor.keyboard.press("Enter");
  await until(async () => expect((await workflow()).nodes.map(({ type }) => type)).toContain("secret"));

  // Another cluster is as live as ever.
  const elsewhere = await client.call(api.createWorkflow, { body: { name: "elsewhere", ...shopDesign() } });
  const params = { id: elsewhere.id };
  await other.goto(`/workflows/${elsewhere.id}`);
  const { run_id } = await client.call(api.runWorkflow, { params, body: { cluster: "sandbox" } });
  await isCalled(card(other, "api"), /, healthy/);
  expect(await runEnded(client, params, run_id)).toMatchObject({ outcome: "succeeded" });

  for (const [path, row] of [
    ["/workflows", "checkout"],
    ["/clusters", clusterName],
    [`/resources?cluster=${clusterName}&kind=Deployment`, "api"],
  ] as const) {
    await lists.goto(path);
    await lists
      .getByRole("row")
      .filter({ has: lists.getByRole("link", { name: row, exact: true }) })
      .getByText(/Unknown since/)
      .waitFor();
    await axeCleanInBothThemes(lists);
  }

  await review();
  await reviewed.getByText("What a deploy would change cannot be checked").waitFor();
  expect(await deployButton(reviewed).count()).toBe(0);
  // What is deployed is not called otherwise because it cannot be checked.
  expect(await card(reviewed, "api").getAttribute("aria-label")).not.toContain("not deployed");
  await axeCleanInBothThemes(reviewed);
  await screenshot(reviewed, "away-review");

  await gateway.comeBack();
  await deployButton(reviewed).waitFor(noticed);
  await isCalled(card(editor, "api"), /, healthy/);
  await editor.getByText(`${clusterName} has not answered since`).waitFor({ state: "detached" });
  await reviewed.setViewportSize({ width: 320, height: 800 });
  await noSidewaysScroll(reviewed);
}, 400_000);

const newTab = (page: Page): Promise<Page> => page.context().newPage();
