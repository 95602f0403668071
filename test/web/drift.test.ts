import { expect, test } from "vitest";
import { api } from "../../src/contract/api.ts";
import { axeCleanInBothThemes, openApp } from "../support/browser.ts";
import { shopDesign } from "../support/deploy-story.ts";
import { eventually } from "../support/eventually.ts";
import { prepareObserving } from "../support/observe-story.ts";
import { runEnded, withData } from "../support/run-story.ts";

const app = openApp({ SANDBOX: "off" });

test("21: what was changed past the drawing is told with who and when; one is adopted, the other put back", async () => {
  const { cluster, client, name, namespace, apps } = await prepareObserving(app);
  const { image } = cluster.program("web");
  const { id } = await client.call(api.createWorkflow, {
    body: { name: "checkout", ...withData(shopDesign(), "api", { image }) },
  });
  const params = { id };
  const { run_id } = await client.call(api.runWorkflow, { params, body: { cluster: name, namespace } });
  expect(await runEnded(client, params, run_id)).toMatchObject({ outcome: "succeeded" });
  const other = `${image}-other`;
  const containers = [{ name: "api", image: other }];
  await cluster.api(
    "PATCH",
    `${apps}/deployments/api`,
    { spec: { replicas: 3, template: { spec: { containers } } } },
    "application/strategic-merge-patch+json",
  );

  const { page } = await app.signedIn();
  await page.goto(`/workflows/${id}?node=api&panel=live`);
  const drift = page.getByRole("region", { name: "Drift" });
  await drift.getByText("2 fields differ from v1").waitFor();
  expect(await drift.getByText("Changed by").count()).toBe(2);
  expect(await drift.locator("time[datetime]").count()).toBeGreaterThanOrEqual(2);
  await axeCleanInBothThemes(page);

  await drift.getByRole("button", { name: "Adopt replicas of api" }).click();
  await page.getByText("The draft has replicas of api as the cluster has it", { exact: true }).waitFor();
  await drift.getByRole("button", { name: /^Put back .*image of api$/ }).click();
  await page.getByText(/^The next deploy puts .*image of api back$/).waitFor();
  await eventually(async () => {
    const { nodes } = await client.call(api.getWorkflow, { params });
    const data = nodes.find((node) => node.id === "api")?.data;
    return data?.replicas === 3 && data.image === image;
  });

  await page.goto(`/workflows/${id}/plan?namespace=${namespace}`);
  const changes = page.getByRole("list", { name: "What changes in Deployment api" });
  await changes.getByText(other).waitFor();
  expect(await changes.textContent()).not.toContain("replicas");
  await axeCleanInBothThemes(page);
});
