import { expect, test } from "vitest";
import { api } from "../../src/contract/api.ts";
import { toJsonText } from "../../src/core/json-text.ts";
import { newId } from "../../src/server/new-id.ts";
import { newRun } from "../support/new-run.ts";
import { shop, startTestApp } from "../support/test-app.ts";

const at = new Date().toISOString();

async function start() {
  const { storage, url, signUp } = await startTestApp();
  const { call, user } = await signUp();
  const { id } = await call(api.createWorkflow, { body: { name: "Shop", ...shop } });
  const deploy = async (intent: "deploy" | "undeploy" = "deploy") => {
    const run = { id: newId(), workflow_id: id, owner_id: user.id, started_at: at, intent };
    const row = await storage.runs.start(newRun(run), toJsonText(shop));
    const ending = { status: "completed", outcome: "succeeded", error: null, completed_at: at } as const;
    await storage.runs.finish(row, { ...ending, warnings: toJsonText<string[]>([]) });
  };
  const summary = async () => {
    const { workflows } = await call(api.listWorkflows, { query: { fields: "summary" } });
    const { nodes: _nodes, edges: _edges, ...whole } = await call(api.getWorkflow, { params: { id } });
    expect(workflows).toEqual([whole]);
    return whole;
  };
  const save = (body: object) => call(api.saveWorkflow, { params: { id }, body });
  return { storage, url, call, user, id, deploy, summary, save };
}

test("what the last run does, or did, is told with it", async () => {
  const { storage, deploy, summary, id, user } = await start();
  await deploy();
  expect(await summary()).toMatchObject({ last_run: { intent: "deploy", status: "completed" } });
  const run = { id: newId(), workflow_id: id, owner_id: user.id, started_at: at };
  await storage.runs.start(newRun({ ...run, intent: "undeploy" }), toJsonText(shop));
  expect(await summary()).toMatchObject({
    status: "archived",
    last_run: { intent: "undeploy", status: "running" },
  });
});

test("what differs from the deployed version is counted with each save", async () => {
  const { deploy, summary, save, user } = await start();
  expect(await summary()).toMatchObject({ saved_by: user.id });
  expect(await summary()).not.toHaveProperty("pending_changes");
  await deploy();
  expect(await summary()).toMatchObject({ deployed_version: 1, pending_changes: 0 });

  const [web, door] = shop.nodes;
  const changed = { ...web, data: { ...web?.data, image: "nginx:1.30" } };
  await save({ nodes: [changed, door] });
  expect(await summary()).toMatchObject({ pending_changes: 1 });
  await save({ nodes: [changed], edges: [] });
  expect(await summary()).toMatchObject({ pending_changes: 3 });
  await save({
    nodes: shop.nodes.map((node) => ({ ...node, position: { x: 80, y: 80 } })),
    edges: shop.edges,
  });
  expect(await summary()).toMatchObject({ pending_changes: 0 });
  await deploy("undeploy");
  expect(await summary()).not.toHaveProperty("pending_changes");
});

test("a workflow is as the worst of its nodes, whatever is saved meanwhile", async () => {
  const { storage, id, summary, save } = await start();
  expect(await summary()).not.toHaveProperty("health");
  await storage.nodeStatuses.save(id, "n1", { state: "healthy", message: "" });
  const counts = { healthy: 1, progressing: 0, degraded: 0, failing: 0, unknown: 0 };
  expect(await summary()).toMatchObject({ health: { word: "healthy", counts } });
  await storage.nodeStatuses.save(id, "n2", { state: "error", message: "" });
  expect(await summary()).toMatchObject({ health: { word: "failing", counts: { ...counts, failing: 1 } } });
  await save({ description: "Ours" });
  expect(await summary()).toMatchObject({ health: { word: "failing" } });
  await save({ nodes: shop.nodes.slice(0, 1), edges: [] });
  expect(await summary()).toMatchObject({ health: { word: "healthy", counts } });
});

test("anybody may ask what a server is and takes", async () => {
  const { url } = await start();
  const response = await fetch(`${url}/v1/api/meta`);
  expect(await response.json()).toEqual({
    version: expect.stringMatching(/^\d+\.\d+\.\d+/),
    limits: { nodes: 5_000, body_bytes: 5 * 1_048_576 },
    features: { builds: false, sandbox: false },
  });
});
