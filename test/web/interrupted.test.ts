import { expect, test } from "vitest";
import { api } from "../../src/contract/api.ts";
import { axeCleanInBothThemes } from "../support/browser.ts";
import { shopDesign } from "../support/deploy-story.ts";
import { openLastingApp, prepareObserving } from "../support/observe-story.ts";
import { withData } from "../support/run-story.ts";

const { app, restart } = await openLastingApp();
const never = { readinessProbe: { exec: { command: ["false"] }, periodSeconds: 1 } };

test("11: a server that dies in the midst of a run goes on with it, and its page tells each line once", async () => {
  const { cluster, client, name, namespace } = await prepareObserving(app);
  const design = withData(shopDesign(), "api", { ...cluster.program("web"), ...never });
  const { id } = await client.call(api.createWorkflow, { body: { name: "checkout", ...design } });
  const body = { cluster: name, namespace, timeout_seconds: 30 };
  const { run_id } = await client.call(api.runWorkflow, { params: { id }, body });
  const { page } = await app.signedIn();
  await page.goto(`/workflows/${id}/runs/${run_id}?tab=log`);
  const lines = page.getByRole("log", { name: "Log of the run" }).locator("[data-seq]");
  await lines.first().waitFor();
  await page.evaluate("window.isSamePage = true");

  await app.server.kill();
  await page.getByText("The server is coming back; the run goes on").waitFor();
  await restart();
  await page.getByText("Rolled back. Nothing is deployed.").waitFor({ timeout: 60_000 });
  expect(await page.evaluate("window.isSamePage")).toBe(true);

  const { log, outcome } = await client.call(api.getRun, { params: { id, runId: run_id } });
  expect(outcome).toBe("rolled_back");
  const shown = await page.evaluate<string[]>(
    "[...document.querySelectorAll('[data-seq]')].map((line) => line.dataset.seq)",
  );
  expect(shown).toEqual(log.map(({ seq }) => String(seq)));
  await axeCleanInBothThemes(page);
});
