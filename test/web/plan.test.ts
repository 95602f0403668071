import type { Locator } from "playwright-core";
import { expect, test } from "vitest";
import { api } from "../../src/contract/api.ts";
import { axeCleanInBothThemes, noSidewaysScroll, openApp } from "../support/browser.ts";
import { until } from "../support/canvas-page.ts";
import {
  deployButton,
  mayDeploy,
  openStory,
  shopDesign,
  withNode,
  withoutNode,
} from "../support/deploy-story.ts";
import { isAt } from "../support/keyboard-story.ts";
import { serving } from "../support/target.ts";

const app = openApp();
const claim = {
  id: "pvc",
  type: "persistentvolumeclaim",
  position: { x: 320, y: 160 },
  data: { name: "data", storage: "1Gi" },
};

test("6: a plan tells all, old and new, what is kept and which value it needs, and nothing of the layout", async () => {
  const story = await openStory(app, withNode(shopDesign(), claim));
  const { page, save, deployed, review, client, id } = story;
  await deployed();
  const secret = {
    id: "sec",
    type: "secret",
    position: { x: 640, y: 0 },
    data: { name: "keys", keys: [{ name: "TOKEN" }] },
  };
  const moved = shopDesign({ image: serving.second });
  for (const node of moved.nodes) node.position.x += 40;
  await save(withNode(moved, secret));
  await review();
  const sheet = page.getByRole("region", { name: "Review" });
  await sheet
    .getByRole("list", { name: "What changes in Deployment api" })
    .getByText(serving.second)
    .waitFor();
  expect(await sheet.getByRole("list", { name: "What changes in Deployment api" }).textContent()).toContain(
    serving.first,
  );
  await sheet.getByText("1 kept", { exact: true }).waitFor();
  expect(await sheet.getByText("position").count()).toBe(0);
  expect(await deployButton(page).getAttribute("aria-disabled")).toBe("true");
  await page.setViewportSize({ width: 320, height: 800 });
  await noSidewaysScroll(page);
  await axeCleanInBothThemes(page);
  await sheet.getByLabel("TOKEN of keys").fill("never shown");
  await mayDeploy(page);
  await deployButton(page).click();
  await page.getByText("v2 is live.").waitFor();
  const secrets = await client.call(api.listSecretValues, { params: { id } });
  expect(secrets.sec?.TOKEN).toMatchObject({ present: true });
  expect(await page.evaluate(`JSON.stringify({ ...localStorage, ...sessionStorage })`)).not.toContain(
    "never shown",
  );
});

test("7: a plan is binding: what moved since is marked, nothing is written, and a second press deploys", async () => {
  const { page, save, deployed, review, client, id, cluster, namespace } = await openStory(app, shopDesign());
  await deployed();
  await save(shopDesign({ image: serving.second }));
  await review();
  await page.getByText("1 update", { exact: true }).waitFor();
  const written = await cluster.writes();
  const path = `/apis/apps/v1/namespaces/${namespace}/deployments/api`;
  await cluster.api("PATCH", path, { spec: { replicas: 3 } }, "application/merge-patch+json");
  await deployButton(page).click();
  await page.getByText("Something moved since you looked at this plan").waitFor();
  expect((await client.call(api.listRuns, { params: { id } })).total).toBe(1);
  expect(await cluster.writes()).toEqual(written);
  const changes = page.getByRole("list", { name: "What changes in Deployment api" });
  const replicas = changes.getByRole("listitem").filter({ hasText: "has moved since" });
  await replicas.getByRole("button", { name: "Take it over" }).click();
  await replicas.getByRole("button", { name: "Take it over" }).waitFor({ state: "detached" });
  await mayDeploy(page);
  await deployButton(page).click();
  await page.getByText("v2 is live.").waitFor();
  expect(await cluster.find("apps/v1", "deployments", "api")).toMatchObject({ spec: { replicas: 1 } });
});

test("8: deletions change the button's words, a claim needs its name, and Enter held down deletes nothing", async () => {
  const { page, save, deployed, review, client, id } = await openStory(app, withNode(shopDesign(), claim));
  await deployed();
  await save(withoutNode(shopDesign(), "cfg"));
  await review();
  const sheet = page.getByRole("region", { name: "Review" });
  await sheet.getByRole("button", { name: "Deploy and delete 1 object" }).waitFor();
  await sheet.getByRole("button", { name: "Delete…" }).click();
  await sheet.getByRole("button", { name: "Deploy and delete 2 objects" }).waitFor();
  await mayDeploy(page);
  await deployButton(page).focus();
  for (let press = 0; press < 6; press += 1) await page.keyboard.down("Enter");
  await page.keyboard.up("Enter");
  expect((await client.call(api.listRuns, { params: { id } })).total).toBe(1);
  const dialog = page.getByRole("alertdialog");
  if ((await dialog.count()) === 0) await deployButton(page).click();
  await dialog.waitFor();
  await axeCleanInBothThemes(page);
  await dialog.getByLabel(/^Type data/).fill("data");
  await dialog.getByLabel(/workflow's name/).fill("checkout");
  await dialog.getByRole("button", { name: "Deploy and delete 2 objects" }).click();
  await page.getByText("v2 is live.").waitFor();
});

test("8, many: 25 deletions ask for the workflow's name; until it is right, not even Enter held down deletes any", async () => {
  const notes = Array.from({ length: 25 }, (_, index) => ({
    id: `note${index}`,
    type: "configmap",
    position: { x: 640 + 240 * (index % 5), y: 112 * Math.floor(index / 5) },
    data: { name: `note-${index}`, data: { TEXT: String(index) } },
  }));
  const story = await openStory(app, notes.reduce(withNode, shopDesign()));
  const { page, save, deployed, review, client, id, clusterName, namespace } = story;
  await deployed();
  await save(shopDesign());
  await review();
  const words = "Deploy and delete 25 objects";
  const hold = async (what: Locator) => {
    await what.focus();
    for (let press = 0; press < 7; press += 1) await page.keyboard.down("Enter");
    await page.keyboard.up("Enter");
    expect((await client.call(api.listRuns, { params: { id } })).total).toBe(1);
  };
  await page.getByRole("region", { name: "Review" }).getByRole("button", { name: words }).waitFor();
  await mayDeploy(page);
  await hold(deployButton(page));
  const dialog = page.getByRole("alertdialog");
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  await deployButton(page).click();
  const [cancel, act] = ["Cancel", words].map((name) => dialog.getByRole("button", { name }));
  if (!cancel || !act) throw new Error("Nothing is asked");
  await until(async () => expect(await isAt(cancel)).toBe(true));
  expect(await dialog.getByRole("listitem").count()).toBe(25);
  await hold(act);
  const name = dialog.getByLabel(/workflow's name/);
  await name.fill("check-out");
  expect(await act.getAttribute("aria-disabled")).toBe("true");
  await hold(act);
  await hold(name);
  await axeCleanInBothThemes(page);
  await name.fill("checkout");
  expect(await act.getAttribute("aria-disabled")).toBe(null);
  await hold(name);
  await act.click();
  await page.getByText("v2 is live.").waitFor();
  const body = { cluster: clusterName, namespace, version: 1 };
  const { counts } = await client.call(api.planWorkflow, { params: { id }, body });
  expect(counts).toMatchObject({ create: 25, delete: 0 });
  await axeCleanInBothThemes(page);
});

test("faults stand in place of the deploy button, and lead to where they are put right", async () => {
  const broken = shopDesign({ image: "" });
  const { page, review } = await openStory(app, broken);
  await review();
  const fix = page.getByRole("link", { name: /^Fix \d+ problem/ });
  await fix.waitFor();
  await page.getByRole("link", { name: "api · image" }).waitFor();
  expect(await deployButton(page).count()).toBe(0);
  await axeCleanInBothThemes(page);
  await fix.click();
  await page.waitForURL(/node=api/);
  const field = page.getByRole("complementary", { name: "Inspector" }).getByLabel("Image", { exact: true });
  await field.waitFor();
  await until(async () => expect(await field.evaluate((input) => input.matches(":focus"))).toBe(true));
});

test("archiving shows all that goes and what stays before anything is taken away", async () => {
  const story = await openStory(app, withNode(shopDesign(), claim));
  const { page, deployed, at, workflow } = story;
  // One that is not there yet is made, and is kept.
  const namespace = `${story.namespace}-made`;
  await deployed({ namespace });
  await page.goto(at("settings"));
  await page.getByRole("button", { name: "Archive…" }).click();
  await page.getByRole("button", { name: "Review what goes" }).click();
  const sheet = page.getByRole("region", { name: "Review" });
  await sheet.getByText("3 delete", { exact: true }).waitFor();
  await sheet.getByText("2 kept", { exact: true }).waitFor();
  await sheet.getByText("Claims and their data are kept.").waitFor();
  for (const name of ["api", "door", "settings", "data", namespace])
    await sheet.getByRole("heading", { name, exact: true }).waitFor();
  expect(await sheet.getByRole("button", { name: "Delete…" }).count()).toBe(0);
  await axeCleanInBothThemes(page);
  expect((await workflow()).status).toBe("published");
  await sheet.getByRole("button", { name: "Archive and delete 3 objects" }).click();
  const dialog = page.getByRole("alertdialog");
  await dialog.getByLabel(/workflow's name/).fill("checkout");
  await dialog.getByRole("button", { name: "Archive and delete 3 objects" }).click();
  await page.getByText("All of it was taken away.").waitFor();
  expect((await workflow()).status).toBe("archived");
});
