import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { api } from "../../src/contract/api.ts";
import { type Sandbox, startSandbox } from "../../src/sandbox/sandbox.ts";
import { axeCleanInBothThemes, noSidewaysScroll, openApp, screenshot } from "../support/browser.ts";
import { freePort } from "../support/free-port.ts";

const app = openApp({ ALLOW_PRIVATE_NETWORKS: "true" });
let cluster: Sandbox;

beforeAll(async () => {
  cluster = await startSandbox();
  return () => cluster.stop();
});

const kubeconfig = (server: string, user: string) => `apiVersion: v1
kind: Config
current-context: prod-eu
clusters:
  - name: eu
    cluster: {server: "${server}", insecure-skip-tls-verify: true}
users:
  - name: ada
    user:
      ${user}
contexts:
  - name: prod-eu
    context: {cluster: eu, user: ada, namespace: default}
  - name: second
    context: {cluster: eu, user: ada}
`;

test("a cluster is added by its kubeconfig, once that is one to be trusted", async () => {
  const { page } = await app.signedIn();
  await page.goto("/clusters");
  const sandbox = page.getByRole("row").filter({ hasText: "sandbox" });
  await sandbox.getByText("Simulated").waitFor();
  await axeCleanInBothThemes(page);
  await inBothThemes(page, "clusters-list");

  await page.getByRole("link", { name: "Add cluster" }).click();
  const file = page.getByRole("textbox", { name: "Kubeconfig" });
  const refused = kubeconfig(cluster.server, "exec: {command: aws}");
  await file.fill(refused);
  await page.getByText("exec is not allowed in a kubeconfig (line 10)").waitFor();
  await page.getByRole("button", { name: "Add cluster" }).click();
  await page.getByText("exec is not allowed in a kubeconfig").first().waitFor();
  expect(await file.inputValue()).toBe(refused);
  await axeCleanInBothThemes(page);
  await inBothThemes(page, "clusters-refused");

  await file.fill(kubeconfig(cluster.server, `token: ${cluster.issue("ada")}`));
  await page.getByRole("radio", { name: /^prod-eu/ }).waitFor();
  expect(await page.getByLabel("Name", { exact: true }).inputValue()).toBe("prod-eu");
  await page.getByRole("button", { name: "Add cluster" }).click();
  await page.getByText("Connected", { exact: true }).waitFor();
  await page.getByText(/Kubernetes v\d/).waitFor();
  await axeCleanInBothThemes(page);

  await page.getByRole("link", { name: "Open cluster" }).click();
  await page.getByRole("heading", { level: 1, name: "prod-eu" }).waitFor();
  await page.getByRole("meter", { name: "Memory" }).waitFor({ state: "attached" });
  await axeCleanInBothThemes(page);
  await inBothThemes(page, "clusters-overview");
});

test("a cluster is shared, taken back and removed", async () => {
  await app.person("Bea");
  const { page, client } = await app.signedIn();
  const credentials = { kubeconfig: kubeconfig(cluster.server, `token: ${cluster.issue("ada")}`) };
  await client.call(api.addCluster, { body: { name: "prod-us", authType: "kubeconfig", credentials } });
  await page.goto("/clusters/prod-us");

  await page.getByRole("tab", { name: "Sharing" }).click();
  await page.getByLabel("E-mail").fill("bea@example.com");
  await page.getByRole("radio", { name: "May look and deploy" }).check();
  await page.getByLabel("Namespaces").fill("default, shop");
  await page.getByRole("button", { name: "Share", exact: true }).click();
  const bea = page.getByRole("row").filter({ hasText: "bea@example.com" });
  await bea.getByText("shop").waitFor();
  await axeCleanInBothThemes(page);
  await inBothThemes(page, "clusters-sharing");
  await bea.getByRole("button", { name: "Revoke" }).click();
  await page.getByRole("button", { name: "Revoke access" }).click();
  await page.getByText("Shared with nobody").waitFor();

  await page.getByRole("tab", { name: "Activity" }).click();
  await page.getByRole("cell", { name: "Access taken away" }).waitFor();
  await axeCleanInBothThemes(page);

  await page.getByRole("tab", { name: "Settings" }).click();
  await axeCleanInBothThemes(page);
  await inBothThemes(page, "clusters-settings");
  await page.getByRole("button", { name: "Remove cluster…" }).click();
  await page.keyboard.press("Enter");
  await page.getByRole("alertdialog").waitFor({ state: "hidden" });
  await page.getByRole("button", { name: "Remove cluster…" }).click();
  await page.getByRole("button", { name: "Remove cluster", exact: true }).click();
  await page.getByRole("heading", { level: 1, name: "Clusters" }).waitFor();
  await page.getByRole("link", { name: "prod-us" }).waitFor({ state: "detached" });
});

test("a cluster that does not answer is kept with the reason, and all of it fits a phone", async () => {
  const { page } = await app.signedIn("Cid", { viewport: { width: 320, height: 700 } });
  const nowhere = `https://127.0.0.1:${await freePort()}`;
  await page.goto("/clusters/new");
  await page.getByRole("tab", { name: "Token", exact: true }).click();
  await page.getByRole("button", { name: "Add cluster" }).click();
  await page.getByText("This is needed").nth(2).waitFor();
  await page.getByLabel("Server").fill(nowhere);
  await page.getByRole("textbox", { name: "Token" }).fill("not-a-real-one");
  await page.getByLabel("Name", { exact: true }).fill("away");
  await noSidewaysScroll(page);
  await page.getByRole("button", { name: "Add cluster" }).click();
  await page.getByText("Added, but it does not answer").waitFor();
  await noSidewaysScroll(page);
  await axeCleanInBothThemes(page);
  await screenshot(page, "clusters-away");
  await page.getByRole("link", { name: "Edit" }).click();
  await page.getByRole("tab", { name: "Settings", selected: true }).waitFor();
  expect(await page.getByLabel("Server").inputValue()).toBe(nowhere);
  for (const tab of ["Overview", "Activity", "Metrics", "Sharing", "Settings"]) {
    await page.getByRole("tab", { name: tab }).click();
    await page.getByRole("tabpanel").locator("section").first().waitFor();
    await noSidewaysScroll(page);
  }
  await page.goto("/clusters");
  await page.getByRole("link", { name: "away" }).waitFor();
  await noSidewaysScroll(page);
  await axeCleanInBothThemes(page);
  await screenshot(page, "clusters-list-320");
});

/** For people to look at. */
async function inBothThemes(page: Page, name: string): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await screenshot(page, `${name}-${colorScheme}`);
  }
}
