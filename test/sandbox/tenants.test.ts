import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { startSandbox } from "../../src/sandbox/sandbox.ts";
import { eventually } from "../support/eventually.ts";
import { apps, configMap, core, deployment, simulated } from "./simulated.ts";

test("without the right token nobody is told anything, but that the server lives", async () => {
  const { sandbox } = await simulated();
  const askAs = (path: string, authorization?: string) =>
    fetch(`${sandbox.server}${path}`, { headers: { ...(authorization && { authorization }) } });
  for (const authorization of [undefined, "Bearer wrong", "Bearer ", `Basic ${sandbox.issue("somebody")}`])
    for (const path of ["/version", "/api", "/api/v1/namespaces", "/nothing"]) {
      const answer = await askAs(path, authorization);
      expect(answer.status).toBe(401);
      expect(await answer.json()).toMatchObject({ kind: "Status", reason: "Unauthorized", code: 401 });
    }
  expect((await askAs("/healthz")).status).toBe(200);
});

test("each tenant has a cluster of its own and sees nothing of another's", async () => {
  const { tenant } = await simulated();
  const [ours, theirs] = [tenant("us"), tenant("them")];
  await ours.api("POST", `${core}/configmaps`, configMap("secret-plan", { a: "1" }));
  await ours.api("POST", `${apps}/deployments`, deployment("web"));
  await ours.seen(`${apps}/deployments/web`, ({ status }) => status.readyReplicas === 1);
  expect(await theirs.ask("GET", `${core}/configmaps/secret-plan`)).toMatchObject({ status: 404 });
  expect(await theirs.list("/apis/apps/v1/deployments")).toEqual([]);
  expect(await theirs.list("/api/v1/pods")).toEqual([]);
  expect(await theirs.ask("POST", `${core}/configmaps`, configMap("secret-plan"))).toMatchObject({
    status: 201,
  });
  await theirs.api("DELETE", `${core}/configmaps/secret-plan`);
  expect(await ours.api("GET", `${core}/configmaps/secret-plan`)).toMatchObject({ data: { a: "1" } });
});

test("tokens are the same again where the key is, and others where it is not", async () => {
  const key = randomBytes(32);
  const { sandbox: one } = await simulated({ key });
  const { sandbox: two } = await simulated({ key });
  const { sandbox: other } = await simulated();
  expect(two.issue("us")).toBe(one.issue("us"));
  expect(one.issue("them")).not.toBe(one.issue("us"));
  expect(other.issue("us")).not.toBe(one.issue("us"));
});

test("what one tenant may keep is bounded, and it is the tenant who is told", async () => {
  const { api, ask, list } = await simulated({ maxObjects: 60 });
  await eventually(async () => (await list(`${core}/configmaps`)).length > 0);
  let refused: Awaited<ReturnType<typeof ask>> | undefined;
  for (let index = 0; index < 60 && !refused; index += 1) {
    const answer = await ask("POST", `${core}/configmaps`, configMap(`n-${index}`));
    if (answer.status !== 201) refused = answer;
  }
  expect(refused).toMatchObject({ status: 507, body: { message: "the sandbox holds 60 objects at most" } });
  await api("DELETE", `${core}/configmaps/n-0`);
  expect(await ask("POST", `${core}/configmaps`, configMap("n-0"))).toMatchObject({ status: 201 });
});

test("a body that is too long or no JSON is refused", async () => {
  const { ask } = await simulated();
  const long = configMap("long", { a: "x".repeat(3 * 1024 * 1024) });
  expect(await ask("POST", `${core}/configmaps`, long)).toMatchObject({ status: 413 });
  expect(await ask("POST", `${core}/configmaps`, '{"kind":')).toMatchObject({ status: 400 });
});

test("a key that means something to JavaScript is a key like any other", async () => {
  const { ask, api } = await simulated();
  const sent =
    '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"odd"},"data":{"__proto__":"1","constructor":"2"}}';
  await ask("POST", `${core}/configmaps`, sent);
  const { data } = await api("GET", `${core}/configmaps/odd`);
  expect(Object.entries(data).toSorted()).toEqual([
    ["__proto__", "1"],
    ["constructor", "2"],
  ]);
});

test("a sandbox that starts again with its snapshot has everything it had", async () => {
  const key = randomBytes(32);
  const before = await simulated({ key });
  await before.api("POST", `${apps}/deployments`, deployment("web"));
  const live = await before.seen(`${apps}/deployments/web`, ({ status }) => status.readyReplicas === 1);
  const restore = before.sandbox.snapshot();
  const after = await simulated({ key, restore });
  const { metadata } = await after.api("GET", `${apps}/deployments/web`);
  expect(metadata).toMatchObject({ uid: live.metadata.uid, generation: 1 });
  await after.api(
    "PATCH",
    `${apps}/deployments/web/scale`,
    { spec: { replicas: 2 } },
    "application/merge-patch+json",
  );
  await after.seen(`${apps}/deployments/web`, ({ status }) => status.readyReplicas === 2);
});

test("addresses that were given out before a restart are not given out again", async () => {
  const key = randomBytes(32);
  const service = (name: string) => ({
    ...{ apiVersion: "v1", kind: "Service", metadata: { name } },
    spec: { type: "NodePort", ports: [{ port: 80 }, { name: "more", port: 81 }].map(named) },
  });
  const named = (port: { name?: string; port: number }) => ({ name: "one", ...port });
  const before = await simulated({ key });
  for (const name of ["a", "b"]) await before.api("POST", `${core}/services`, service(name));
  const after = await simulated({ key, restore: before.sandbox.snapshot() });
  await after.api("POST", `${core}/services`, service("c"));
  const specs = (await after.list(`${core}/services`)).map(
    ({ spec }) => spec as unknown as { clusterIP: string; ports: { nodePort: number }[] },
  );
  const given = specs.flatMap(({ clusterIP, ports }) => [clusterIP, ...ports.map((port) => port.nodePort)]);
  expect(given).toHaveLength(9);
  expect(new Set(given).size).toBe(9);
});

const strangers = ["", "{}", "[1]", '[["us",{}]]', '[["us",{"version":1,"objects":[{"kind":"Pod"}]}]]'];

test.each(strangers)("what is no snapshot is not begun with: %s", async (restore) => {
  await expect(startSandbox({ restore })).rejects.toThrow();
});

test("as many requests fail as are to fail, the same ones every time", async () => {
  const { sandbox, ask } = await simulated();
  const statuses = async () => {
    sandbox.faults.rate(0.2, 0, 7);
    const seen: number[] = [];
    for (let index = 0; index < 200; index += 1) seen.push((await ask("GET", `${core}/configmaps`)).status);
    return seen;
  };
  const first = await statuses();
  const throttled = first.filter((status) => status === 429).length;
  expect(throttled).toBeGreaterThan(20);
  expect(throttled).toBeLessThan(60);
  expect(first.filter((status) => status === 200)).toHaveLength(200 - throttled);
  expect(await statuses()).toEqual(first);
  expect(sandbox.requests.filter(({ status }) => status === 429)).toHaveLength(2 * throttled);
});

test("connections are cut off as often as they are to be", async () => {
  const { sandbox, ask } = await simulated();
  sandbox.faults.rate(0, 0.3, 3);
  const asked = Array.from({ length: 60 }, () => ask("GET", `${core}/configmaps`));
  const ends = await Promise.allSettled(asked);
  const cut = ends.filter(({ status }) => status === "rejected").length;
  expect(cut).toBeGreaterThan(0);
  expect(cut).toBeLessThan(60);
  sandbox.faults.rate(0, 0);
  expect(await ask("GET", `${core}/configmaps`)).toMatchObject({ status: 200 });
});

test("what is to be refused is, until that is taken back", async () => {
  const { sandbox, ask } = await simulated();
  sandbox.faults.refuse("POST", /\/configmaps$/, 403, "not today");
  expect(await ask("POST", `${core}/configmaps`, configMap("one"))).toMatchObject({
    status: 403,
    body: { kind: "Status", message: "not today" },
  });
  expect(await ask("GET", `${core}/configmaps`)).toMatchObject({ status: 200 });
  sandbox.faults.relent();
  expect(await ask("POST", `${core}/configmaps`, configMap("one"))).toMatchObject({ status: 201 });
});

test("a stopped sandbox is gone, whatever was still to come about", async () => {
  const sandbox = await startSandbox({ pace: 1 });
  const headers = { authorization: `Bearer ${sandbox.issue("us")}`, "content-type": "application/json" };
  const body = JSON.stringify(deployment("web", { replicas: 5 }));
  await fetch(`${sandbox.server}${apps}/deployments`, { method: "POST", headers, body });
  await sandbox.stop();
  await expect(fetch(`${sandbox.server}/healthz`)).rejects.toThrow();
  expect(sandbox.complaints).toEqual([]);
});
