import { expect, test } from "vitest";
import { api } from "../../src/contract/api.ts";
import { refused } from "../support/refusals.ts";
import { shop, startTestApp } from "../support/test-app.ts";

async function start() {
  const server = await startTestApp();
  const ada = await server.signUp();
  const { id } = await ada.call(api.createWorkflow, { body: { name: "Shop" } });
  const send = async (method: string, path: string, body: unknown) => {
    const response = await fetch(`${server.url}/v1/api${path}`, {
      method,
      headers: { authorization: `Bearer ${ada.token}`, "content-type": "application/json" },
      body: typeof body === "string" ? body : JSON.stringify(body),
    });
    return { status: response.status, json: (await response.json()) as Record<string, unknown> };
  };
  const save = (body: unknown) => send("POST", `/workflows/${id}/save`, body);
  const read = () => ada.call(api.getWorkflow, { params: { id } });
  return { ...server, ...ada, id, send, save, read };
}

const node = (more: object = {}) => ({ id: "n", type: "job", position: { x: 0, y: 0 }, data: {}, ...more });

test("W01 what the server and a canvas keep for themselves is not taken from a body", async () => {
  const { save, send, id, read } = await start();
  const own = { _status: { state: "healthy", message: "Mine" }, _secretCreated: true };
  const transient = {
    width: 1,
    height: 2,
    selected: true,
    dragging: true,
    measured: {},
    positionAbsolute: {},
  };
  const drawn = {
    ...node({ data: { ...own, note: "Kept" } }),
    ...transient,
    position: { x: 1, y: 2, z: 3 },
    owner_id: "me",
  };
  const edge = { id: "e", source: "n", target: "n", selected: true, condition: "ready", custom: [1] };
  const claims = { owner_id: "0".repeat(24), run_count: 9, status: "published", current_version: 7, id: "x" };
  for (const body of [
    { nodes: [drawn], edges: [edge], ...claims },
    { nodes: [], edges: [] },
  ])
    expect((await save(body)).status).toBe(200);
  await send("PUT", `/workflows/${id}`, {
    nodes: [drawn],
    edges: [edge],
    owner_id: "me",
    deployed_version: 3,
  });

  const stored = await read();
  expect(stored.nodes).toEqual([{ ...node(), position: { x: 1, y: 2 }, data: { note: "Kept" } }]);
  expect(stored.edges).toEqual([{ id: "e", source: "n", target: "n", condition: "ready", custom: [1] }]);
  expect(stored).toMatchObject({ id, status: "draft", run_count: 0, current_version: 1 });
  expect(stored).not.toHaveProperty("deployed_version");
});

test("W02 a graph beyond its limits is refused with its place, and nothing is stored", async () => {
  const { save, read } = await start();
  const before = await read();
  const deep = JSON.stringify({ nodes: [node()] }).replace(
    '"data":{}',
    `"data":{"a":${"[".repeat(70)}${"]".repeat(70)}}`,
  );
  const wrong: [unknown, string][] = [
    [{ nodes: [node(), node(), node(), node({ data: { text: "x".repeat(262_144) } })] }, "/nodes/3"],
    [{ nodes: [node(), node({ data: { text: "€".repeat(90_000) } })] }, "/nodes/1"],
    [{ nodes: [node({ data: { a: [{ ["k".repeat(257)]: 1 }] } })] }, "/nodes/0"],
    [{ nodes: Array.from({ length: 5_001 }, (_, n) => node({ id: `n${n}` })) }, "/nodes"],
    [
      { edges: Array.from({ length: 20_001 }, (_, n) => ({ id: `${n}`, source: "a", target: "b" })) },
      "/edges",
    ],
    [{ nodes: [node({ id: "" })] }, "/nodes/0/id"],
    [{ nodes: [node({ position: { x: "1", y: 0 } })] }, "/nodes/0/position/x"],
    [{ nodes: [node({ data: [] })] }, "/nodes/0/data"],
    [{ nodes: null }, "/nodes"],
  ];
  for (const [body, path] of wrong) {
    const { status, json } = await save(body);
    expect([status, (json.details as { path: string }[])[0]?.path]).toEqual([400, path]);
  }
  expect((await save(deep)).status).toBe(400);
  expect(await read()).toEqual(before);
});

test("W02 odd graphs are kept as they are: ids that repeat, edges to nowhere and to themselves, cycles", async () => {
  const { save, read } = await start();
  const nodes = [node(), node(), node({ id: "__proto__" }), node({ id: "../a b\n" }), node({ id: "💥" })];
  const edge = (source: string, target: string) => ({ id: "same", source, target, type: "dependency" });
  const edges = [edge("n", "n"), edge("n", "nowhere"), edge("💥", "__proto__"), edge("__proto__", "💥")];
  expect((await save({ nodes, edges })).status).toBe(200);
  expect(await read()).toMatchObject({ nodes, edges, node_count: 5 });
});

test("W09 of parallel saves of one revision one is kept and the others are told", async () => {
  const { save, read } = await start();
  const saves = Array.from({ length: 12 }, (_, n) => save({ nodes: [node({ id: `n${n}` })], revision: 1 }));
  const answers = await Promise.all(saves);
  const won = answers.filter(({ status }) => status === 200);
  expect(won).toHaveLength(1);
  expect(answers.filter(({ status }) => status === 409)).toHaveLength(11);
  const stored = await read();
  expect(won[0]?.json.workflow).toEqual(stored);
  expect(stored.revision).toBe(2);
  for (const { status, json } of answers) if (status === 409) expect(json.workflow).toEqual(stored);
});

test("W09 parallel saves that ask for no revision are all kept, one after another", async () => {
  const { save, read } = await start();
  await Promise.all(Array.from({ length: 20 }, (_, n) => save({ nodes: [node({ id: `n${n}` })] })));
  expect((await read()).revision).toBe(21);
});

test("U13 a name is text to see, without control characters", async () => {
  const { send, signUp } = await start();
  for (const name of ["", " ", "\u200b", "a\nb", "a\u0000", "\ud800", "x".repeat(201), 7, null, undefined]) {
    const { status, json } = await send("POST", "/workflows", { name });
    expect([name, status, (json.details as { path: string }[])[0]?.path]).toEqual([name, 400, "/name"]);
  }
  const { status, json } = await send("POST", "/workflows", {
    name: "<b>Ünï</b> 🚀",
    description: "two\nlines\t",
  });
  expect([status, json.name, json.description]).toEqual([201, "<b>Ünï</b> 🚀", "two\nlines\t"]);
  expect((await send("POST", "/workflows", { name: "a", description: "\u001b[2J" })).status).toBe(400);
  const eve = await signUp("Eve");
  expect((await eve.call(api.listWorkflows, {})).total).toBe(0);
});

test("I2 a malformed id is refused before anything is looked up", async () => {
  const { call } = await start();
  for (const id of ["abc", "0".repeat(25), "A".repeat(24), "%27or%271"]) {
    const asked = call(api.saveWorkflow, { params: { id }, body: shop });
    await expect(asked).rejects.toMatchObject(refused(400, "Invalid workflow ID"));
  }
});
