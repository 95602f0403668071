import type { ServerResponse } from "node:http";
import { expect, test } from "vitest";
import type { KubernetesObject } from "../../src/core/kubernetes-object.ts";
import { eventually } from "../support/eventually.ts";
import { answerJson } from "../support/hostile-server.ts";
import { type Asked, openWatchedApi, quickConnection, quickTimes } from "../support/watched-api.ts";

const kinds = ["Pod", "Service", "ConfigMap"] as const;

/** A connection that follows three kinds of a cluster with a pod in it. */
async function prepare(idleMs?: number) {
  const api = await openWatchedApi();
  api.put("first");
  const cluster = quickConnection(api.server, idleMs);
  const seen: string[] = [];
  const tell = ({ object, isGone }: { object: KubernetesObject; isGone: boolean }) =>
    void seen.push(`${isGone ? "gone " : ""}${object.metadata.name}`);
  const followings = kinds.map((kind) => cluster.followAll({ apiVersion: "v1", kind }, tell));
  await Promise.all(followings.map(({ listed }) => listed));
  await eventually(() => api.watchers() === kinds.length);
  // A word each, so that the watches are known to be ones.
  for (const kind of kinds) api.tell("BOOKMARK", bookmark(api.next(), kind));
  const names = () =>
    followings.flatMap(({ objects }) => [...objects()].map(({ metadata }) => metadata.name));
  await eventually(() => cluster.freshness().behind.length === 0);
  /** What has been asked from now on. */
  const since = () => {
    const start = api.asked.length;
    return () => api.asked.slice(start);
  };
  return { api, cluster, seen, names, since, followings };
}

const bookmark = (resourceVersion: string, kind: string) =>
  ({
    ...{ apiVersion: "v1", kind },
    metadata: { resourceVersion, namespace: "default" },
  }) as unknown as KubernetesObject;

const refusal = (code: number) => ({ kind: "Status", apiVersion: "v1", code, message: `status ${code}` });

/** What is asked together in vain, however many ask: each but the first after a pause. */
function expectPauses(asked: Asked[], pauseMs: number): void {
  const ms = (asked.at(-1)?.at ?? 0) - (asked[0]?.at ?? 0);
  // A busy machine may be late in taking the first.
  expect(ms).toBeGreaterThan((asked.length - 1) * pauseMs * 0.7);
}

const misbehaviours: [string, string, (response: ServerResponse) => void][] = [
  ["cuts every connection", "unreachable", (response) => response.destroy()],
  ["is busy, without words", "unreachable", (response) => response.writeHead(503).end("<html>busy</html>")],
  ["fails in its own words", "refused", (response) => answerJson(response, 500, refusal(500))],
  ["answers in HTML", "unreachable", (response) => response.writeHead(200).end("<html>hello</html>\n")],
  ["breaks off in its JSON", "unreachable", (response) => response.writeHead(200).end('{"type":"ADDED",\n')],
  ["ends as it begins", "unreachable", (response) => response.writeHead(200).end()],
];

test.each(misbehaviours)("F05 a cluster that %s is asked seldom, and known to be stale", async (...given) => {
  const [, reason, misbehave] = given;
  const { api, cluster, names, since } = await prepare();
  const told: unknown[] = [];
  cluster.followFreshness(({ stale_since }) => told.push(stale_since));
  const vain = since();
  api.meet((_, response) => {
    misbehave(response);
    return true;
  });
  api.cut();
  await eventually(() => vain().length >= 6);
  expectPauses(vain(), quickTimes.retryMs);
  expect(cluster.freshness()).toMatchObject({ reason, stale_since: expect.stringMatching(/^20.*Z$/) });
  expect(cluster.freshness().behind).toHaveLength(3);

  api.put("second");
  api.meet();
  await eventually(() => cluster.freshness().behind.length === 0);
  await eventually(() => names().includes("second"));
  expect(cluster.freshness()).toEqual({ behind: [] });
  expect(told.at(-1)).toBeUndefined();
  expect(vain().filter(({ what }) => what === "list")).toEqual([]);
});

test("F05 who comes while a cluster is away waits for it like the others", async () => {
  const { api, cluster, since } = await prepare();
  api.meet((_, response) => Boolean(response.destroy()));
  api.cut();
  await eventually(() => cluster.freshness().stale_since);
  const vain = since();
  const { listed } = cluster.follow({ apiVersion: "v1", kind: "Pod" }, () => undefined);
  await eventually(() => vain().length >= 5);
  expectPauses(vain(), quickTimes.retryMs);
  api.meet();
  await listed;
});

test("F06 a kind that is not answered, or badly, holds up no other", async () => {
  const { api, cluster, seen } = await prepare();
  api.meet((asked, response) => {
    if (!asked.path.startsWith("/api/v1/namespaces/broken/")) return false;
    if (asked.path.endsWith("/pods")) answerJson(response, 500, refusal(500));
    return true;
  });
  const tell = () => undefined;
  const broken = { apiVersion: "v1", kind: "Pod", namespace: "broken" };
  cluster.followAll(broken, tell);
  cluster.followAll({ ...broken, kind: "Service" }, tell);
  await eventually(() => cluster.freshness().behind.length > 0);
  await cluster.follow({ apiVersion: "v1", kind: "Pod" }, tell).listed;
  api.put("another");
  await eventually(() => seen.includes("another"));
  const { stale_since, behind } = cluster.freshness();
  expect(stale_since).toBeUndefined();
  expect(behind).toMatchObject([{ ...broken, reason: "refused" }]);
});

const forgettings: [string, (response: ServerResponse) => void][] = [
  ["as a status", (response) => answerJson(response, 410, refusal(410))],
  [
    "inside the stream",
    (response) => response.end(`${JSON.stringify({ type: "ERROR", object: refusal(410) })}\n`),
  ],
];

test.each(forgettings)(
  "F07 a version that was forgotten, said %s, is answered with one list",
  async (_, say) => {
    const { api, cluster, seen, names, since } = await prepare();
    const after = since();
    const told = new Set<string>();
    api.meet(({ what, path }, response) => {
      if (what !== "watch" || told.has(path)) return false;
      told.add(path);
      say(response);
      return true;
    });
    api.loseSilently("first");
    api.cut();
    api.put("second");
    await eventually(() => seen.includes("gone first") && seen.includes("second"));
    await eventually(() => api.watchers() === 3);
    expect(names()).toEqual(["second"]);
    expect(after().filter(({ what }) => what === "list")).toHaveLength(3);
    await eventually(() => cluster.freshness().behind.length === 0);
  },
);

test("F07 a cluster that forgets at once is not listed without end", async () => {
  const { api, since } = await prepare();
  const after = since();
  api.meet(
    ({ what }, response) => what === "watch" && Boolean(answerJson(response, 410, refusal(410)) ?? true),
  );
  api.cut();
  await eventually(() => after().filter(({ what }) => what === "list").length >= 9, 10_000);
  const pods = after().filter(({ what, path }) => what === "list" && path.endsWith("/pods"));
  expectPauses(pods.slice(1), quickTimes.retryMs);
});

test("F08 a watch that says nothing any more is noticed, and resumed where it was", async () => {
  const { api, cluster, names, since } = await prepare(1_500);
  const after = since();
  const reasons: unknown[] = [];
  cluster.followFreshness(({ behind }) => reasons.push(...behind.map(({ reason }) => reason)));
  // They stay open, and hear of nothing.
  await eventually(() => reasons.length > 0);
  await eventually(() => after().length >= 3);
  api.put("second");
  await eventually(() => names().includes("second"));
  expect(new Set(reasons)).toEqual(new Set(["silent"]));
  expect(after().filter(({ what }) => what === "list")).toEqual([]);
  expect(after()[0]?.version).not.toBe("");
});

test("F09 what is cut anywhere, doubled, late, unknown or large arrives exactly once, and exactly", async () => {
  const { api, seen, names, cluster } = await prepare();
  const whole: KubernetesObject[] = [];
  cluster.followAll({ apiVersion: "v1", kind: "Pod" }, ({ object }) => void whole.push(object));
  const made = (name: string, version: string, more: object = {}) =>
    ({
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name, uid: name, resourceVersion: version },
      ...more,
    }) as const;
  const line = (type: string, object: object) => Buffer.from(`${JSON.stringify({ type, object })}\n`);
  const first = made("cut", api.next(), { data: { word: "größer 🜂" } });
  const bytes = line("ADDED", first);
  for (const byte of bytes) api.say(Buffer.from([byte]));
  const large = made("large", api.next(), { data: { text: "é".repeat(1_048_576) } });
  const lines = [
    line("PONDERED", made("unknown", api.next())),
    line("ADDED", large),
    line("ADDED", large),
    line("MODIFIED", made("late", "7")),
    line("DELETED", made("cut", api.next())),
    line("ADDED", made("last", api.next())),
  ];
  api.say(Buffer.concat(lines));
  await eventually(() => seen.filter((name) => name === "last").length === kinds.length);
  expect(whole.map(({ metadata: { name } }) => name)).toEqual(["cut", "large", "cut", "last"]);
  expect(whole[0]).toEqual(first);
  expect(whole[1]).toEqual(large);
  expect(new Set(names())).toEqual(new Set(["first", "large", "last"]));
});

test("F13 a credential that is revoked is said to be, tried seldom, and good again when it is", async () => {
  const { api, cluster, names, since } = await prepare();
  const vain = since();
  api.meet((_, response) => Boolean(answerJson(response, 401, refusal(401)) ?? true));
  api.cut();
  await eventually(() => cluster.freshness().reason === "unauthorized");
  await eventually(() => vain().length >= 6, 10_000);
  // Each of the three has to hear it once; from then on they ask as one.
  expectPauses(vain().slice(3), quickTimes.refusedMs);
  api.put("second");
  api.meet();
  await eventually(() => names().includes("second"));
  await eventually(() => cluster.freshness().behind.length === 0);
});
