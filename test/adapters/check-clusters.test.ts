import { expect, onTestFinished, test } from "vitest";
import type { Client } from "../../src/client/client.ts";
import { api } from "../../src/contract/api.ts";
import { eventually } from "../support/eventually.ts";
import { answerJson, listenHttp, smallCluster } from "../support/hostile-server.ts";
import { testCluster } from "../support/target.ts";
import { startTestApp } from "../support/test-app.ts";

const timing = { tickMs: 20, everyMs: 200, retryMs: 100 };

/** A server that looks at its clusters often, and clusters that can be switched off. */
async function prepare() {
  const server = await startTestApp({
    checkTiming: timing,
    env: { ALLOW_PRIVATE_NETWORKS: "true" },
  });
  const ada = await server.signUp();

  async function cluster(name: string) {
    const is = { away: false, stranger: false, hanging: false };
    let held = 0;
    const small = smallCluster(() => !is.stranger);
    const at = await listenHttp((request, response) => {
      if (is.away) answerJson(response, 503, {});
      else if (is.hanging) held += 1;
      else small(request, response);
    });
    const body = { name, server: at.server, token: "let-me-in", insecure: true };
    const { id } = await ada.call(api.addCluster, { body });
    // As if that had been a while ago.
    await server.storage.clusters.update(id, { last_check: "2020-01-01T00:00:00.000Z" });
    const asked = () => at.requests.filter(({ url }) => url === "/version").length;
    const statusOf = () => ada.call(api.getClusterStatus, { params: { name } });
    /** Hangs from now on, and somebody waits for it: the one who was asking just now, or the next. */
    async function hang() {
      is.hanging = true;
      await eventually(() => held > 0);
    }
    return { id, is, asked, hang, statusOf, params: { name } };
  }
  return { server, ada, cluster };
}

/** What somebody is told of clusters from now on. */
async function statusesTo(person: Client): Promise<object[]> {
  const told: object[] = [];
  const leaving = new AbortController();
  onTestFinished(() => leaving.abort());
  const listening = Promise.withResolvers<void>();
  async function listen(): Promise<void> {
    for await (const { name, data } of person.follow(api.followEvents, {}, leaving.signal)) {
      if (name === "hello") listening.resolve();
      if (name === "cluster.status") told.push(data);
    }
  }
  void listen().catch(listening.reject);
  await listening.promise;
  return told;
}

test("F05 a cluster that goes away is disconnected, and connected when it is back; both are told and logged once", async () => {
  const { ada, cluster } = await prepare();
  const told = await statusesTo(ada);
  const { id, is, statusOf, params } = await cluster("prod");
  await eventually(async () => !(await statusOf()).isStale);
  is.away = true;
  await eventually(async () => (await statusOf()).status === "disconnected");
  const { warning, awaySince, lastCheck } = await ada.call(api.getCluster, { params });
  expect(warning).toBe("The cluster cannot be reached");
  const awayFor = Date.now() - Date.parse(awaySince ?? "");
  await eventually(async () => (await ada.call(api.getCluster, { params })).lastCheck !== lastCheck);
  const later = await ada.call(api.getCluster, { params });
  expect([later.status, later.awaySince]).toEqual(["disconnected", awaySince]);
  expect(awayFor).toBeGreaterThanOrEqual(0);
  is.away = false;
  await eventually(async () => (await statusOf()).status === "connected");
  const back = await ada.call(api.getCluster, { params });
  expect([back.warning, back.awaySince]).toEqual([undefined, undefined]);
  const { logs } = await ada.call(api.getClusterLogs, { params });
  expect(logs).toMatchObject([
    {
      action: "health_check",
      success: true,
      message: "The cluster is connected, and was disconnected before",
    },
    { action: "health_check", success: false, error: "The cluster cannot be reached" },
    { action: "cluster_added" },
  ]);
  await eventually(() => told.length === 2);
  expect(told).toMatchObject([
    { id, name: "prod", status: "disconnected" },
    { id, name: "prod", status: "connected" },
  ]);
});

test("F13 a cluster that knows us no longer is an error in its words, and well again when it does", async () => {
  const { ada, cluster } = await prepare();
  const { is, statusOf, params } = await cluster("prod");
  is.stranger = true;
  await eventually(async () => (await statusOf()).status === "error");
  expect((await ada.call(api.getCluster, { params })).warning).toBe("The cluster refused: Unauthorized");
  is.stranger = false;
  await eventually(async () => (await statusOf()).status === "connected");
});

test("clusters that hang hold up no other", async () => {
  const { cluster } = await prepare();
  const hanging: Awaited<ReturnType<typeof cluster>>[] = [];
  for (const name of ["one", "two", "three", "four", "five", "six"]) hanging.push(await cluster(name));
  await Promise.all(hanging.map(({ hang }) => hang()));
  const { asked } = await cluster("prod");
  const known = asked();
  await eventually(() => asked() > known + 2, 20_000);
  expect((await hanging[0]?.statusOf())?.status).toBe("connected");
});

test("a server that stops gives up on clusters that hang", async () => {
  const { server, cluster } = await prepare();
  const { asked, hang } = await cluster("prod");
  await hang();
  const before = asked();
  await server.app.close();
  expect(asked()).toBe(before);
});

test("what a cluster uses is noted whenever it is looked at, by one server for all", async () => {
  const target = await testCluster();
  const { server, ada } = await prepare();
  const { id } = await ada.call(api.addCluster, { body: { ...target.addBody, name: "prod" } });
  await server.storage.clusters.update(id, { last_check: "2020-01-01T00:00:00.000Z" });
  const params = { name: "prod" };
  const { points } = await eventually(async () => {
    const history = await ada.call(api.getMetricsHistory, { params });
    return history.points.length > 0 ? history : undefined;
  });
  expect(points[0]?.cpu).toBeGreaterThan(0);
  expect(points[0]?.memory).toBeGreaterThan(0);
  expect(await ada.call(api.getMetricsHistory, { params, query: { minutes: 1 } })).toEqual({ points });
});
