import { expect, test } from "vitest";
import { api } from "../../src/contract/api.ts";
import { refused } from "../support/refusals.ts";
import { testCluster } from "../support/target.ts";
import { startTestApp } from "../support/test-app.ts";

async function prepare(options: Parameters<typeof startTestApp>[0] = {}) {
  const cluster = await testCluster();
  const server = await startTestApp(options);
  const ada = await server.signUp();
  await ada.call(api.addCluster, { body: { ...cluster.addBody, name: "prod" } });
  return { cluster, server, ada, params: { name: "prod" } };
}

test("the status of a cluster is as it was seen last, and old after two minutes", async () => {
  let later = 0;
  const { ada, params } = await prepare({ now: () => new Date(Date.now() + later) });
  const fresh = await ada.call(api.getClusterStatus, { params });
  expect(fresh).toMatchObject({ cluster: "prod", status: "connected", isOnline: true, isStale: false });
  later = 121_000;
  const old = await ada.call(api.getClusterStatus, { params });
  expect(old).toEqual({ ...fresh, isStale: true });
});

test("a cluster that is away is neither online nor measured, and says so", async () => {
  const { ada } = await prepare();
  const body = { name: "away", server: "http://127.0.0.1:1", token: "t", insecure: true };
  await ada.call(api.addCluster, { body });
  const params = { name: "away" };
  expect(await ada.call(api.getClusterStatus, { params })).toMatchObject({
    status: "error",
    isOnline: false,
  });
  await expect(ada.call(api.getClusterMetrics, { params })).rejects.toMatchObject(
    refused(503, "The cluster cannot be reached"),
  );
});

test("metrics say what a cluster has, what is used of it, and how its parts are", async () => {
  const { ada, params } = await prepare();
  const metrics = await ada.call(api.getClusterMetrics, { params });
  expect(metrics).toMatchObject({ clusterName: "prod", metricsAvailable: true });
  expect(metrics.nodeCount).toBeGreaterThan(0);
  expect(metrics.health.map(({ name }) => name)).toEqual(["API Server", "Scheduler", "Controller", "etcd"]);
  expect(metrics.health[0]?.status).toBe("healthy");
  const { cpu, memory, storage } = metrics.resources;
  for (const { used, capacity, percentage } of [cpu, memory]) {
    expect(used).toBeGreaterThan(0);
    expect(capacity).toBeGreaterThan(used);
    expect(percentage).toBeCloseTo((used / capacity) * 100, 0);
  }
  expect(storage.capacity).toBeGreaterThan(0);
});

test("pods are counted, however many there are, and figures are asked for twice a minute at most", async () => {
  const { ada, cluster, params } = await prepare();
  const before = await ada.call(api.getClusterMetrics, { params });
  const pod = (name: string) => ({
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name },
    spec: { containers: [{ name: "web", image: cluster.image("web") }] },
  });
  const path = `/api/v1/namespaces/${cluster.namespace}/pods`;
  for (const name of ["one", "two", "three"]) await cluster.api("POST", path, pod(name));
  expect(await ada.call(api.getClusterMetrics, { params })).toEqual(before);
  // The same cluster under another name has figures of its own.
  await ada.call(api.addCluster, { body: { ...cluster.addBody, name: "again" } });
  const after = await ada.call(api.getClusterMetrics, { params: { name: "again" } });
  expect(after.podCount).toBeGreaterThanOrEqual(3);
});

test("the connection log tells what was done with a cluster and by whom, the newest first", async () => {
  const { ada, server, params } = await prepare();
  const bob = await server.signUp("Bob");
  await ada.call(api.testCluster, { params });
  const body = { targetUserId: bob.user.id, role: "viewer" as const };
  await ada.call(api.shareCluster, { params, body });
  const { logs, cluster } = await ada.call(api.getClusterLogs, { params });
  expect(cluster).toBe("prod");
  expect(logs.map(({ action }) => action)).toEqual(["access_granted", "connection_test", "cluster_added"]);
  expect(logs[0]).toMatchObject({
    userId: ada.user.id,
    success: true,
    level: "info",
    message: "Access was given, as viewer",
    details: { target_user: bob.user.id, role: "viewer" },
  });
  const newest = await ada.call(api.getClusterLogs, { params, query: { limit: 1 } });
  expect(newest.logs).toEqual(logs.slice(0, 1));
  // With whom else a cluster is shared is not for those it is shared with.
  const seen = await bob.call(api.getClusterLogs, { params });
  expect(seen.logs.map(({ action }) => action)).toEqual(["connection_test", "cluster_added"]);
});

test("a connection test that fails is in the log with its reason", async () => {
  const { ada } = await prepare();
  const body = { name: "away", server: "http://127.0.0.1:1", token: "t", insecure: true };
  await ada.call(api.addCluster, { body });
  const params = { name: "away" };
  await expect(ada.call(api.testCluster, { params })).rejects.toMatchObject(refused(503));
  const { logs } = await ada.call(api.getClusterLogs, { params });
  const error = "The cluster cannot be reached";
  expect(logs).toMatchObject([
    {
      action: "connection_test",
      success: false,
      level: "error",
      error,
      message: `The connection was tested: ${error}`,
    },
    { action: "cluster_added", success: false, error },
  ]);
});

test.each([0, 1_001])("a log of %i lines is 400", async (limit) => {
  const { ada, params } = await prepare();
  await expect(ada.call(api.getClusterLogs, { params, query: { limit } })).rejects.toMatchObject(
    refused(400),
  );
});
