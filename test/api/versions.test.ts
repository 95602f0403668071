import { expect, test } from "vitest";
import { api } from "../../src/contract/api.ts";
import type { Labels } from "../../src/contract/versions.ts";
import { refused } from "../support/refusals.ts";
import { prepareRun } from "../support/run-story.ts";
import { shop, startTestApp } from "../support/test-app.ts";

const [web, door] = shop.nodes;
if (!web || !door) throw new Error("The shop has two nodes");

async function start(body: object = shop) {
  const server = await startTestApp();
  const ada = await server.signUp();
  const { call } = ada;
  const { id } = await call(api.createWorkflow, { body: { name: "Shop", ...body } });
  const params = { id };
  const at = (version: number | string) => ({ params: { id, version: String(version) } });
  return {
    ...{ ...ada, server, id, params, at },
    read: () => call(api.getWorkflow, { params }),
    save: async (changed: object) => (await call(api.saveWorkflow, { params, body: changed })).workflow,
    create: async (labels: Labels = {}) => (await call(api.createVersion, { params, body: labels })).version,
    get: (version: number) => call(api.getVersion, at(version)),
    list: (query: object = {}) => call(api.listVersions, { params, query }),
    restore: (version: number) => call(api.restoreVersion, at(version)),
    compare: (v1: number, v2: number) => call(api.compareVersions, { params, query: { v1, v2 } }),
    /** As anybody's program might ask. */
    async ask(path: string, { method = "GET", body }: { method?: string; body?: string } = {}) {
      const response = await fetch(`${server.url}/v1/api/workflows/${id}/versions${path}`, {
        method,
        headers: {
          authorization: `Bearer ${ada.token}`,
          ...(body !== undefined && { "content-type": "application/json" }),
        },
        ...(body !== undefined && { body }),
      });
      return { status: response.status, body: (await response.json()) as Record<string, unknown> };
    },
  };
}

test("a version is the drawing as it is saved, with what is said of it", async () => {
  const { create, read, user, id, get } = await start({ ...shop, canvas: { notes: [{ text: "Here" }] } });
  const labels = { name: "First", tag: "v1.0", description: "two\nlines" };
  const version = await create(labels);
  expect(version).toMatchObject({
    ...{ ...shop, ...labels, canvas: { notes: [{ text: "Here" }] }, version: 1, workflow_id: id },
    ...{ is_automatic: false, unchanged: false, live: false, created_by: user.id },
  });
  expect(await get(1)).toEqual(version);
  const second = await create();
  expect(await read()).toMatchObject({ current_version: 2, revision: 1, updated_at: second.created_at });
});

test("a version needs nothing said of it, not even a body, and counts from the one before", async () => {
  const { ask, save, get } = await start();
  const first = await ask("", { method: "POST" });
  expect([first.status, first.body.message]).toEqual([201, "Version created successfully"]);
  expect(first.body.version).toMatchObject({ version: 1, description: "", unchanged: false });
  expect(first.body.version).not.toHaveProperty("name");
  expect((await ask("", { method: "POST", body: "{}" })).body.version).toMatchObject({
    version: 2,
    unchanged: true,
  });
  await save({ nodes: [] });
  expect((await ask("", { method: "POST" })).body.version).toMatchObject({
    version: 3,
    unchanged: false,
    nodes: [],
  });
  expect((await get(1)).nodes).toEqual(shop.nodes);
});

test("W09 versions made together have numbers without gaps, one each", async () => {
  const { create, list, read } = await start();
  const made = await Promise.all(Array.from({ length: 20 }, (_, n) => create({ name: `n${n}` })));
  const numbers = Array.from({ length: 20 }, (_, n) => n + 1);
  expect(made.map(({ version }) => version).toSorted((a, b) => a - b)).toEqual(numbers);
  const { versions, total } = await list();
  expect([total, ...versions.map(({ version }) => version)]).toEqual([20, ...numbers.toReversed()]);
  for (const { version, name } of made)
    expect(versions.find((each) => each.version === version)).toMatchObject({ name });
  expect((await read()).current_version).toBe(20);
});

test("a list is newest first, cut into pages, searched literally, and short where that is asked for", async () => {
  const { create, list } = await start();
  for (const labels of [{ name: "100% Beta" }, { tag: "v1_0" }, { description: "About Beta" }])
    await create(labels);
  const numbers = async (query: object) => {
    const { versions, total } = await list(query);
    return [total, ...versions.map(({ version }) => version)];
  };
  expect(await list()).toMatchObject({ page: 1, limit: 20, total: 3 });
  expect(await numbers({})).toEqual([3, 3, 2, 1]);
  expect(await numbers({ limit: 2 })).toEqual([3, 3, 2]);
  expect(await numbers({ limit: 2, page: 2 })).toEqual([3, 1]);
  expect(await numbers({ order: "asc", sort: "created_at" })).toEqual([3, 1, 2, 3]);
  expect(await numbers({ search: "bETA" })).toEqual([2, 3, 1]);
  expect(await numbers({ search: "%" })).toEqual([1, 1]);
  expect(await numbers({ search: "v1_" })).toEqual([1, 2]);
  const [newest] = (await list({ fields: "summary" })).versions;
  expect(newest).toMatchObject({ version: 3, description: "About Beta" });
  expect(newest).not.toHaveProperty("nodes");
  expect((await list()).versions[0]).toMatchObject(shop);
});

test("what is said of a version can be changed and taken away; the rest of it never changes", async () => {
  const { create, call, at, get, save } = await start();
  const before = await create({ name: "First", tag: "v1", description: "Said" });
  await save({ nodes: [] });
  const put = async (body: Labels) => (await call(api.updateVersion, { ...at(1), body })).version;
  expect(await put({})).toEqual(before);
  expect(await put({ name: "Renamed" })).toEqual({ ...before, name: "Renamed" });
  const { tag, ...untagged } = before;
  expect(await put({ tag: "", description: "" })).toEqual({ ...untagged, name: "Renamed", description: "" });
  const claims = {
    nodes: [],
    version: 9,
    is_automatic: true,
    restored_from: 4,
    created_by: "me",
    live: true,
  };
  expect(await put({ ...claims, name: "First", tag, description: "Said" } as Labels)).toEqual(before);
  expect(await get(1)).toEqual(before);
});

test("wrong types and endless texts are refused by name, and nothing is stored", async () => {
  const { create, ask, list } = await start();
  const before = await create({ name: "First" });
  const wrong = [
    { name: 7 },
    { name: null },
    { name: " " },
    { name: "a\u0007" },
    { name: "x".repeat(201) },
    { tag: ["v1"] },
    { tag: "x".repeat(65) },
    { tag: "a\nb" },
    { description: {} },
    { description: "x".repeat(4_097) },
  ];
  for (const [method, path] of [
    ["POST", ""],
    ["PUT", "/1"],
  ] as const) {
    for (const body of wrong) {
      const answer = await ask(path, { method, body: JSON.stringify(body) });
      const [first] = answer.body.details as { path: string }[];
      expect([body, answer.status, first?.path]).toEqual([body, 400, `/${Object.keys(body)[0]}`]);
    }
    expect((await ask(path, { method, body: "[]" })).status).toBe(400);
  }
  expect((await list()).versions).toEqual([before]);
});

test("W11 a version's number is a plain decimal integer, and missing where there is none such", async () => {
  const { create, ask } = await start();
  await create();
  const calls = [
    ["GET", ""],
    ["PUT", ""],
    ["POST", "/restore"],
  ] as const;
  for (const [method, rest] of calls) {
    for (const number of [
      "0",
      "-1",
      "1e0",
      "0x1",
      "9".repeat(20),
      "%201",
      "1%20",
      "1.0",
      "+1",
      "01",
      "%D9%A1",
      "NaN",
    ]) {
      const { status, body } = await ask(`/${number}${rest}`, { method });
      expect([number, status, body]).toEqual([number, 400, { error: "Invalid version number" }]);
    }
    for (const number of ["2", "999999999"])
      expect(await ask(`/${number}${rest}`, { method })).toEqual({
        status: 404,
        body: { error: "Version not found" },
      });
  }
});

test("W11 a comparison needs two numbers and two versions", async () => {
  const { create, ask } = await start();
  await create();
  const sentence = (name: string) => `Invalid or missing version number ${name}`;
  for (const [query, name] of [
    ["", "v1"],
    ["?v2=1", "v1"],
    ["?v1=1", "v2"],
    ["?v1=x&v2=y", "v1"],
    ["?v1=1&v2=-1", "v2"],
    ["?v1=0&v2=1", "v1"],
    ["?v1=1&v2=1e0", "v2"],
    ["?v1=9999999999&v2=1", "v1"],
    ["?v1=1&v1=1&v2=1", "v1"],
  ] as const) {
    const { status, body } = await ask(`/compare${query}`);
    expect([query, status, body.error]).toEqual([query, 400, sentence(name)]);
  }
  for (const query of ["?v1=1&v2=2", "?v1=2&v2=1", "?v1=5&v2=6"])
    expect(await ask(`/compare${query}`)).toEqual({
      ...{ status: 404, body: { error: "One or both versions not found" } },
    });
  for (const query of ["page=0", "limit=101", "limit=1.0", "sort=design", "order=up", "fields=some"])
    expect((await ask(`?${query}`)).status).toBe(400);
});

test("a restore is a new version and the draft, and a stale canvas is told", async () => {
  const { create, save, restore, read, call, params, list } = await start({
    ...shop,
    canvas: { notes: [1] },
  });
  await create({ name: "First" });
  const changed = await save({ nodes: [web], edges: [], canvas: { notes: [2] } });
  await create();
  const { message, version, workflow } = await restore(1);
  expect(message).toBe("Version restored successfully");
  expect(version).toMatchObject({
    ...{
      ...shop,
      version: 3,
      restored_from: 1,
      description: "Restored from version 1",
      canvas: { notes: [1] },
    },
    ...{ is_automatic: false, unchanged: false, live: false },
  });
  expect(version).not.toHaveProperty("name");
  expect(workflow).toEqual(await read());
  expect(workflow).toMatchObject({
    ...shop,
    canvas: { notes: [1] },
    current_version: 3,
    revision: changed.revision + 1,
  });
  const stale = call(api.saveWorkflow, { params, body: { nodes: [], revision: changed.revision } });
  await expect(stale).rejects.toMatchObject(refused(409));
  expect((await list()).versions.map(({ nodes }) => nodes?.length)).toEqual([2, 1, 2]);
});

test("what is there already can be restored too: a version, and no revision", async () => {
  const { create, restore } = await start();
  await create();
  const { version, workflow } = await restore(1);
  expect(version).toMatchObject({ version: 2, unchanged: true, restored_from: 1 });
  expect(workflow).toMatchObject({ revision: 1, current_version: 2 });
});

test("two versions are compared both ways, by field, with layout apart and canvases left out", async () => {
  const { create, save, compare } = await start({ ...shop, canvas: { notes: [1] } });
  await create();
  const data = { ...web.data, image: "nginx:2" };
  const moved = { ...door, position: { x: 9, y: 9 } };
  const queue = { id: "n3", type: "job", position: { x: 0, y: 0 }, data: { name: "queue" } };
  const edges = [{ id: "e1", source: "n2", target: "n3" }];
  await save({ nodes: [{ ...web, data }, moved, queue], edges, canvas: { notes: [2] } });
  await create();
  const there = await compare(1, 2);
  expect(there).toEqual({
    ...{ from_version: 1, to_version: 2, removed_nodes: [], secrets: [] },
    added_nodes: [{ node_id: "n3", type: "job", new_data: { name: "queue" } }],
    modified_nodes: [
      {
        ...{ node_id: "n1", type: "deployment", old_data: web.data, new_data: data },
        fields: [{ path: "/image", from: "nginx", to: "nginx:2" }],
      },
    ],
    moved_nodes: [{ node_id: "n2", type: "service", from: { x: 9, y: 0 }, to: { x: 9, y: 9 } }],
    added_edges: [{ edge_id: "e1", source: "n2", target: "n3" }],
    removed_edges: [{ edge_id: "e1", source: "n2", target: "n1" }],
  });
  const back = await compare(2, 1);
  expect(back.removed_nodes).toEqual([{ node_id: "n3", type: "job", old_data: { name: "queue" } }]);
  expect(back.modified_nodes[0]?.fields).toEqual([{ path: "/image", from: "nginx:2", to: "nginx" }]);
  expect([back.added_edges, back.removed_edges]).toEqual([there.removed_edges, there.added_edges]);
  expect(await compare(2, 2)).toMatchObject({ modified_nodes: [], moved_nodes: [], added_edges: [] });
});

test("a deleted workflow's versions are gone with it, and a clone has none", async () => {
  const { create, call, params, list } = await start();
  await create();
  const clone = await call(api.cloneWorkflow, { params, body: {} });
  expect((await call(api.listVersions, { params: { id: clone.id } })).total).toBe(0);
  await call(api.deleteWorkflow, { params });
  await expect(list()).rejects.toMatchObject(refused(404, "Workflow not found"));
  await expect(create()).rejects.toMatchObject(refused(404, "Workflow not found"));
});

test("each run is a version, the last that succeeded is live, and a restore sends nothing to the cluster", async () => {
  const { start: run, ended, save, client, params, design, cluster } = await prepareRun();
  await ended((await run()).run_id);
  await client.call(api.createVersion, { params, body: { name: "Between" } });
  const { run_id } = await run();
  await ended(run_id);
  await save({ nodes: [], edges: [] });
  const before = await cluster.writes();
  const version = { id: params.id, version: "1" };
  const { workflow } = await client.call(api.restoreVersion, { params: version });
  expect(workflow).toMatchObject({ ...design, deployed_version: 3, current_version: 4 });
  expect(await cluster.writes()).toEqual(before);

  const { versions } = await client.call(api.listVersions, { params, query: { fields: "summary" } });
  const told = versions.map((each) => [
    each.version,
    each.is_automatic,
    each.unchanged,
    each.live,
    each.run_status,
  ]);
  expect(told).toEqual([
    [4, false, true, false, undefined],
    [3, true, true, true, "completed"],
    [2, false, true, false, undefined],
    [1, true, false, false, "completed"],
  ]);
  expect(versions[1]).toMatchObject({ run_id, description: expect.stringMatching(/^Snapshot for run at /) });
  expect(versions[1]).not.toHaveProperty("name");
});

const canary = "canary-7f3a-";

test("W07 of secret values it is told whether they differ and when they were set, and never what they are", async () => {
  const story = await prepareRun();
  const { start: run, ended, save, client, params, design, server } = story;
  const keys = (...names: string[]) => ({
    ...{ id: "keys", type: "secret", position: { x: 0, y: 0 } },
    data: { name: "keys", keys: names.map((name) => ({ id: name, name })) },
  });
  const drawn = (...names: string[]) => save({ ...design, nodes: [...design.nodes, keys(...names)] });
  const deploy = async (secrets: Record<string, string>, env: Record<string, string> = {}) => {
    const trigger_data = { secrets: { keys: secrets }, envVars: { web: env } };
    expect(await ended((await run({ trigger_data })).run_id)).toMatchObject({ status: "completed" });
  };
  await drawn("A", "B");
  await deploy({ A: `${canary}1`, B: `${canary}1` }, { TOKEN: `${canary}t` });
  await drawn("A", "B", "C");
  await deploy({ A: `${canary}2`, B: `${canary}1`, C: `${canary}1` });
  await drawn("A", "C");
  await deploy({});
  await client.call(api.createVersion, { params, body: {} });
  await client.call(api.restoreVersion, { params: { ...params, version: "1" } });

  const compare = async (v1: number, v2: number) => {
    const { secrets } = await client.call(api.compareVersions, { params, query: { v1, v2 } });
    return secrets.map(({ node_id, key, change }) => `${node_id} ${key} ${change}`);
  };
  expect(await compare(1, 2)).toEqual(["keys A changed", "keys B same", "keys C added", "web TOKEN same"]);
  expect(await compare(2, 3)).toEqual(["keys A same", "keys B removed", "keys C same", "web TOKEN same"]);
  expect(await compare(3, 4)).toEqual(["keys A same", "keys C same", "web TOKEN same"]);
  expect(await compare(4, 5)).toEqual(["keys A same", "keys C removed", "web TOKEN same"]);

  const { versions } = await client.call(api.listVersions, { params });
  const setIn = (version: number, present: boolean) => {
    const { created_at, created_by } = versions.find((each) => each.version === version) ?? {};
    return { set_at: created_at, by: created_by, present };
  };
  const values = await client.call(api.listSecretValues, { params });
  expect(values).toEqual({
    keys: { A: setIn(2, true), B: setIn(1, false), C: setIn(2, true) },
    web: { TOKEN: setIn(1, true) },
  });

  const paths = ["/secrets", "/versions", "/versions/1", "/versions/5", "/versions/compare?v1=1&v2=2", ""];
  const { token } = client;
  for (const path of paths) {
    const url = `${server.url}/v1/api/workflows/${params.id}${path}`;
    const text = await (await fetch(url, { headers: { authorization: `Bearer ${token}` } })).text();
    expect(text).toContain('"keys"');
    for (const never of [canary, Buffer.from(canary).toString("base64url").slice(0, -2), "secret_hashes"])
      expect(text).not.toContain(never);
  }
});
