import { randomInt } from "node:crypto";
import type { Locator } from "playwright-core";
import { expect, test } from "vitest";
import { api } from "../../src/contract/api.ts";
import type { Design } from "../../src/contract/design.ts";
import { compareDesigns } from "../../src/core/versions/compare-designs.ts";
import { diceFrom } from "../soak/dice.ts";
import { openApp } from "../support/browser.ts";
import { nodeAt, openCanvas, until } from "../support/canvas-page.ts";
import { gesture } from "../support/gestures.ts";
import { applyDry, hasKubectl } from "../support/kubectl.ts";

const app = openApp();
const nodes = [
  nodeAt("front", "ingress", 0, 0, { host: "shop.example" }),
  nodeAt("door", "service", 336, 0, { port: 80, targetApp: "api" }),
  nodeAt("api", "deployment", 672, 0, {
    image: "nginx:1.27",
    port: 8080,
    envFrom: [{ type: "secret", name: "keys" }],
  }),
  nodeAt("keys", "secret", 336, 160, { keys: [{ id: "k", name: "TOKEN" }] }),
  nodeAt("data", "persistentvolumeclaim", 672, 160, { storage: "1Gi" }),
];
const edges = [
  ["front", "door"],
  ["door", "api"],
  ["keys", "api"],
  ["data", "api"],
].map(([source = "", target = ""]) => ({
  ...{ id: `${source}-${target}`, source, target },
}));
const same = (a: Design, b: Design) => expect(Object.values(compareDesigns(a, b)).flat()).toEqual([]);

test("17: 200 gestures by pointer and keys are undone to the start and redone to the end", async ({
  onTestFailed,
}) => {
  const seed = Number(process.env.GESTURES_SEED ?? randomInt(2 ** 31));
  const done: string[] = [];
  onTestFailed(() => void process.stderr.write(`GESTURES_SEED=${seed} does it again: ${done.join(", ")}\n`));
  const around = { groups: [], notes: [], placed: [] };
  const canvas = await openCanvas(app, { nodes, edges, canvas: around });
  const { page, surface, card, id, client } = canvas;
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await card("api").waitFor();
  /** All that is drawn, as the server has it once everything is saved. */
  const drawn = async () => {
    const byId = <T extends { id: string }>(list: readonly T[]) =>
      list.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    const design = await canvas.saved();
    const { canvas: beside } = await client.call(api.getWorkflow, { params: { id } });
    return { nodes: byId(design.nodes), edges: byId(design.edges), beside };
  };
  const start = await drawn();
  const dice = diceFrom(seed);
  while (done.length < 200) done.push(await gesture(canvas, dice));
  await page.keyboard.press("Escape");
  await surface.focus();
  await page.keyboard.press("Control+s");
  const undo = page.getByRole("button", { name: /^Undo/ });
  const redo = page.getByRole("button", { name: /^Redo/ });
  const pressUntilNothing = async (keys: string, button: Locator) => {
    while ((await button.getAttribute("aria-disabled")) !== "true") await page.keyboard.press(keys);
  };
  // There is nothing more to do again, and the end is the end.
  await pressUntilNothing("Control+Shift+z", redo);
  const end = await drawn();
  await pressUntilNothing("Control+z", undo);
  await until(async () => expect(await drawn()).toEqual(start));
  await pressUntilNothing("Control+Shift+z", redo);
  await until(async () => expect(await drawn()).toEqual(end));
  await page.reload();
  await surface.waitFor();
  expect(await drawn()).toEqual(end);
}, 900_000);

test("17: what is filled in in forms and in YAML is undone and redone, a field at a time", async () => {
  const api = nodeAt("api", "deployment", 0, 0, { image: "nginx:1.27", replicas: 1 });
  const { page, card, saved } = await openCanvas(app, { nodes: [api], edges: [] });
  const start = await saved();
  await card("api").click();
  const inspector = page.getByRole("complementary", { name: "Inspector" });
  const image = inspector.getByLabel("Image", { exact: true });
  const undo = page.getByRole("button", { name: /^Undo/ });
  const redo = page.getByRole("button", { name: /^Redo/ });
  await image.fill("nginx:1.29");
  await inspector.getByLabel("Replicas", { exact: true }).fill("3");
  const environment = inspector.getByRole("group", { name: "Environment", exact: true });
  await environment.getByRole("button", { name: "Add variable" }).click();
  await environment.getByLabel("Name of variable 1", { exact: true }).fill("COLOUR");
  await environment.getByLabel("Value of COLOUR").fill("green");
  await inspector.getByRole("tab", { name: "YAML" }).click();
  const box = inspector.getByRole("textbox", { name: "YAML of api" });
  await box.click();
  await page.keyboard.press("Control+Home");
  await page.keyboard.insertText("# Of the shop.\n");
  await undo.and(page.getByRole("button", { name: "Undo edit YAML of api" })).waitFor();
  await inspector.getByRole("tab", { name: "Settings" }).click();
  const end = await until(async () => {
    const now = await saved();
    expect(now.nodes[0]?.data).toMatchObject({
      ...{ image: "nginx:1.29", replicas: 3, env: { COLOUR: "green" } },
      comments: expect.anything(),
    });
    return now;
  });

  const steps: string[] = [];
  while ((await undo.getAttribute("aria-disabled")) !== "true") {
    const step = (await undo.getAttribute("aria-label")) ?? "";
    // How quickly a field was filled in decides whether that was one step or two.
    if (steps.at(-1) !== step) steps.push(step);
    await undo.click();
  }
  expect(steps).toEqual([
    "Undo edit YAML of api",
    "Undo change environment of api",
    "Undo change replicas of api",
    "Undo change image of api",
  ]);
  expect(await image.inputValue()).toBe("nginx:1.27");
  await until(async () => same(await saved(), start));
  while ((await redo.getAttribute("aria-disabled")) !== "true") await redo.click();
  expect(await image.inputValue()).toBe("nginx:1.29");
  await until(async () => same(await saved(), end));
});

test("18: a fragment goes to another workflow under new ids, rewired, without values, as YAML that kubectl takes", async () => {
  const from = await openCanvas(app, { nodes, edges });
  const { page } = from;
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await from.card("api").waitFor();
  await from.surface.focus();
  await page.keyboard.press("Control+a");
  // What writes YAML comes after the canvas; what is copied before is for canvases alone.
  const writer = `performance.getEntriesByType("resource").find(({ name }) => name.includes("/fragment-yaml-"))`;
  await page.waitForFunction(writer);
  await page.evaluate(`import((${writer}).name).then(() => undefined)`);
  await page.keyboard.press("Control+c");
  await until(async () => expect(await from.said()).toBe("Copied 5 nodes"));
  const text = await page.evaluate<string>("navigator.clipboard.readText()");
  expect(text.match(/^kind: (.*)$/gm)).toEqual([
    ...["kind: Ingress", "kind: Service", "kind: Deployment", "kind: Secret", "kind: PersistentVolumeClaim"],
  ]);
  expect(text).not.toContain("orrery.dev");
  if (hasKubectl)
    expect(await applyDry(text)).toEqual({
      code: 0,
      said: expect.stringMatching(/^(\S+ created \(server dry run\)\n){5}$/),
    });

  const { id } = await from.client.call(api.createWorkflow, {
    body: { name: "Other", nodes: [nodeAt("own", "deployment", 0, 0, { name: "api", image: "own:1" })] },
  });
  await page.goto(`/workflows/${id}`);
  await page.locator("#card-own").waitFor();
  await from.surface.focus();
  await page.keyboard.press("Control+v");
  await until(async () => {
    const workflow = await from.client.call(api.getWorkflow, { params: { id } });
    expect(workflow.nodes).toHaveLength(6);
    expect(workflow.edges).toHaveLength(4);
    const ids = workflow.nodes.map((node) => node.id);
    expect(ids.filter((each) => nodes.some((node) => node.id === each))).toEqual([]);
    const named = (type: string, name: string) =>
      workflow.nodes.find((node) => node.type === type && node.data.name === name);
    expect(named("deployment", "api-2")?.data.envFrom).toEqual([{ type: "secret", name: "keys" }]);
    expect(named("service", "door")?.data.targetApp).toBe("api-2");
  });
});
