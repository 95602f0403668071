import { expect, test } from "vitest";
import { api } from "../../src/contract/api.ts";
import type { Design, DesignNode } from "../../src/contract/design.ts";
import { refused } from "../support/refusals.ts";
import { prepareRun } from "../support/run-story.ts";

const at = { position: { x: 0, y: 0 } };
const config = (id: string): DesignNode => ({
  ...at,
  id,
  type: "configmap",
  data: { name: id, data: { K: "v" } },
});
const claim: DesignNode = {
  ...at,
  id: "data",
  type: "persistentvolumeclaim",
  data: { name: "data", storage: "16Mi" },
};
const with_ = ({ nodes, edges }: Design, ...more: DesignNode[]): Design => ({
  nodes: [...nodes, ...more],
  edges,
});

test("what left the drawing is in the plan, goes with the run, and the run after has nothing to do", async () => {
  const { plan, start, ended, save, design, live } = await prepareRun();
  const rest = ["a", "b", "c", "d", "e"].map(config);
  await save(with_(design, ...rest, config("old")));
  await ended((await start()).run_id);
  await save(with_(design, ...rest));
  expect(await live("v1", "configmaps", "old")).toBeDefined();
  const planned = await plan();
  expect(planned.removed).toMatchObject([
    { kind: "ConfigMap", name: "old", action: "delete", reason: "No longer in the drawing" },
  ]);
  expect(planned.confirm).toEqual({ level: 1 });
  expect(await ended((await start()).run_id)).toMatchObject({ outcome: "succeeded" });
  expect(await live("v1", "configmaps", "old")).toBeUndefined();
  expect((await plan()).removed).toEqual([]);
});

test("claims and secrets with values are kept and let go of, unless they are named", async () => {
  const { plan, start, ended, save, design, live, cluster } = await prepareRun();
  const keys = { ...at, id: "keys", type: "secret", data: { name: "keys", keys: [{ id: "k", name: "P" }] } };
  await save(with_(design, claim, keys));
  await ended((await start({ trigger_data: { secrets: { keys: { P: "v" } } } })).run_id);
  await save(design);
  const kept = await plan();
  expect(kept.removed.map(({ kind, action }) => [kind, action])).toEqual([
    ["Secret", "keep"],
    ["PersistentVolumeClaim", "keep"],
  ]);
  const named = [`/PersistentVolumeClaim/${cluster.namespace}/data`];
  const bound = await plan({ delete: named });
  expect(bound.confirm).toEqual({ level: 3, name: "Shop" });
  await expect(start({ plan_hash: bound.plan_hash })).rejects.toMatchObject(refused(409));
  expect(await ended((await start({ plan_hash: bound.plan_hash, delete: named })).run_id)).toMatchObject({
    outcome: "succeeded",
  });
  expect(await live("v1", "persistentvolumeclaims", "data")).toBeUndefined();
  expect(await live("v1", "secrets", "keys")).toBeDefined();
  expect((await plan()).removed).toEqual([]);
});

test("many deletions need the plan they are in", async () => {
  const { plan, start, ended, save, design, live } = await prepareRun();
  await save(with_(design, config("a"), config("b")));
  await ended((await start()).run_id);
  await save(design);
  const { plan_hash, confirm } = await plan();
  expect(confirm.level).toBe(2);
  const run = await ended((await start()).run_id);
  expect(run).toMatchObject({ status: "failed", error: expect.stringContaining("run with its plan_hash") });
  expect(await live("v1", "configmaps", "a")).toBeDefined();
  await ended((await start({ plan_hash })).run_id);
  expect(await live("v1", "configmaps", "a")).toBeUndefined();
});

test("a renamed node is made under its new name before the old one goes", async () => {
  const { start, ended, save, design, live, cluster } = await prepareRun();
  await save(with_(design, config("a"), config("b"), config("c")));
  await ended((await start()).run_id);
  const renamed = { ...config("a"), data: { name: "anew", data: { K: "v" } } };
  await save(with_(design, renamed, config("b"), config("c")));
  await ended((await start()).run_id);
  expect(await live("v1", "configmaps", "a")).toBeUndefined();
  expect(await live("v1", "configmaps", "anew")).toBeDefined();
  const last = (await cluster.writes())
    .slice(-2)
    .map(({ method, path }) => [method, path.split("?")[0]?.split("/").at(-1)]);
  expect(last).toEqual([
    ["PATCH", "anew"],
    ["DELETE", "a"],
  ]);
});

test("what was there before, or was made anew by somebody else, is not deleted", async () => {
  const { plan, start, ended, save, design, live, cluster } = await prepareRun();
  const path = `/api/v1/namespaces/${cluster.namespace}/configmaps`;
  const make = (name: string) => cluster.api("POST", path, { metadata: { name }, data: { THEIRS: "1" } });
  await make("before");
  await save(with_(design, config("before"), config("anew"), config("c")));
  await ended((await start()).run_id);
  expect(await live("v1", "configmaps", "before")).toMatchObject({ data: { THEIRS: "1", K: "v" } });
  await cluster.api("DELETE", `${path}/anew`);
  await make("anew");
  await save(with_(design, config("c")));
  const { removed, plan_hash } = await plan();
  expect(removed).toMatchObject([
    { name: "before", action: "keep", reason: "It was there before this workflow" },
  ]);
  await ended((await start({ plan_hash })).run_id);
  expect(await live("v1", "configmaps", "before")).toBeDefined();
  expect(await live("v1", "configmaps", "anew")).toBeDefined();
});

test("two workflows do not take what the other has, and neither deletes it", async () => {
  const { start, ended, save, design, live, client, cluster } = await prepareRun();
  await save(with_(design, config("shared")));
  await ended((await start()).run_id);
  const other = await client.call(api.createWorkflow, {
    body: { name: "Other", nodes: [config("shared")], edges: [] },
  });
  const body = { cluster: "prod", namespace: cluster.namespace };
  await expect(client.call(api.planWorkflow, { params: { id: other.id }, body })).rejects.toMatchObject({
    status: 400,
    details: [{ node_id: "shared", message: expect.stringContaining("belongs to another workflow") }],
  });
  const before = await live("v1", "configmaps", "shared");
  const { run_id } = await client.call(api.runWorkflow, { params: { id: other.id }, body });
  expect(run_id).toBeDefined();
  const archived = await client
    .call(api.setWorkflowStatus, { params: { id: other.id }, body: { status: "archived" } })
    .catch(() => undefined);
  expect(archived?.run_id).toBeUndefined();
  expect(await live("v1", "configmaps", "shared")).toEqual(before);
});

test("archiving takes away what was deployed, and leaves claims and the namespace", async () => {
  const { start, ended, save, design, live, client, params, cluster, plan } = await prepareRun();
  await save(with_(design, claim));
  await ended((await start()).run_id);
  const planned = await plan({ intent: "undeploy" });
  expect(planned.counts).toMatchObject({ delete: 2, keep: 1 });
  const answer = await client.call(api.setWorkflowStatus, {
    params,
    body: { status: "archived", plan_hash: planned.plan_hash },
  });
  expect(answer).toMatchObject({ status: "archived", workflow: { status: "archived" } });
  const run = await ended(answer.run_id ?? "", 60_000);
  expect(run).toMatchObject({ status: "completed", outcome: "succeeded", intent: "undeploy" });
  expect(await live("apps/v1", "deployments", "web")).toBeUndefined();
  expect(await live("v1", "services", "door")).toBeUndefined();
  expect(await live("v1", "persistentvolumeclaims", "data")).toBeDefined();
  expect(await cluster.listOwn("apps/v1", "deployments")).toEqual([]);
  const workflow = await client.call(api.getWorkflow, { params });
  expect(workflow).not.toHaveProperty("deployed_version");
});

test("environment that an earlier run was given stays in use, run after run", async () => {
  const { start, ended, live } = await prepareRun();
  await ended((await start({ trigger_data: { envVars: { web: { TOKEN: "t" } } } })).run_id);
  const first = await live("apps/v1", "deployments", "web");
  for (const _ of ["second", "third"])
    expect(await ended((await start()).run_id)).toMatchObject({ outcome: "succeeded" });
  expect(await live("v1", "secrets", "web-env")).toBeDefined();
  expect((await live("apps/v1", "deployments", "web"))?.metadata.generation).toBe(first?.metadata.generation);
});

test("a job that was there before is not deleted to be made anew", async () => {
  const { plan, save, live, cluster } = await prepareRun();
  const path = `/apis/batch/v1/namespaces/${cluster.namespace}/jobs`;
  const container = { name: "main", image: cluster.program("job").image };
  const template = { spec: { restartPolicy: "Never", containers: [container] } };
  await cluster.api("POST", path, { metadata: { name: "once" }, spec: { suspend: true, template } });
  const before = await live("batch/v1", "jobs", "once");
  const data = { name: "once", ...cluster.program("job"), command: ["true"] };
  await save({ nodes: [{ ...at, id: "once", type: "job", data }], edges: [] });
  await expect(plan()).rejects.toMatchObject({
    status: 400,
    details: [{ node_id: "once", message: expect.stringContaining("It was there before this workflow") }],
  });
  expect((await live("batch/v1", "jobs", "once"))?.metadata.uid).toBe(before?.metadata.uid);
});
