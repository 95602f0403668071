import { expect, test } from "vitest";
import { api } from "../../src/contract/api.ts";
import { axeCleanInBothThemes, noSidewaysScroll, openApp } from "../support/browser.ts";
import { openStory, shopDesign, withNode } from "../support/deploy-story.ts";
import { serving } from "../support/target.ts";

const app = openApp();
const extra = {
  id: "new",
  type: "configmap",
  position: { x: 640, y: 0 },
  data: { name: "extra", data: { A: "1" } },
};

test("20: versions are compared, and one node restored edits that alone and asks no cluster", async () => {
  const story = await openStory(app, shopDesign());
  const { page, save, deployed, at, workflow, client, id } = story;
  await deployed();
  const next = withNode(shopDesign({ image: serving.second, colour: "red" }), extra);
  await save(next);
  await deployed();
  await page.goto(`${at("compare")}?from=1&to=2`);
  await page.getByText("1 added, 2 changed", { exact: true }).waitFor();
  await axeCleanInBothThemes(page);
  await page.keyboard.press("n");
  await page.waitForURL(/at=api/);
  await page.getByRole("button", { name: "Restore this node, api" }).click();
  await page.getByText("api is what it was in v1").first().waitFor();
  const { nodes } = await workflow();
  const of = (node: string) => nodes.find((each) => each.id === node)?.data;
  expect(of("api")).toMatchObject({ image: serving.first });
  expect(of("cfg")).toMatchObject({ data: { COLOUR: "red" } });
  expect((await client.call(api.listRuns, { params: { id } })).total).toBe(2);
  await page.setViewportSize({ width: 320, height: 800 });
  await noSidewaysScroll(page);
});

test("a version is saved with a name, found in the list, and rolled back to by a plan", async () => {
  const { page, save, deployed, at, workflow } = await openStory(app, shopDesign());
  await deployed();
  await save(shopDesign({ image: serving.second }));
  await deployed();
  await page.goto(at("versions"));
  await page.getByRole("button", { name: "Save version" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("Before the feast");
  await axeCleanInBothThemes(page);
  await page.getByRole("dialog").getByRole("button", { name: "Save version" }).click();
  await page.getByText("v3 · Before the feast").waitFor();
  await axeCleanInBothThemes(page);
  await page.getByRole("link", { name: "Roll back to v1" }).click();
  const sheet = page.getByRole("region", { name: "Review" });
  await sheet.getByText(serving.first).waitFor();
  expect(new URL(page.url()).searchParams.get("version")).toBe("1");
  await sheet.getByRole("button", { name: /^Deploy/ }).click();
  await page.getByText("v4 is live.").waitFor();
  expect((await workflow()).nodes.find(({ id }) => id === "api")?.data.image).toBe(serving.second);
});
