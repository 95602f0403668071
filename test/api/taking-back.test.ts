import { expect, test } from "vitest";
import { api } from "../../src/contract/api.ts";
import type { KubernetesObject } from "../../src/core/kubernetes-object.ts";
import { eventually } from "../support/eventually.ts";
import { refused } from "../support/refusals.ts";
import { prepareRun, withData } from "../support/run-story.ts";

/** What is left of an object once controllers and clocks are taken out of it. */
function essence(object: KubernetesObject | undefined) {
  const { labels, annotations: { "deployment.kubernetes.io/revision": _, ...annotations } = {} } =
    object?.metadata ?? {};
  return { labels, annotations, spec: object?.spec };
}

test("a run that fails is taken back: what it changed is what it was, what it made is gone", async () => {
  const { start, ended, save, design, live, cluster } = await prepareRun();
  await ended((await start()).run_id);
  const [before, door] = [await live("apps/v1", "deployments", "web"), await live("v1", "services", "door")];
  const extra = { name: "extra", data: { KEY: "value" } };
  const changed = withData(design, "web", { image: cluster.missingImage, env: { COLOUR: "blue" } });
  const node = { id: "extra", type: "configmap", position: { x: 0, y: 0 }, data: extra };
  await save({
    ...withData(changed, "door", { port: 81 }),
    nodes: [...withData(changed, "door", { port: 81 }).nodes, node],
  });

  const run = await ended((await start()).run_id, 40_000);
  expect(run).toMatchObject({ status: "failed", outcome: "rolled_back" });
  expect(run.error).toMatch(/“web” failed: (ErrImagePull|ImagePullBackOff)/);
  expect(essence(await live("apps/v1", "deployments", "web"))).toEqual(essence(before));
  expect(essence(await live("v1", "services", "door"))).toEqual(essence(door));
  expect(await live("v1", "configmaps", "extra")).toBeUndefined();
  const again = await ended((await start({ version: 1 })).run_id);
  expect(again).toMatchObject({ status: "completed", outcome: "succeeded" });
});

test("with on_failure keep, what a failed run wrote stays, and is listed", async () => {
  const { start, ended, save, design, live, cluster, client, params } = await prepareRun();
  await save(withData(design, "web", { image: cluster.missingImage }));
  const run = await ended((await start({ on_failure: "keep" })).run_id, 40_000);
  expect(run).toMatchObject({ status: "failed", outcome: "partial" });
  expect(await live("v1", "services", "door")).toBeDefined();
  const { result } = await client.call(api.getRun, { params: { ...params, runId: run.id } });
  expect(result?.map(({ state }) => state)).toEqual(["new", "new"]);
});

test("claims and their data stay when the run that made them is taken back", async () => {
  const { start, ended, save, design, live, cluster } = await prepareRun();
  const claim = { name: "data", storage: "16Mi" };
  const node = { id: "data", type: "persistentvolumeclaim", position: { x: 0, y: 0 }, data: claim };
  const broken = withData(design, "web", { image: cluster.missingImage });
  await save({ ...broken, nodes: [...broken.nodes, node] });
  const run = await ended((await start()).run_id, 40_000);
  expect(run).toMatchObject({ status: "failed", outcome: "rolled_back" });
  expect(await live("apps/v1", "deployments", "web")).toBeUndefined();
  expect(await live("v1", "persistentvolumeclaims", "data")).toBeDefined();
});

test("a failing branch leaves an unrelated one alone, and what waits for it is skipped with the reason", async () => {
  const { start, ended, save, design, cluster } = await prepareRun();
  const broken = withData(design, "web", { image: cluster.missingImage });
  const at = { position: { x: 0, y: 0 } };
  const config = (id: string) => ({ ...at, id, type: "configmap", data: { name: id, data: { K: "v" } } });
  const nodes = [...broken.nodes, config("after"), config("last"), config("apart")];
  const wait = (source: string, target: string) => ({
    id: `${source}-${target}`,
    source,
    target,
    type: "dependency",
  });
  await save({ nodes, edges: [...broken.edges, wait("web", "after"), wait("after", "last")] });
  const run = await ended((await start()).run_id, 40_000);
  expect(run.node_states).toMatchObject({
    web: { status: "failed" },
    after: { status: "skipped", message: "Not started, because “web” failed" },
    last: { status: "skipped", message: "Not started, because “after” was not started" },
    apart: { status: "completed" },
  });
});

test("a run that is cancelled is taken back, and one that has ended cannot be", async () => {
  const { start, ended, save, design, live, cluster, client, params } = await prepareRun();
  await ended((await start()).run_id);
  const before = await live("apps/v1", "deployments", "web");
  const never = { readinessProbe: { exec: { command: ["false"] }, periodSeconds: 1 } };
  await save(withData(design, "web", { ...cluster.program("web"), ...never, env: { COLOUR: "red" } }));
  const { run_id } = await start();
  await eventually(async () => {
    const now = await live("apps/v1", "deployments", "web");
    return JSON.stringify(now?.spec).includes("red") || undefined;
  }, 20_000);
  const runParams = { ...params, runId: run_id };
  await client.call(api.cancelRun, { params: runParams, body: {} });
  const run = await ended(run_id, 40_000);
  expect(run).toMatchObject({ status: "cancelled", outcome: "rolled_back" });
  expect(essence(await live("apps/v1", "deployments", "web"))).toEqual(essence(before));
  await expect(client.call(api.cancelRun, { params: runParams, body: {} })).rejects.toMatchObject(
    refused(409, "This run has ended already"),
  );
});

test("whoever cancels a run may have what it wrote kept", async () => {
  const { start, ended, save, design, cluster, live, client, params } = await prepareRun();
  await ended((await start()).run_id);
  const never = { readinessProbe: { exec: { command: ["false"] }, periodSeconds: 1 } };
  await save(withData(design, "web", { ...cluster.program("web"), ...never, env: { COLOUR: "red" } }));
  const { run_id } = await start();
  const isRed = async () =>
    JSON.stringify((await live("apps/v1", "deployments", "web"))?.spec).includes("red");
  await eventually(async () => (await isRed()) || undefined, 20_000);
  const runParams = { ...params, runId: run_id };
  await client.call(api.cancelRun, { params: runParams, body: { on_failure: "keep" } });
  expect(await ended(run_id, 40_000)).toMatchObject({ status: "cancelled", outcome: "partial" });
  expect(await isRed()).toBe(true);
  const { log } = await client.call(api.getRun, { params: runParams });
  expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1));
  expect(log.at(-1)).toMatchObject({ level: "warning", text: "The run was cancelled" });
  expect(log).toContainEqual(expect.objectContaining({ node_id: "web", level: "info" }));
});

test("what somebody else changed since is theirs: it is reported, and not forced", async () => {
  const { start, ended, save, design, live, cluster, client, params } = await prepareRun();
  await ended((await start()).run_id);
  const never = { readinessProbe: { exec: { command: ["false"] }, periodSeconds: 1 } };
  await save(withData(design, "web", { ...cluster.program("web"), ...never, replicas: 2 }));
  const { run_id } = await start();
  await eventually(
    async () => (await live("apps/v1", "deployments", "web"))?.spec?.replicas === 2 || undefined,
    20_000,
  );
  const path = `/apis/apps/v1/namespaces/${cluster.namespace}/deployments/web?fieldManager=somebody&force=true`;
  const theirs = {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "web" },
    spec: { replicas: 3 },
  };
  await cluster.api("PATCH", path, theirs, "application/apply-patch+yaml");
  await client.call(api.cancelRun, { params: { ...params, runId: run_id }, body: {} });
  const run = await ended(run_id, 40_000);
  expect(run).toMatchObject({ status: "cancelled", outcome: "partial" });
  const { result } = await client.call(api.getRun, { params: { ...params, runId: run_id } });
  expect(result).toMatchObject([{ state: "new", reason: expect.stringContaining(".spec.replicas") }]);
  expect((await live("apps/v1", "deployments", "web"))?.spec).toMatchObject({ replicas: 3 });
});

test("what somebody else deleted meanwhile is said to be missing, and is not made again", async () => {
  const { start, ended, save, design, live, cluster, client, params } = await prepareRun();
  await ended((await start()).run_id);
  const never = { readinessProbe: { exec: { command: ["false"] }, periodSeconds: 1 } };
  const changed = withData(design, "web", { ...cluster.program("web"), ...never });
  await save(withData(changed, "door", { port: 81 }));
  const { run_id } = await start();
  await eventually(async () => {
    const door = await live("v1", "services", "door");
    return JSON.stringify(door?.spec).includes('"port":81') || undefined;
  }, 20_000);
  await cluster.api("DELETE", `/api/v1/namespaces/${cluster.namespace}/services/door`);
  await client.call(api.cancelRun, { params: { ...params, runId: run_id }, body: {} });
  expect(await ended(run_id, 40_000)).toMatchObject({ status: "cancelled", outcome: "partial" });
  const { result } = await client.call(api.getRun, { params: { ...params, runId: run_id } });
  expect(result?.find(({ key }) => key.includes("/Service/"))).toMatchObject({ state: "missing" });
  expect(await live("v1", "services", "door")).toBeUndefined();
});
