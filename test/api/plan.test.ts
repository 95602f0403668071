import { expect, test } from "vitest";
import { api } from "../../src/contract/api.ts";
import type { Plan } from "../../src/contract/plan.ts";
import { refused } from "../support/refusals.ts";
import { prepareRun, withData } from "../support/run-story.ts";

const actions = ({ nodes }: Plan) =>
  Object.fromEntries(nodes.map(({ node_id, action }) => [node_id, action]));

test("a plan says what a run will make, in which order, and writes nothing", async () => {
  const { plan, cluster } = await prepareRun();
  const first = await plan();
  expect(actions(first)).toEqual({ web: "create", door: "create" });
  expect(first).toMatchObject({
    ...{ intent: "deploy", cluster: "prod", namespace: cluster.namespace, removed: [], restarts: [] },
    ...{ counts: { create: 2, update: 0, delete: 0, keep: 0, none: 0 }, confirm: { level: 0 } },
  });
  expect(first.order.toSorted()).toEqual(["door", "web"]);
  expect((await plan()).plan_hash).toBe(first.plan_hash);
  expect(await cluster.writes()).toEqual([]);
});

test("a namespace that does not exist is in the plan, with what would be in it", async () => {
  const { plan, cluster } = await prepareRun();
  const namespace = `${cluster.namespace}-new`;
  const planned = await plan({ namespace });
  expect(planned).toMatchObject({ namespaces: [namespace], counts: { create: 2 } });
});

test("what was deployed is planned as it is, and a change by its field, with who restarts", async () => {
  const { plan, start, ended, save, design } = await prepareRun();
  await ended((await start()).run_id);
  const same = await plan();
  expect(actions(same)).toEqual({ web: "none", door: "none" });

  await save(withData(design, "web", { env: { COLOUR: "blue" } }));
  const changed = await plan();
  expect(actions(changed)).toEqual({ web: "update", door: "none" });
  const [web] = changed.nodes.find(({ node_id }) => node_id === "web")?.objects ?? [];
  expect(web?.fields).toEqual([
    {
      path: "/spec/template/spec/containers/0/env",
      to: [{ name: "COLOUR", value: "blue" }],
    },
  ]);
  expect(changed.restarts).toEqual([{ node_id: "web", pods: 1, how: "rolling" }]);
  expect(changed.confirm.level).toBe(1);
});

test("a run bound to a plan writes what the plan says, and a second one nothing", async () => {
  const { plan, start, ended, cluster } = await prepareRun();
  const { plan_hash } = await plan();
  const run = await ended((await start({ plan_hash })).run_id);
  expect(run).toMatchObject({ status: "completed", outcome: "succeeded", plan_hash });
  const written = await cluster.writes();
  expect(written.map(({ path }) => path.split("?")[0]?.split("/").at(-1)).toSorted()).toEqual([
    "door",
    "web",
  ]);

  const again = await plan();
  expect(again.counts).toMatchObject({ create: 0, update: 0, delete: 0, none: 2 });
  await ended((await start({ plan_hash: again.plan_hash })).run_id);
  expect(await cluster.writes()).toHaveLength(written.length);
});

test("a live field that moved after the plan is 409, and nothing is written", async () => {
  const { plan, start, ended, save, design, client, params, cluster } = await prepareRun();
  await ended((await start()).run_id);
  await save(withData(design, "web", { env: { COLOUR: "blue" } }));
  const { plan_hash } = await plan();
  const path = `/apis/apps/v1/namespaces/${cluster.namespace}/deployments/web?fieldManager=somebody`;
  const moved = { spec: { minReadySeconds: 1 } };
  await cluster.api("PATCH", path, moved, "application/merge-patch+json");
  const before = (await cluster.writes()).length;
  const sentence = "The design or the cluster has changed since this plan was made: make a new one";
  await expect(start({ plan_hash })).rejects.toMatchObject(refused(409, sentence));
  expect((await cluster.writes()).length).toBe(before);
  const { runs } = await client.call(api.listRuns, { params });
  expect(runs).toHaveLength(1);
});

test("a drawing that moved after the plan is 409", async () => {
  const { plan, start, save, design, cluster } = await prepareRun();
  const { plan_hash } = await plan();
  await save(withData(design, "door", { port: 81 }));
  await expect(start({ plan_hash })).rejects.toMatchObject(refused(409));
  expect(await cluster.writes()).toEqual([]);
});

test("values are named in a plan, masked, and given to the run bound to it", async () => {
  const { plan, start, ended, save, design } = await prepareRun();
  const data = { name: "keys", keys: [{ id: "k", name: "PASSWORD" }] };
  const keys = { id: "keys", type: "secret", position: { x: 0, y: 0 }, data };
  await save({ ...design, nodes: [...design.nodes, keys] });
  const lacking = await plan();
  expect(lacking.nodes.find(({ node_id }) => node_id === "keys")?.needs_values).toEqual(["PASSWORD"]);

  const { plan_hash } = await plan({ secrets: { keys: ["PASSWORD"] } });
  const given = { plan_hash, trigger_data: { secrets: { keys: { PASSWORD: "canary-in-plan" } } } };
  expect(await ended((await start(given)).run_id)).toMatchObject({ outcome: "succeeded" });
  const next = await plan({ secrets: { keys: ["PASSWORD"] } });
  expect(next.nodes.find(({ node_id }) => node_id === "keys")?.action).toBe("update");
  expect(JSON.stringify(next)).not.toContain("canary-in-plan");
  expect(JSON.stringify(next)).not.toContain(btoa("canary-in-plan"));
});

test("a contested field is told with its owner, and taken or left as people choose", async () => {
  const { plan, start, ended, save, design, live, cluster } = await prepareRun();
  await ended((await start()).run_id);
  const path = `/apis/apps/v1/namespaces/${cluster.namespace}/deployments/web`;
  const meta = { apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "web" } };
  const by = `${path}?fieldManager=somebody&force=true`;
  await cluster.api("PATCH", by, { ...meta, spec: { replicas: 2 } }, "application/apply-patch+yaml");
  const contested = await plan();
  const [web] = contested.nodes.find(({ node_id }) => node_id === "web")?.objects ?? [];
  expect(web?.fields).toMatchObject([
    { path: "/spec/replicas", from: 2, to: 1, contested: true, owner: { manager: "somebody" } },
  ]);

  await save(withData(design, "web", { ownership: { "/spec/replicas": "leave" } }));
  expect(await ended((await start()).run_id)).toMatchObject({ outcome: "succeeded" });
  expect((await live("apps/v1", "deployments", "web"))?.spec).toMatchObject({ replicas: 2 });

  await save(withData(design, "web", { ownership: { "/spec/replicas": "take" } }));
  expect(await ended((await start()).run_id)).toMatchObject({ outcome: "succeeded" });
  expect((await live("apps/v1", "deployments", "web"))?.spec).toMatchObject({ replicas: 1 });
});

test("an older version is deployed without touching the draft", async () => {
  const { plan, start, ended, save, design, live, client, params } = await prepareRun();
  await ended((await start()).run_id);
  await save(withData(design, "door", { port: 81 }));
  await ended((await start()).run_id);
  const back = await plan({ version: 1 });
  expect(back).toMatchObject({ version: 1, counts: { update: 1, none: 1 } });
  const run = await ended((await start({ version: 1, plan_hash: back.plan_hash })).run_id);
  expect(run).toMatchObject({ outcome: "succeeded", version: 3 });
  expect((await live("v1", "services", "door"))?.spec).toMatchObject({ ports: [{ port: 80 }] });
  const { nodes } = await client.call(api.getWorkflow, { params });
  expect(nodes.find(({ id }) => id === "door")?.data).toMatchObject({ port: 81 });
  await expect(plan({ version: 9 })).rejects.toMatchObject(refused(404, "Version not found"));
});
