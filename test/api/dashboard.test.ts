import { expect, test } from "vitest";
import { api } from "../../src/contract/api.ts";
import { toJsonText } from "../../src/core/json-text.ts";
import { newId } from "../../src/server/new-id.ts";
import { newRun } from "../support/new-run.ts";
import { shop, startTestApp } from "../support/test-app.ts";

const then = new Date("2026-04-30T20:00:00.000Z");
const now = new Date("2026-05-01T04:00:00.000Z");

async function start() {
  let at = then;
  const server = await startTestApp({ now: () => at });
  const ada = await server.signUp("Ada");
  const eve = await server.signUp("Eve");
  /** A run as it is stored, ended at that moment. */
  const run = async (workflow_id: string, owner_id: string, status: "completed" | "failed") => {
    const given = { id: newId(), workflow_id, owner_id, started_at: at.toISOString() };
    const row = await server.storage.runs.start(newRun(given), toJsonText(shop));
    await server.storage.runs.finish(row, {
      ...{ status, outcome: status === "completed" ? "succeeded" : "rolled_back" },
      ...{ error: null, warnings: toJsonText<string[]>([]), completed_at: at.toISOString() },
    });
  };
  const draw = async (by: typeof ada, name: string) =>
    (await by.call(api.createWorkflow, { body: { name, ...shop } })).id;
  const moveTo = (next: Date) => {
    at = next;
  };
  return { ...server, ada, eve, run, draw, moveTo };
}

const nothing = { change: 0, trend: "neutral", raw: 0 };

test("a newcomer's dashboard counts nothing, whatever others have", async () => {
  const { ada, eve, draw, run } = await start();
  await run(await draw(ada, "Shop"), ada.user.id, "completed");
  expect(await eve.call(api.getDashboardStats, {})).toEqual({
    total_workflows: { value: "0", ...nothing },
    published_workflows: { value: "0", ...nothing },
    total_runs: { value: "0", ...nothing },
    success_rate: { value: "0%", ...nothing },
  });
  expect(await eve.call(api.listRecentWorkflows, {})).toEqual({ workflows: [] });
});

test("what there is is counted, and compared with what there was when the month began", async () => {
  const { ada, draw, run, moveTo } = await start();
  const shopId = await draw(ada, "Shop");
  const { id: user } = ada.user;
  await draw(ada, "Draft");
  await run(shopId, user, "completed");
  moveTo(now);
  await run(shopId, user, "completed");
  await run(shopId, user, "failed");
  await run(await draw(ada, "New"), user, "failed");
  expect(await ada.call(api.getDashboardStats, {})).toEqual({
    total_workflows: { value: "3", change: 50, trend: "up", raw: 3 },
    published_workflows: { value: "2", change: 100, trend: "up", raw: 2 },
    total_runs: { value: "4", change: 300, trend: "up", raw: 4 },
    success_rate: { value: "50%", change: -50, trend: "down", raw: 50 },
  });
});

test("what is deleted counts no longer, nor what is no longer published", async () => {
  const { ada, draw, run } = await start();
  const [kept, gone] = [await draw(ada, "Kept"), await draw(ada, "Gone")];
  for (const id of [kept, gone, gone]) await run(id, ada.user.id, "completed");
  await ada.call(api.deleteWorkflow, { params: { id: gone } });
  await ada.call(api.updateWorkflow, { params: { id: kept }, body: { status: "draft" } });
  expect(await ada.call(api.getDashboardStats, {})).toMatchObject({
    total_workflows: { value: "1" },
    published_workflows: { value: "0" },
    total_runs: { value: "1" },
    success_rate: { value: "100%" },
  });
});

test("recent workflows are the last changed first, without their drawings", async () => {
  const { ada, draw, moveTo } = await start();
  const ids = [await draw(ada, "One"), await draw(ada, "Two"), await draw(ada, "Three")];
  moveTo(now);
  await ada.call(api.saveWorkflow, { params: { id: ids[0] ?? "" }, body: { edges: [] } });
  const { workflows } = await ada.call(api.listRecentWorkflows, { query: { limit: 2 } });
  expect(workflows.map(({ name }) => name)).toEqual(["One", "Three"]);
  expect(workflows[0]).toMatchObject({ node_count: 2, status: "draft", revision: 2 });
  expect(workflows[0]).not.toHaveProperty("nodes");
  expect((await ada.call(api.listRecentWorkflows, {})).workflows).toHaveLength(3);
});

test.each(["0", "21", "-1", "1.5", "x"])("limit %s of recent workflows is refused", async (limit) => {
  const { url, ada } = await start();
  const response = await fetch(`${url}/v1/api/dashboard/recent-workflows?limit=${limit}`, {
    headers: { authorization: `Bearer ${ada.token}` },
  });
  expect(response.status).toBe(400);
});
