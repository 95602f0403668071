import { expect, test } from "vitest";
import { api } from "../../src/contract/api.ts";
import { axeCleanInBothThemes, noSidewaysScroll, openApp } from "../support/browser.ts";
import { deployButton, openStory, shopDesign } from "../support/deploy-story.ts";
import { serving } from "../support/target.ts";

const app = openApp();
const never = { readinessProbe: { exec: { command: ["false"] }, periodSeconds: 1 } };

function stuck() {
  const design = shopDesign();
  const [server] = design.nodes;
  if (server) server.data = { ...server.data, env: { A: "1" }, ...never };
  return design;
}

test("9: a wrong tag fails with its reason in words, is put back, and leads to the field", async () => {
  const { page, save, deployed, review, workflow } = await openStory(app, shopDesign());
  await deployed();
  await save(shopDesign({ image: serving.missing, colour: "red" }));
  await review();
  await deployButton(page).click();
  await page.getByText("Rolled back. Live is v1 again.").waitFor();
  await page.getByText(`The registry has no tag does-not-exist of ${serving.repository}.`).first().waitFor();
  await page.getByText("Cause", { exact: true }).waitFor();
  await axeCleanInBothThemes(page);
  for (const tab of ["Timeline", "Log", "Plan", "Evidence"]) {
    await page.getByRole("tab", { name: tab }).click();
    await page.getByRole("tabpanel", { name: tab }).waitFor();
    await axeCleanInBothThemes(page);
  }
  await page.setViewportSize({ width: 320, height: 800 });
  await noSidewaysScroll(page);
  expect((await workflow()).deployed_version).toBe(1);
  await page.getByRole("tab", { name: "Progress" }).click();
  await page.getByRole("link", { name: "Fix image in draft" }).click();
  await page.waitForURL(/node=api/);
});

test("10: a run that is cancelled is put back, and another can start", async () => {
  const { page, save, deployed, review, client, id } = await openStory(app, shopDesign());
  await deployed();
  await save(stuck());
  await review();
  await deployButton(page).click();
  await page
    .getByText(/Settling/)
    .first()
    .waitFor();
  await page.getByRole("button", { name: "Cancel…" }).click();
  await page.getByRole("button", { name: "Stop and put back" }).click();
  await page.getByText("Cancelled. What it wrote was put back. Live is v1 again.").waitFor();
  const { runs } = await client.call(api.listRuns, { params: { id } });
  expect(runs[0]).toMatchObject({ status: "cancelled", outcome: "rolled_back" });
  await save(shopDesign());
  expect(await deployed()).toMatchObject({ outcome: "succeeded" });
  await page.goto(`/workflows/${id}/runs`);
  await page.getByText("Cancelled").waitFor();
  await axeCleanInBothThemes(page);
});
