import { expect, test } from "vitest";
import { followKinds } from "../../src/server/background/followed-kinds.ts";
import { eventually } from "../support/eventually.ts";
import { openWatchedApi, quickConnection } from "../support/watched-api.ts";

const nothing = () => undefined;
const pods = { apiVersion: "v1", kind: "Pod" };

test("500 who follow take as many watches as there are kinds, and none after the last has left", async () => {
  const api = await openWatchedApi();
  const cluster = quickConnection(api.server);
  const counts = Array.from({ length: 500 }, () => 0);
  const kinds = ["Pod", "Service", "ConfigMap"];
  const followings = counts.map((_, index) =>
    cluster.followAll({ apiVersion: "v1", kind: kinds[index % 3] ?? "Pod" }, () => {
      counts[index] = (counts[index] ?? 0) + 1;
    }),
  );
  await Promise.all(followings.map(({ listed }) => listed));
  await eventually(() => api.watchers() === kinds.length);
  for (const kind of ["Pod", "Service", "ConfigMap"] as const) api.put("one", {}, kind);
  await eventually(() => counts.every((count) => count === 1));
  expect([api.count("list"), api.count("watch"), api.count("discovery")]).toEqual([3, 3, 1]);

  for (const { leave } of followings) leave();
  await eventually(() => api.watchers() === 0);
  expect(cluster.freshness()).toEqual({ behind: [] });
});

test("2,000 pods are listed page by page and kept small, though who follows is told of them whole", async () => {
  const api = await openWatchedApi();
  const spec = {
    containers: [{ name: "web", image: "web:1", env: [{ name: "A", value: "b".repeat(2_000) }] }],
  };
  const state = { phase: "Running", podIP: "10.0.0.1", conditions: [{ type: "Ready", status: "True" }] };
  for (let index = 0; index < 2_000; index += 1)
    api.put(`pod-${index}`, { spec: { ...spec, nodeName: "a" }, status: state });
  const cluster = quickConnection(api.server);
  let whole = 0;
  const following = cluster.followAll(pods, ({ object }) => {
    if (object.spec?.containers) whole += 1;
  });
  await following.listed;
  expect(whole).toBe(2_000);
  expect(api.count("list")).toBe(4);
  const kept = [...following.objects()];
  expect(kept).toHaveLength(2_000);
  expect(kept[7]).toEqual({
    ...pods,
    metadata: { name: "pod-7", namespace: "default", uid: "uid-Pod/default/pod-7", resourceVersion: "108" },
    spec: { nodeName: "a" },
    status: { phase: "Running", conditions: [{ type: "Ready", status: "True" }] },
  });
});

test("a list begun anew tells only of what is news, and of what is gone", async () => {
  const api = await openWatchedApi();
  for (const name of ["same", "other", "gone"]) api.put(name);
  const cluster = quickConnection(api.server);
  const told: string[] = [];
  const { listed } = cluster.followAll(pods, ({ object, isGone }) => {
    told.push(`${isGone ? "gone " : ""}${object.metadata.name}`);
  });
  await listed;
  expect(told.splice(0)).toEqual(["same", "other", "gone"]);
  await eventually(() => api.watchers() === 1);
  api.meet(
    ({ what }, response) =>
      what === "watch" && api.count("list") === 1 && Boolean(response.writeHead(410).end()),
  );
  api.cut();
  api.loseSilently("gone");
  api.put("other");
  await eventually(() => told.includes("gone gone"));
  expect(told).toEqual(["other", "gone gone"]);
});

test("objects too large for a page of the usual size are listed in smaller ones", async () => {
  const api = await openWatchedApi();
  for (let index = 0; index < 18; index += 1)
    api.put(`large-${index}`, { data: { text: "x".repeat(2_097_152) } });
  const cluster = quickConnection(api.server);
  const following = cluster.followAll(pods, nothing);
  await following.listed;
  expect([...following.objects()]).toHaveLength(18);
});

const event = (message: string) => ({ message, type: "Warning", involvedObject: { uid: message } });

test("the warnings of all namespaces come through one watch, those of before somebody looked too", async () => {
  const api = await openWatchedApi();
  for (const namespace of ["shop", "mail", "foreign"]) api.put("old", event(namespace), "Event", namespace);
  const cluster = quickConnection(api.server);
  const told: unknown[] = [];
  const follow = (namespace: string) =>
    cluster.followWarnings(namespace, ({ object }) =>
      told.push(`${namespace}: ${"message" in object && object.message}`),
    );
  await follow("shop").listed;
  await eventually(() => api.watchers() === 1);
  await follow("mail").listed;
  for (const namespace of ["shop", "mail", "foreign"]) api.put("new", event("news"), "Event", namespace);
  await eventually(() => told.length === 4);
  expect(told).toEqual(["shop: shop", "mail: mail", "shop: news", "mail: news"]);
  expect(api.count("watch")).toBe(1);
});

test("a credential good for single namespaces sees the warnings of those", async () => {
  const api = await openWatchedApi();
  api.put("old", event("shop"), "Event", "shop");
  api.meet(({ path }, response) => path === "/api/v1/events" && Boolean(response.writeHead(403).end()));
  const cluster = quickConnection(api.server);
  const told: unknown[] = [];
  await cluster.followWarnings("shop", ({ object }) => told.push(object.metadata.name)).listed;
  expect(told).toEqual(["old"]);
});

test("a kind that cannot be listed keeps no run waiting, and is seen once it can", async () => {
  const api = await openWatchedApi();
  api.put("keys", {}, "Secret");
  api.put("web");
  api.meet(({ path }, response) => path.endsWith("/secrets") && Boolean(response.writeHead(500).end()));
  const cluster = quickConnection(api.server);
  const seen: string[] = [];
  const kinds = followKinds(cluster, ({ object }) => seen.push(object.metadata.name), nothing, 1_000);
  await kinds.include("default");
  expect(new Set(seen)).toEqual(new Set(["web"]));
  expect(cluster.freshness().behind).toMatchObject([{ kind: "Secret", reason: "unreachable" }]);
  api.meet();
  await eventually(() => seen.includes("keys"));
  kinds.close();
});
