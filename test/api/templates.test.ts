import { expect, test } from "vitest";
import { api } from "../../src/contract/api.ts";
import { catalog } from "../../src/core/catalog/catalog.ts";
import { startTestApp } from "../support/test-app.ts";

async function start() {
  const server = await startTestApp();
  return { ...server, ...(await server.signUp()) };
}

test("there is a template for each kind of node, and each names its settings", async () => {
  const { call } = await start();
  const { templates, total } = await call(api.listTemplates, {});
  expect(templates.map(({ name }) => name).toSorted()).toEqual([...catalog.keys()].toSorted());
  expect(total).toBe(catalog.size);
  for (const { id, name, description, displayName, parameters, tags } of templates) {
    expect(id).toBe(`core/${name}`);
    expect(displayName).toBe(catalog.get(name)?.title);
    expect(description.length).toBeGreaterThan(20);
    expect(tags.length).toBeGreaterThan(1);
    const known = Object.keys(catalog.get(name)?.settings.properties ?? {});
    const named = parameters.map((parameter) => parameter.name);
    expect(named.filter((each) => !known.includes(each))).toEqual([]);
    expect(new Set(named).size).toBe(named.length);
    expect(parameters.every(({ label }) => label.trim() !== "")).toBe(true);
  }
  expect((await call(api.listTemplates, { query: { limit: 2 } })).templates).toEqual(templates.slice(0, 2));
});

test("the parameters of a deployment are those existing clients look for", async () => {
  const { call } = await start();
  const { templates } = await call(api.listTemplates, {});
  const { parameters = [] } = templates.find(({ name }) => name === "deployment") ?? {};
  const byName = new Map(parameters.map((parameter) => [parameter.name, parameter]));
  expect(byName.get("name")).toMatchObject({ type: "string", required: true, default: "my-deployment" });
  expect(byName.get("image")).toMatchObject({ type: "string", required: true });
  expect(byName.get("replicas")).toMatchObject({ type: "number", required: false, default: 1, min: 0 });
  expect(byName.get("port")).toMatchObject({ type: "number", default: 8080 });
  expect(byName.get("imagePullPolicy")).toMatchObject({
    type: "select",
    default: "IfNotPresent",
    options: ["Always", "IfNotPresent", "Never"].map((value) => ({ value, label: value })),
  });
  expect(byName.get("env")).toMatchObject({ type: "object" });
  expect(byName.get("volumeMounts")).toMatchObject({ type: "array" });
});

test("a stack begins a workflow with its drawing, and what is given wins", async () => {
  const { call } = await start();
  const { stacks } = await call(api.listStacks, {});
  const [sample] = stacks;
  const made = await call(api.createWorkflow, { body: { name: "Mine", stack: "shop" } });
  expect(made).toMatchObject({ name: "Mine", description: sample?.description, edges: sample?.edges });
  expect(made.nodes).toEqual(sample?.nodes);
  expect(made.canvas).toEqual(sample?.canvas);
  const body = { name: "Mine", stack: "web-and-api", description: "Ours", nodes: [], edges: [] };
  expect(await call(api.createWorkflow, { body })).toMatchObject({ description: "Ours", nodes: [] });
});

test("a stack that does not exist is refused, and the others are named", async () => {
  const { call } = await start();
  for (const stack of ["", "Shop", "__proto__", "../shop"])
    await expect(call(api.createWorkflow, { body: { name: "Mine", stack } })).rejects.toMatchObject({
      status: 400,
      details: [{ path: "/stack", message: "must be one of shop, web-and-api, scheduled-report" }],
    });
});
