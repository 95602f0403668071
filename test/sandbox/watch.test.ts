import { expect, test, vi } from "vitest";
import { eventually } from "../support/eventually.ts";
import { configMap, core, type Seen, simulated } from "./simulated.ts";

interface Told {
  type: string;
  object: Seen & { code?: number };
}

type FetchFrom = Awaited<ReturnType<typeof simulated>>["fetchFrom"];

/** What a watch has told so far, growing as it tells more. */
async function watching(fetchFrom: FetchFrom, path: string) {
  const response = await fetchFrom("GET", `${path}${path.includes("?") ? "&" : "?"}watch=true`);
  const told: Told[] = [];
  const state = { told, isOver: false, status: response.status };
  void readLines(response, told).then(() => {
    state.isOver = true;
  });
  return state;
}

async function readLines(response: Response, told: Told[]): Promise<void> {
  let rest = "";
  const decoder = new TextDecoder();
  try {
    for await (const chunk of response.body ?? []) {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) told.push(JSON.parse(line));
    }
  } catch {
    // A watch that is cut off is over too.
  }
}

const types = (told: readonly Told[]) => told.map(({ type, object }) => `${type} ${object.metadata.name}`);

test("a watch from a list on tells every change in its order", async () => {
  const { api, fetchFrom } = await simulated();
  const { metadata } = await api("GET", `${core}/configmaps`);
  const { told } = await watching(
    fetchFrom,
    `${core}/configmaps?labelSelector=w&resourceVersion=${metadata.resourceVersion}`,
  );
  await api("POST", `${core}/configmaps`, configMap("a", {}, { w: "1" }));
  await api("PATCH", `${core}/configmaps/a`, { data: { x: "1" } }, "application/merge-patch+json");
  await api("DELETE", `${core}/configmaps/a`);
  await eventually(() => told.length === 3);
  expect(types(told)).toEqual(["ADDED a", "MODIFIED a", "DELETED a"]);
  const versions = told.map(({ object }) => Number(object.metadata.resourceVersion));
  expect(versions).toEqual(versions.toSorted((a, b) => a - b));
  expect(told[0]?.object).toMatchObject({ kind: "ConfigMap", apiVersion: "v1" });
});

test("a watch without a version begins with what is there", async () => {
  const { api, fetchFrom } = await simulated();
  await api("POST", `${core}/configmaps`, configMap("a", {}, { w: "1" }));
  const { told } = await watching(fetchFrom, `${core}/configmaps?labelSelector=w`);
  await eventually(() => told.length === 1);
  expect(types(told)).toEqual(["ADDED a"]);
});

test("a watch resumes after the version it was told last", async () => {
  const { api, fetchFrom } = await simulated();
  const first = await api("POST", `${core}/configmaps`, configMap("a", {}, { w: "1" }));
  await api("POST", `${core}/configmaps`, configMap("b", {}, { w: "1" }));
  await api("POST", `${core}/configmaps`, configMap("c", {}, { w: "1" }));
  const from = first.metadata.resourceVersion;
  const { told } = await watching(fetchFrom, `${core}/configmaps?labelSelector=w&resourceVersion=${from}`);
  await eventually(() => told.length === 2);
  expect(types(told)).toEqual(["ADDED b", "ADDED c"]);
});

test("what comes to match a watch's selector is added, and what ceases to is deleted", async () => {
  const { api, fetchFrom } = await simulated();
  const { metadata } = await api("POST", `${core}/configmaps`, configMap("a"));
  const query = `labelSelector=w&resourceVersion=${metadata.resourceVersion}`;
  const { told } = await watching(fetchFrom, `${core}/configmaps?${query}`);
  const label = (w: string | null) =>
    api("PATCH", `${core}/configmaps/a`, { metadata: { labels: { w } } }, "application/merge-patch+json");
  await label("1");
  await label(null);
  await eventually(() => told.length === 2);
  expect(types(told)).toEqual(["ADDED a", "DELETED a"]);
});

test("a watch ends politely after its time, with a bookmark of how far it came", async () => {
  const { api, fetchFrom } = await simulated();
  const { metadata } = await api("GET", `${core}/configmaps`);
  const query = `allowWatchBookmarks=true&timeoutSeconds=3&resourceVersion=${metadata.resourceVersion}`;
  const watch = await watching(fetchFrom, `${core}/configmaps?${query}`);
  await eventually(() => watch.isOver);
  const bookmark = watch.told.find(({ type }) => type === "BOOKMARK");
  expect(bookmark?.object.kind).toBe("ConfigMap");
  expect(Number(bookmark?.object.metadata.resourceVersion)).toBeGreaterThanOrEqual(
    Number(metadata.resourceVersion),
  );
});

test("whoever resumes from what is forgotten is told 410, and a fresh list starts anew", async () => {
  const { api, fetchFrom, sandbox } = await simulated();
  const { metadata } = await api("GET", `${core}/configmaps`);
  sandbox.faults.forgetHistory();
  const path = `${core}/configmaps?resourceVersion=`;
  const old = await watching(fetchFrom, path + metadata.resourceVersion);
  await eventually(() => old.isOver);
  expect(old.told).toMatchObject([
    { type: "ERROR", object: { kind: "Status", code: 410, reason: "Expired" } },
  ]);

  const fresh = await api("GET", `${core}/configmaps`);
  const { told } = await watching(fetchFrom, path + fresh.metadata.resourceVersion);
  await api("POST", `${core}/configmaps`, configMap("a"));
  await eventually(() => told.length === 1);
});

test("watches that are cut off end, and nothing else does", async () => {
  const { api, fetchFrom, sandbox } = await simulated();
  const watch = await watching(fetchFrom, `${core}/configmaps`);
  sandbox.faults.cutWatches();
  await eventually(() => watch.isOver);
  expect(await api("GET", `${core}/configmaps`)).toMatchObject({ kind: "ConfigMapList" });
});

test("a watch whose time is over says nothing more, even where its next bookmark is due in the same turn", async () => {
  const { fetchFrom } = await simulated();
  vi.useFakeTimers({ toFake: ["setInterval", "setTimeout", "clearInterval", "clearTimeout"] });
  const path = `${core}/configmaps?labelSelector=w&allowWatchBookmarks=true&timeoutSeconds=29.9`;
  const state = await watching(fetchFrom, path);
  vi.advanceTimersByTime(30_000);
  vi.useRealTimers();
  await eventually(() => state.isOver);
  expect(state.told.map(({ type }) => type)).toEqual(["BOOKMARK", "BOOKMARK"]);
});
