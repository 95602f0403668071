import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { onTestFinished, test } from "vitest";
import { api } from "../../src/contract/api.ts";
import type { Design } from "../../src/contract/design.ts";
import { startSandbox } from "../../src/sandbox/sandbox.ts";
import { openApp } from "../support/browser.ts";
import { deployButton, mayDeploy } from "../support/deploy-story.ts";
import { kubernetesClient } from "../support/kubernetes-client.ts";
import { runEnded, withData } from "../support/run-story.ts";

const app = openApp({ SANDBOX: "off" });
const place = { cluster: "production", namespace: "shop" };
const trigger_data = { secrets: { password: { POSTGRES_PASSWORD: "only for the picture" } } };

/** The pictures of the README: what somebody sees who deploys the sample, changes it, and takes it back. */
test("pictures", async () => {
  const { server, token, patch } = await startCluster();
  const { client, page } = await app.signedIn("Ada", { viewport: { width: 1360, height: 850 } });
  await client.call(api.addCluster, { body: { name: place.cluster, server, token, insecure: true } });
  const { id, nodes, edges } = await client.call(api.createWorkflow, {
    body: { name: "Shop", stack: "shop" },
  });
  const params = { id };
  const at = (where: string) => page.goto(`/workflows/${id}${where}`);
  const save = (body: Design) => client.call(api.saveWorkflow, { params, body });
  const first: Design = { nodes, edges };

  const { run_id } = await client.call(api.runWorkflow, { params, body: { ...place, trigger_data } });
  await runEnded(client, params, run_id);
  await at("");
  await page.locator("#card-front").getByText("2/2").waitFor();
  await taken(page, "canvas");
  await page.emulateMedia({ colorScheme: "dark" });
  await taken(page, "canvas-dark");
  await page.emulateMedia({ colorScheme: "light" });

  const second = withData(withData(first, "api", { replicas: 3, image: "busybox:1.38" }), "settings", {
    data: { GREETING: "Welcome back", CURRENCY: "EUR" },
  });
  await save(second);
  await at(`/plan?namespace=${place.namespace}`);
  await mayDeploy(page);
  await taken(page, "plan");
  await deployButton(page).click();
  await page.getByText("Settling").first().waitFor();
  await taken(page, "run");
  await page.getByText("v2 is live.").waitFor();
  await at("/compare?from=1&to=2");
  await page.getByText("changed", { exact: false }).first().waitFor();
  await taken(page, "compare");

  await save(withData(second, "front", { image: "busybox:does-not-exist" }));
  await at(`/plan?namespace=${place.namespace}`);
  await mayDeploy(page);
  await deployButton(page).click();
  await page.getByText("Rolled back. Live is v2 again.").waitFor();
  await taken(page, "rollback");

  await save(second);
  const path = "/apis/apps/v1/namespaces/shop/deployments/front";
  await patch(path, { spec: { replicas: 4 } });
  await at("?node=front&panel=live");
  await page.getByText(/differs? from v2/).waitFor();
  await taken(page, "drift");

  await client.call(api.syncResources, { body: {} });
  const query = { type: "Deployment", search: "api", limit: 100 };
  const { resources } = await client.call(api.listResources, { query });
  await page.goto(`/resources/${resources.find(({ name }) => name === "api")?.id}?tab=logs`);
  await page.locator("footer", { hasText: "kept" }).getByText("following").waitFor();
  await taken(page, "logs");
});

/** Slow enough that a run can be seen at it. */
async function startCluster() {
  const sandbox = await startSandbox({ pace: 0.3 });
  const token = sandbox.issue("pictures");
  const { server } = sandbox;
  const client = kubernetesClient({ server, token });
  onTestFinished(async () => {
    await client.close();
    await sandbox.stop();
  });
  return {
    server,
    token,
    patch: (path: string, body: object) => client.api("PATCH", path, body, "application/merge-patch+json"),
  };
}

async function taken(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: /^Notifications/ }).waitFor();
  await page.evaluate("document.fonts.ready");
  await page.screenshot({
    path: fileURLToPath(new URL(`../../docs/pictures/${name}.png`, import.meta.url)),
    animations: "disabled",
    // What has just been said would hide what the picture is of.
    style: '[aria-label^="Notifications ("] { visibility: hidden }',
  });
}
