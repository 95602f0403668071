import { expect, test } from "vitest";
import { api } from "../../src/contract/api.ts";
import { refused } from "../support/refusals.ts";
import { prepareResources } from "../support/resource-story.ts";

const never = "0123456789abcdef01234567";

test("a sync reads what is in a cluster, and says how much of it", async () => {
  const { deploy, sync, list, find } = await prepareResources();
  await deploy("web", 2);
  const told = await sync();
  expect(told).toMatchObject({ message: "Sync completed", clusters: [{ name: "prod", success: true }] });
  expect(told.synced).toBe(told.clusters[0]?.count);
  expect(await find("Deployment", "web")).toMatchObject({
    clusterName: "prod",
    status: "running",
    isFavorite: false,
    summary: { replicas: "2/2", available: 2 },
  });
  const { resources } = await list({ type: "Pod" });
  expect(resources).toMatchObject([
    { status: "running", summary: { containers: 1, restarts: 0 } },
    { status: "running", summary: { containers: 1, restarts: 0 } },
  ]);
});

test("an object is shown with its owners, its labels and what became of it", async () => {
  const { deploy, sync, read, list, client } = await prepareResources();
  await deploy("web");
  await sync();
  const { resource, history } = await read("Deployment", "web");
  expect(resource).toMatchObject({
    type: "Deployment",
    apiVersion: "apps/v1",
    labels: { app: "web" },
    spec: { replicas: 1, readyReplicas: 1 },
    userTags: [],
    userNotes: "",
  });
  expect(history).toMatchObject([{ action: "created", newStatus: "running", message: "First seen" }]);
  const [pod] = (await list({ type: "Pod" })).resources;
  const shown = await client.call(api.getResource, { params: { id: pod?.id ?? "" } });
  expect(shown.resource.ownerReferences).toMatchObject([{ kind: "ReplicaSet", controller: true }]);
  expect(shown.resource.spec.containers).toMatchObject([{ name: "main", state: "running", ready: true }]);
});

test("what a complete list leaves out is deleted, stays readable, and comes back under the same id", async () => {
  const { configMap, sync, list, read, find, client, cluster, core } = await prepareResources();
  await configMap("settings", { a: "1" });
  await sync();
  const { id } = await find("ConfigMap", "settings");
  const params = { id };
  await cluster.api("DELETE", `${core}/configmaps/settings`);
  // Others' objects may go from a cluster at the same time.
  expect((await sync()).deleted).toBeGreaterThanOrEqual(1);
  expect((await list({ type: "ConfigMap", search: "settings" })).resources).toEqual([]);
  const { resource, history } = await client.call(api.getResource, { params });
  expect(resource).toMatchObject({ status: "deleted", deletedAt: expect.any(String) });
  expect(history.map(({ action }) => action)).toEqual(["deleted", "created"]);

  await configMap("settings");
  await sync();
  const again = await read("ConfigMap", "settings");
  expect(again.resource).toMatchObject({ id, status: "running" });
  expect(again.resource).not.toHaveProperty("deletedAt");
  expect(again.resource.uid).not.toBe(resource.uid);
  expect(again.history[0]).toMatchObject({ action: "created", message: "Made anew" });
});

test("what has changed since the last sync is told field by field", async () => {
  const { deploy, sync, read, cluster, apps } = await prepareResources();
  await deploy("web");
  await sync();
  const patch = { spec: { replicas: 0 }, metadata: { labels: { tier: "front" } } };
  const path = `${apps}/deployments/web`;
  await cluster.api("PATCH", path, patch, "application/merge-patch+json");
  await sync();
  const { history } = await read("Deployment", "web");
  expect(history[0]).toMatchObject({ action: "scaled", message: "Scaled from 1 to 0" });
  expect(history[0]?.changes).toContainEqual({ path: "/spec/replicas", from: 1, to: 0 });
  expect(history[0]?.changes).toContainEqual({ path: "/labels/tier", to: "front" });
});

test("R01 no value of a Secret or a ConfigMap is kept or told", async () => {
  const { sync, list, client, cluster, core, server } = await prepareResources();
  const canary = "canary-4f1c9e";
  const annotations = { "kubectl.kubernetes.io/last-applied-configuration": canary };
  await cluster.api("POST", `${core}/secrets`, {
    metadata: { name: "key", annotations },
    stringData: { password: canary },
  });
  await cluster.api("POST", `${core}/configmaps`, { metadata: { name: "key" }, data: { password: canary } });
  await sync();
  const { resources } = await list({ search: "key" });
  expect(resources.map(({ type }) => type).toSorted()).toEqual(["ConfigMap", "Secret"]);
  for (const { id } of resources) {
    const text = JSON.stringify(await client.call(api.getResource, { params: { id } }));
    expect(text).not.toContain(canary);
    expect(text).not.toContain(Buffer.from(canary).toString("base64"));
    expect(text).not.toContain("managedFields");
    const granted = await server.storage.resources.findGranted(id, client.user.id);
    expect(JSON.stringify(granted?.resource)).not.toContain(canary);
  }
});

test("a list is filtered, searched, sorted and cut into pages", async () => {
  const { configMap, sync, list } = await prepareResources();
  for (const name of ["apple", "banana", "cherry-pie"]) await configMap(name);
  await sync();
  const names = async (query: Parameters<typeof list>[0]) => {
    const { resources } = await list({ type: "ConfigMap", hideSystem: true, ...query });
    return resources.map(({ name }) => name);
  };
  expect(await names({ sort_by: "name" })).toEqual(["apple", "banana", "cherry-pie"]);
  expect(await names({ sort: "name", order: "desc" })).toEqual(["cherry-pie", "banana", "apple"]);
  expect(await names({ search: "AN" })).toEqual(["banana"]);
  expect(await names({ search: "%" })).toEqual([]);
  expect(await names({ search: "_" })).toEqual([]);
  expect(await names({ status: "failed" })).toEqual([]);
  expect(await names({ cluster: "other" })).toEqual([]);
  expect(await names({ cluster: "all", sort_by: "name", limit: 1, page: 2 })).toEqual(["banana"]);
  expect(await names({ sort_by: "name", limit: 2, offset: 1 })).toEqual(["banana", "cherry-pie"]);
  expect(await list({ type: "ConfigMap", hideSystem: true, limit: 2, offset: 2 })).toMatchObject({
    total: 3,
    limit: 2,
    offset: 2,
    page: 2,
  });
  const inNone = await list({ namespace: "-", type: "Namespace" });
  expect(inNone.total).toBeGreaterThan(0);
  expect((await list({ namespace: "-", type: "ConfigMap" })).total).toBe(0);
  await expect(list({ limit: 101 })).rejects.toMatchObject(refused(400));
  await expect(list({ sort: "uid" as "name" })).rejects.toMatchObject(refused(400));
  await expect(list({ workflowId: "x" })).rejects.toMatchObject(refused(400, "Invalid workflow ID"));
});

test("facets count all matches, whatever page is asked for", async () => {
  const { configMap, sync, list, namespace } = await prepareResources();
  await configMap("one");
  await configMap("two");
  expect((await list({ facets: true })).synced_at).toEqual({ prod: null });
  await sync();
  const { facets, synced_at } = await list({ facets: true, hideSystem: true, limit: 1, type: "ConfigMap" });
  expect(facets).toEqual({
    namespace: { [namespace]: 2 },
    type: { ConfigMap: 2 },
    status: { running: 2 },
    cluster: { prod: 2 },
    tag: {},
    workflow: [],
  });
  expect(synced_at).toEqual({ prod: expect.any(String) });
});

test("what somebody has tagged is counted and found by the tag as it is written, and by nobody else", async () => {
  const { configMap, sync, list, find, client } = await prepareResources();
  for (const name of ["one", "two", "three"]) await configMap(name);
  await sync();
  const tag = async (name: string, ...userTags: string[]) => {
    const { id } = await find("ConfigMap", name);
    await client.call(api.updateResource, { params: { id }, body: { userTags } });
  };
  await tag("one", "Blue", 'a "b" \\ %');
  await tag("two", "blue", "Blue");
  const { facets, resources } = await list({ facets: true, type: "ConfigMap", search: "one" });
  expect(facets?.tag).toEqual({ Blue: 1, 'a "b" \\ %': 1 });
  expect(resources[0]?.userTags).toEqual(["Blue", 'a "b" \\ %']);
  const tagged = async (of: string) =>
    (await list({ tag: of, sort_by: "name" })).resources.map((each) => each.name);
  expect(await tagged("Blue")).toEqual(["one", "two"]);
  expect(await tagged("blue")).toEqual(["two"]);
  expect(await tagged('a "b" \\ %')).toEqual(["one"]);
  expect(await tagged("%")).toEqual([]);
});

test("what is somebody else's is not there, and neither is what was never", async () => {
  const { configMap, sync, find, server } = await prepareResources();
  await configMap("mine");
  await sync();
  const { id } = await find("ConfigMap", "mine");
  const eve = await server.signUp("Eve");
  expect(await eve.call(api.listResources, { query: {} })).toMatchObject({ resources: [], total: 0 });
  for (const each of [id, never])
    await expect(eve.call(api.getResource, { params: { id: each } })).rejects.toMatchObject(
      refused(404, "Resource not found"),
    );
  await expect(eve.call(api.syncResources, { body: { cluster: "prod" } })).rejects.toMatchObject(
    refused(404, "Cluster not found"),
  );
  await expect(eve.call(api.getResource, { params: { id: "x" } })).rejects.toMatchObject(
    refused(400, "Invalid resource ID"),
  );
});
