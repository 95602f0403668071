import { expect, test } from "vitest";
import { api } from "../../src/contract/api.ts";
import { eventually } from "../support/eventually.ts";
import { followLive, type Live } from "../support/live.ts";
import { prepareRun, withData } from "../support/run-story.ts";
import { shop, startTestApp } from "../support/test-app.ts";

async function begin() {
  const server = await startTestApp();
  const ada = await server.signUp("Ada");
  const { id } = await ada.call(api.createWorkflow, { body: { name: "Shop", ...shop } });
  const ask = (topics: string, token = ada.token) =>
    fetch(`${server.url}/v1/api/events?topics=${topics}`, { headers: { authorization: `Bearer ${token}` } });
  return { server, ada, id, params: { id }, ask };
}

const greeted = ({ names }: Live) => eventually(() => names().includes("hello"));
const isOrdered = ({ numbers }: Live) => {
  const all = numbers();
  return all.every((number, index) => index === 0 || number > (all[index - 1] ?? 0));
};

test("a stream begins with the time and the version, and needs no topics", async () => {
  const { server, ada } = await begin();
  const live = await followLive({ url: server.url, token: ada.token });
  await greeted(live);
  expect(live.heard[0]).toMatchObject({ name: "hello", data: { version: expect.any(String) } });
  expect(Math.abs(Date.parse(live.said("hello")[0]?.time ?? "") - Date.now())).toBeLessThan(60_000);
});

test("a save, a change and a deletion are told to who follows the workflow, and to nobody else", async () => {
  const { server, ada, id, params } = await begin();
  const live = await followLive({ url: server.url, token: ada.token, topics: `workflow:${id}` });
  const other = await followLive({ url: server.url, token: ada.token });
  await greeted(live);
  await greeted(other);
  const { workflow } = await ada.call(api.saveWorkflow, { params, body: { nodes: [], edges: [] } });
  await eventually(() => live.said("workflow.saved").length > 0);
  expect(live.said("workflow.saved")).toEqual([
    { workflow_id: id, revision: workflow.revision, by: ada.user.id },
  ]);
  await ada.call(api.updateWorkflow, { params, body: { name: "Shop 2", tags: ["a"] } });
  await eventually(() => live.said("workflow.changed").length > 0);
  await ada.call(api.deleteWorkflow, { params });
  await eventually(() => live.said("workflow.changed").length > 1);
  expect(live.said("workflow.changed")).toEqual([
    { workflow_id: id, name: "Shop 2", tags: ["a"] },
    { workflow_id: id, deleted: true },
  ]);
  expect(other.names()).toEqual(["hello"]);
  expect([live.faults(), isOrdered(live)]).toEqual([[], true]);
});

test("a run is told as it goes: its state to whose it is, its nodes and log to who follows it", async () => {
  const { server, client, params, start, ended, cluster } = await prepareRun();
  const asking = { url: server.url, token: client.token };
  const home = await followLive(asking);
  const page = await followLive({ ...asking, topics: `workflow:${params.id}` });
  await greeted(home);
  await greeted(page);
  const { run_id, version } = await start();
  const run = await followLive({ ...asking, topics: `run:${run_id}` });
  await ended(run_id);
  const isEnd = (live: Live) => live.said("run.state").some(({ status }) => status === "completed");
  await eventually(() => isEnd(home) && isEnd(page) && isEnd(run));
  const last = { workflow_id: params.id, run_id, version, status: "completed", outcome: "succeeded" };
  for (const live of [home, page, run]) {
    expect(live.said("run.state").at(-1)).toEqual({ ...last, done: 2, total: 2 });
    expect([live.faults(), isOrdered(live)]).toEqual([[], true]);
  }
  const nodes = new Map(run.said("run.node").map(({ node_id, state }) => [node_id, state]));
  expect([...nodes]).toEqual(
    expect.arrayContaining([
      ["web", "completed"],
      ["door", "completed"],
    ]),
  );
  const log = run.said("run.log");
  expect(log.map(({ seq }) => seq)).toEqual(log.map(({ seq }) => seq).toSorted((a, b) => a - b));
  expect(log.at(-1)).toMatchObject({ run_id, level: "info", text: "Workflow executed successfully" });
  expect(home.names()).not.toContain("run.log");
  await eventually(() => page.said("node.status").some(({ status }) => status.state === "healthy"));
  await cluster.api("DELETE", `/apis/apps/v1/namespaces/${cluster.namespace}/deployments/web`);
  await eventually(() => page.said("node.status").at(-1)?.status.state === "missing", 20_000);
});

test("a run that fails says so in its log and its state", async () => {
  const { server, client, design, save, start, ended, cluster } = await prepareRun();
  await save(withData(design, "web", { image: cluster.missingImage }));
  const { run_id } = await start();
  const run = await followLive({ url: server.url, token: client.token, topics: `run:${run_id}` });
  await ended(run_id);
  await eventually(() => run.said("run.state").some(({ status }) => status === "failed"));
  await eventually(() => run.said("run.log").some(({ level }) => level === "error"));
  expect(run.faults()).toEqual([]);
});

test("who comes back with other topics hears what was missed, once, and of the new topics how they stand", async () => {
  const { server, ada, id, params } = await begin();
  const asking = { url: server.url, token: ada.token };
  const { id: second } = await ada.call(api.createWorkflow, { body: { name: "Second", ...shop } });
  const before = await followLive({ ...asking, topics: `workflow:${id}` });
  await greeted(before);
  const [drawn] = shop.nodes as [(typeof shop.nodes)[number]];
  const save = (name: string, of = params) =>
    ada.call(api.saveWorkflow, { params: of, body: { nodes: [{ ...drawn, id: name }], edges: [] } });
  await save("a");
  await eventually(() => before.said("workflow.saved").length === 1);
  const lastId = before.lastId();
  const after = await followLive({
    ...asking,
    topics: `workflow:${id},workflow:${second}`,
    lastId,
  });
  await greeted(after);
  await save("b");
  await save("c", { id: second });
  await eventually(() => after.said("workflow.saved").length === 2);
  before.leave();
  expect(after.said("workflow.saved").map(({ revision }) => revision)).toEqual([3, 2]);
  expect(after.said("gap")).toEqual([{ topics: [`workflow:${second}`] }]);

  const again = await followLive({ ...asking, topics: `workflow:${id}`, lastId });
  await eventually(() => again.said("workflow.saved").length === 1);
  expect(again.said("workflow.saved")[0]?.revision).toBe(3);
  expect([again.names(), isOrdered(again)]).toEqual([["hello", "workflow.saved"], true]);
});

test("after a restart a reader is told of the gap, and how its nodes and runs stand", async () => {
  const { server, client, params, start, ended } = await prepareRun();
  const asking = { url: server.url, token: client.token, topics: `workflow:${params.id}` };
  const before = await followLive(asking);
  const { run_id } = await start();
  await ended(run_id);
  const statuses = () => new Map(before.said("node.status").map(({ node_id, status }) => [node_id, status]));
  // The run may know that its pods are ready before their watch has told it.
  await eventually(() => {
    const [web, door] = ["web", "door"].map((node) => statuses().get(node)?.state);
    return web === "healthy" && door !== undefined && door !== "missing";
  });
  const known = statuses();
  const lastId = before.lastId();
  const next = await server.restart();
  await eventually(() => before.state.isOver);
  expect(before.heard.at(-1)).toMatchObject({ name: "closing", data: { retry_ms: expect.any(Number) } });

  const after = await followLive({ ...asking, url: next.url, lastId });
  await eventually(() => after.said("run.state").length > 0 && after.said("node.status").length > 1);
  expect(after.said("gap")).toEqual([{ topics: ["me", `workflow:${params.id}`] }]);
  expect(after.said("node.status").slice(0, 2).toSorted(byNode)).toEqual(
    [...known].map(([node_id, status]) => ({ workflow_id: params.id, node_id, status })).toSorted(byNode),
  );
  expect(after.said("run.state").at(-1)).toMatchObject({ run_id, status: "completed", done: 2, total: 2 });
  expect(after.faults()).toEqual([]);
});

const byNode = (a: { node_id: string }, b: { node_id: string }) => a.node_id.localeCompare(b.node_id);

test("a session that ends says why, and its stream ends", async () => {
  const { server, ada } = await begin();
  const live = await followLive({ url: server.url, token: ada.token });
  await greeted(live);
  await ada.call(api.logOut, {});
  await eventually(() => live.state.isOver, 8_000);
  expect(live.heard.at(-1)).toMatchObject({ name: "session.ended", data: { reason: "signed_out" } });
});

const some = "0123456789abcdef01234567";

test.each(["workflow", "run", "resource"])(
  "Z01 I2 somebody else's %s is answered as what never was, among whatever topics",
  async (sort) => {
    const { server, ada, id, ask } = await begin();
    const eve = await server.signUp("Eve");
    const [foreign, missing] = [
      await ask(`me,${sort}:${id}`, eve.token),
      await ask(`${sort}:${some}`, eve.token),
    ];
    expect(foreign.status).toBe(404);
    const texts = [await foreign.text(), await missing.text()];
    expect(texts[0]).toBe(texts[1]);
    if (sort !== "workflow") return;
    const elsewhere = await fetch(`${server.url}/v1/api/workflows/${some}`, {
      headers: { authorization: `Bearer ${ada.token}` },
    });
    expect(texts[0]).toBe(await elsewhere.text());
  },
);

test.each([
  "you",
  "workflow",
  "workflow:",
  "workflow:x",
  "workflow:1,",
  "build:0123456789abcdef01234567",
  ",",
  "me;me",
])("the topics %j are refused, and it is said what is wrong", async (topics) => {
  const { ask } = await begin();
  const response = await ask(encodeURIComponent(topics));
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ details: [{ path: "/topics" }] });
});

test("sixteen topics are followed beside oneself, and seventeen are refused", async () => {
  const { server, ada, ask } = await begin();
  const ids: string[] = [];
  for (let count = 0; count < 17; count += 1)
    ids.push((await ada.call(api.createWorkflow, { body: { name: `W${count}` } })).id);
  const topics = ids.map((id) => `workflow:${id}`);
  const refused = await ask(topics.join());
  expect(refused.status).toBe(400);
  expect(await refused.json()).toMatchObject({ details: [{ path: "/topics" }] });
  await greeted(
    await followLive({
      url: server.url,
      token: ada.token,
      topics: ["me", ...topics.slice(1), topics[1]].join(),
    }),
  );
});
