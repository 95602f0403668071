import { randomBytes } from "node:crypto";
import { expect, onTestFinished, test } from "vitest";
import { api } from "../../src/contract/api.ts";
import { startSandbox } from "../../src/sandbox/sandbox.ts";
import { eventually } from "../support/eventually.ts";
import { kubernetesClient } from "../support/kubernetes-client.ts";
import { startTestApp } from "../support/test-app.ts";

const everywhere = /^\/(api\/v1|apis\/[^/]+\/[^/]+)\/[a-z]+$/;

async function prepare(options: { namespace?: string } = {}) {
  const sandbox = await startSandbox({ pace: 0.05 });
  const token = sandbox.issue("test");
  const { server } = sandbox;
  const cluster = kubernetesClient({ server, token });
  onTestFinished(async () => {
    await cluster.close();
    await sandbox.stop();
  });
  const app = await startTestApp();
  const client = await app.signUp();
  const body = { name: "prod", server, token, insecure: true, ...options };
  await client.call(api.addCluster, { body });
  for (const name of ["one", "two"]) {
    await cluster.api("POST", "/api/v1/namespaces", { metadata: { name } });
    const path = `/api/v1/namespaces/${name}/configmaps`;
    await cluster.api("POST", path, { metadata: { name: `of-${name}` } });
  }
  const sync = () => client.call(api.syncResources, { body: { cluster: "prod" } });
  const names = async (type: string) => {
    const { resources } = await client.call(api.listResources, {
      query: { type, hideSystem: true, limit: 100 },
    });
    return resources.map(({ name }) => name).toSorted();
  };
  return { sandbox, cluster, client, sync, names };
}

test("a kind that could not be listed keeps what is known of it, and the sync says which", async () => {
  const { sandbox, cluster, sync, names } = await prepare();
  await sync();
  await cluster.api("DELETE", "/api/v1/namespaces/one/configmaps/of-one");
  sandbox.faults.refuse("GET", /\/configmaps$/, 500, "the store is on fire");
  const told = await sync();
  expect(told.deleted).toBe(0);
  expect(told.clusters).toMatchObject([{ success: false, error: expect.stringContaining("ConfigMap: ") }]);
  expect(await names("ConfigMap")).toEqual(["of-one", "of-two"]);
  expect(await names("Namespace")).toContain("one");
  sandbox.faults.relent();
  expect((await sync()).deleted).toBe(1);
  expect(await names("ConfigMap")).toEqual(["of-two"]);
});

test("a cluster that is away loses nothing of what is known of it", async () => {
  const { sandbox, sync, names } = await prepare();
  await sync();
  await sandbox.stop();
  const told = await sync();
  expect(told).toMatchObject({
    deleted: 0,
    clusters: [{ name: "prod", success: false, count: 0, error: "The cluster cannot be reached" }],
  });
  expect(await names("ConfigMap")).toEqual(["of-one", "of-two"]);
});

test("a credential that is good for one namespace syncs that one, and says what it may not", async () => {
  const { sandbox, sync, names } = await prepare({ namespace: "one" });
  sandbox.faults.refuse("GET", everywhere, 403, "cluster-wide is not for you");
  const told = await sync();
  expect(told.clusters).toMatchObject([{ success: true, error: expect.stringContaining("Node: ") }]);
  expect(told.clusters[0]?.error).not.toContain("ConfigMap");
  expect(await names("ConfigMap")).toEqual(["of-one"]);
  expect(await names("Namespace")).toEqual([]);
});

test("what one namespace no longer has is deleted there, and nothing elsewhere", async () => {
  const { sandbox, cluster, sync, names } = await prepare({ namespace: "one" });
  await sync();
  for (const name of ["one", "two"])
    await cluster.api("DELETE", `/api/v1/namespaces/${name}/configmaps/of-${name}`);
  sandbox.faults.refuse("GET", everywhere, 403, "cluster-wide is not for you");
  expect((await sync()).deleted).toBe(1);
  expect(await names("ConfigMap")).toEqual(["of-two"]);
});

test("who may watch one namespace only still follows an object of it", async () => {
  const { sandbox, cluster, client, sync } = await prepare({ namespace: "one" });
  await sync();
  sandbox.faults.refuse("GET", everywhere, 403, "cluster-wide is not for you");
  const query = { type: "ConfigMap", search: "of-one" };
  const { resources } = await client.call(api.listResources, { query });
  const params = { id: resources[0]?.id ?? "" };
  const leaving = new AbortController();
  onTestFinished(() => leaving.abort());
  const heard: unknown[] = [];
  const following = (async () => {
    for await (const event of client.follow(api.followResource, { params }, leaving.signal))
      heard.push(event);
  })();
  following.catch(() => undefined);
  await eventually(() => heard.length > 1);
  const patch = { metadata: { labels: { tier: "front" } } };
  const path = "/api/v1/namespaces/one/configmaps/of-one";
  await cluster.api("PATCH", path, patch, "application/merge-patch+json");
  await eventually(() => JSON.stringify(heard).includes('"tier":"front"'));
  expect(JSON.stringify(heard)).not.toContain('"error"');
});

test("an object that the credential may not follow says why, in the cluster's words", async () => {
  const { sandbox, client, sync } = await prepare();
  await sync();
  sandbox.faults.refuse("GET", /\/configmaps$/, 403, "configmaps are not for you");
  const { resources } = await client.call(api.listResources, {
    query: { type: "ConfigMap", search: "of-one" },
  });
  const params = { id: resources[0]?.id ?? "" };
  const leaving = new AbortController();
  onTestFinished(() => leaving.abort());
  for await (const event of client.follow(api.followResource, { params }, leaving.signal))
    if (event.name === "error") {
      expect(event.data.message).toContain("configmaps are not for you");
      break;
    }
});

test("syncs of one cluster that meet are one", async () => {
  const { sandbox, sync } = await prepare();
  const lists = () => sandbox.requests.filter(({ path }) => path === "/api/v1/configmaps").length;
  sandbox.faults.latency(50);
  const before = lists();
  const [one, two] = await Promise.all([sync(), sync()]);
  expect(lists() - before).toBe(1);
  expect(one).toEqual(two);
});

test("a list that asks for a sync is answered at once, and is current soon", async () => {
  const { cluster, client, sync, names } = await prepare();
  await sync();
  const name = `new-${randomBytes(2).toString("hex")}`;
  await cluster.api("POST", "/api/v1/namespaces/one/configmaps", { metadata: { name } });
  const query = { sync: true, search: name };
  expect((await client.call(api.listResources, { query })).total).toBe(0);
  await eventually(async () => (await names("ConfigMap")).includes(name));
});
