import { expect, onTestFinished, test } from "vitest";
import { api } from "../../src/contract/api.ts";
import { axeCleanInBothThemes, noSidewaysScroll, screenshot } from "../support/browser.ts";
import { openLastingApp, prepareObserving } from "../support/observe-story.ts";

const { app } = await openLastingApp();

/** Many objects of which only some are in view, and a Deployment in a namespace of its own. */
async function prepareMany() {
  const story = await prepareObserving(app);
  const { cluster, core, namespace, name } = story;
  const far = `${namespace}-zz`;
  await cluster.api("POST", "/api/v1/namespaces", { metadata: { name: far } });
  onTestFinished(() => cluster.ask("DELETE", `/api/v1/namespaces/${far}`).then(() => undefined));
  const names = Array.from({ length: 130 }, (_, number) => `aa-${String(number).padStart(3, "0")}`);
  const make = (name: string) => cluster.api("POST", `${core}/configmaps`, { metadata: { name }, data: {} });
  await Promise.all(names.map(make));
  const labels = { app: "far-away" };
  const containers = [{ name: "main", ...cluster.program("web") }];
  const template = { metadata: { labels }, spec: { containers } };
  await cluster.api("POST", `/apis/apps/v1/namespaces/${far}/deployments`, {
    metadata: { name: "far-away", labels },
    spec: { replicas: 1, selector: { matchLabels: labels }, template },
  });
  await story.sync();
  return { ...story, far, name };
}

test("22: a namespace on no visible page is chosen, a Deployment in it opened, and back is where one was", async () => {
  const { name, far, client } = await prepareMany();
  const { page } = await app.signedIn();
  await page.goto(`/resources?cluster=${name}`);
  await page.getByRole("link", { name: "aa-000", exact: true }).waitFor();
  expect(await page.getByRole("link", { name: "far-away", exact: true }).count()).toBe(0);
  const { total } = await client.call(api.listResources, { query: { cluster: name, hideSystem: true } });
  await page.getByText(`${total} matches`).waitFor();

  await page.getByRole("link", { name: "aa-000", exact: true }).focus();
  for (let row = 0; row < 60; row += 1) await page.keyboard.press("j");
  await page.getByRole("link", { name: "aa-060", exact: true }).waitFor();
  await page.waitForURL(({ searchParams }) => Number(searchParams.get("at")) > 45);
  await page.getByRole("link", { name: "aa-060", exact: true }).click();
  await page.getByRole("heading", { name: "aa-060", level: 1 }).waitFor();
  await page.goBack();
  await page.getByRole("link", { name: "aa-060", exact: true }).waitFor();
  expect(await page.getByRole("link", { name: "aa-000", exact: true }).count()).toBe(0);

  await page.getByLabel("Namespace", { exact: true }).selectOption(far);
  await page.getByRole("link", { name: "far-away", exact: true }).click();
  await page.getByRole("heading", { name: "far-away", level: 1 }).waitFor();
  for (const tab of ["Events", "Related", "YAML", "History", "Overview"]) {
    await page.getByRole("tab", { name: tab }).click();
    await page.getByRole("tabpanel", { name: tab }).waitFor();
    await axeCleanInBothThemes(page);
  }
  await page.setViewportSize({ width: 320, height: 800 });
  await noSidewaysScroll(page);
});

test("a star, a tag and notes are kept, and what has them is found by them", async () => {
  const { writing, name } = await prepareObserving(app);
  const id = await writing("web", 1_000);
  const { page } = await app.signedIn();
  await page.goto(`/resources/${id}`);
  await page.getByLabel("Add a tag").fill("mine");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Remove the tag mine" }).waitFor();
  await page.getByLabel("Notes").fill("Ask Ana first.");
  await page.getByRole("button", { name: "Keep notes" }).click();
  await page.getByRole("button", { name: "Keep notes" }).waitFor({ state: "detached" });
  await page.reload();
  expect(await page.getByLabel("Notes").inputValue()).toBe("Ask Ana first.");

  await page.goto(`/resources?cluster=${name}&kind=Deployment`);
  await page.getByRole("link", { name: "web", exact: true }).focus();
  await page.keyboard.press("s");
  await page.getByRole("button", { name: "Take the star from web" }).waitFor();
  await page.getByLabel("Tag").selectOption("mine");
  await page.getByRole("button", { name: "Starred" }).click();
  await page.getByText("1 match", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Clear 4 filters" }).click();
  await page.getByRole("button", { name: "Clear 4 filters" }).waitFor({ state: "detached" });

  await page.goto(`/resources?cluster=${name}`);
  await page.getByLabel("Group").selectOption("kind");
  const head = page.getByRole("button", { name: /^Deployment/ });
  await head.click();
  expect(await head.getAttribute("aria-expanded")).toBe("false");
  await screenshot(page, "resources-grouped");
  await axeCleanInBothThemes(page);
  await page.setViewportSize({ width: 320, height: 800 });
  await noSidewaysScroll(page);
  await axeCleanInBothThemes(page);
});

test("what is gone stays readable and says so", async () => {
  const { writing, cluster, apps, sync } = await prepareObserving(app);
  const id = await writing("web", 1_000);
  await cluster.api("DELETE", `${apps}/deployments/web`);
  await sync();
  const { page } = await app.signedIn();
  await page.goto(`/resources/${id}`);
  await page.getByText("Gone from the cluster").waitFor();
  expect(await page.getByRole("tab", { name: "Logs" }).count()).toBe(0);
  await page.getByRole("tab", { name: "History" }).click();
  await page.getByRole("listitem").filter({ hasText: "Gone" }).first().waitFor();
  await axeCleanInBothThemes(page);
});
