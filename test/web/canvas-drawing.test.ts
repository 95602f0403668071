import { expect, test } from "vitest";
import { api } from "../../src/contract/api.ts";
import type { DesignEdge } from "../../src/contract/design.ts";
import { axeClean, axeCleanInBothThemes, openApp, screenshot } from "../support/browser.ts";
import { drag, drawEdge, middleOf, nodeAt, openCanvas, until } from "../support/canvas-page.ts";
import { deployButton, openStory } from "../support/deploy-story.ts";
import { serving } from "../support/target.ts";

const app = openApp();

const nodes = [
  nodeAt("front", "ingress", 0, 0, { host: "shop.example" }),
  nodeAt("door", "service", 336, 0, { port: 80 }),
  nodeAt("api", "deployment", 336, 200, { image: "nginx:1.27", port: 8080 }),
  nodeAt("settings", "configmap", 0, 200, { data: { COLOUR: "green" } }),
];
const joins = (edges: readonly DesignEdge[]) =>
  edges.map(({ source, target }) => `${source}-${target}`).sort();

test("3: kinds are added and connected by mouse, reviewed, deployed, and then are there as planned", async () => {
  const story = await openStory(app, { nodes: [], edges: [] });
  const { page, cluster, client, id } = story;
  await page.goto(`/workflows/${id}`);
  const surface = page.locator("[data-canvas]");
  const card = (name: string) => page.getByRole("article", { name: new RegExp(`^${name}, `) });
  const add = async (words: string, x: number, y: number, fields: Record<string, string>) => {
    const box = await surface.boundingBox();
    await page.mouse.dblclick((box?.x ?? 0) + x, (box?.y ?? 0) + y);
    await page.getByRole("combobox", { name: "Kind of node" }).fill(words);
    await page.getByRole("option").first().click();
    for (const [label, text] of Object.entries(fields))
      await page.getByLabel(label, { exact: true }).fill(text);
  };
  await surface.waitFor();
  await add("deployment api", 60, 300, { Image: serving.first, Port: "8080" });
  await add("service door", 380, 300, { Port: "80" });
  await add("ingress front", 380, 60, { Host: "shop.example" });
  await drawEdge(page, card("api"), card("door"));
  await page.getByText("80 → 8080").waitFor();
  await drawEdge(page, card("front"), card("door"));
  await until(async () => {
    const { nodes: drawn, edges } = await client.call(api.getWorkflow, { params: { id } });
    const nameOf = (of: string) => String(drawn.find((node) => node.id === of)?.data.name);
    expect(edges.map(({ source, target }) => `${nameOf(source)}-${nameOf(target)}`).sort()).toEqual([
      "door-api",
      "front-door",
    ]);
    expect(drawn).toHaveLength(3);
  });
  await axeCleanInBothThemes(page);
  await screenshot(page, "canvas-drawing");

  await story.review();
  await page.getByText("3 create", { exact: true }).waitFor();
  await axeCleanInBothThemes(page);
  expect(await cluster.writes()).toEqual([]);
  await deployButton(page).click();
  await page.waitForURL(/\/runs\//);
  await page.getByText("v1 is live.").waitFor();
  for (const name of ["api", "door", "front"])
    await page.getByRole("article", { name: new RegExp(`^${name}, .*, ready`) }).waitFor();
  await axeCleanInBothThemes(page);
  expect((await story.workflow()).deployed_version).toBe(1);
  expect((await cluster.find("apps/v1", "deployments", "api"))?.status).toMatchObject({ readyReplicas: 1 });
  expect((await cluster.find("v1", "services", "door"))?.spec).toMatchObject({
    ports: [{ port: 80, targetPort: 8080 }],
  });
  const backend = { service: { name: "door", port: { number: 80 } } };
  expect((await cluster.find("networking.k8s.io/v1", "ingresses", "front"))?.spec).toMatchObject({
    rules: [{ host: "shop.example", http: { paths: [{ backend }] } }],
  });
});

test("two that do not fit say why and offer a way, which connects them", async () => {
  const { page, card, saved } = await openCanvas(app, { nodes });
  await drawEdge(page, card("front"), card("api"));
  const reason = page
    .getByRole("alert")
    .filter({ hasText: "An Ingress sends traffic to a Service, not to pods." });
  await reason.waitFor();
  await axeClean(page);
  await reason.getByRole("button", { name: "Add a Service between" }).click();
  await until(async () => {
    const { edges, nodes: drawn } = await saved();
    const added = drawn.find(({ id }) => !nodes.some((node) => node.id === id))?.id;
    expect(joins(edges)).toEqual([`${added}-api`, `front-${added}`].sort());
  });
});

test("an edge dropped on nothing offers what fits, and joins it", async () => {
  const { page, card, saved } = await openCanvas(app, { nodes });
  const at = await middleOf(card("settings"));
  const width = (await card("settings").boundingBox())?.width ?? 0;
  await drag(page, { x: at.x + width / 2, y: at.y }, { x: at.x + width / 2 + 20, y: at.y + 180 });
  const options = page.getByRole("option");
  await options.first().waitFor();
  expect(await options.allInnerTexts()).toHaveLength(5);
  await page.keyboard.type("job");
  await page.keyboard.press("Enter");
  await until(async () => {
    const { edges, nodes: drawn } = await saved();
    const job = drawn.find(({ type }) => type === "job")?.id;
    expect(joins(edges)).toEqual([`settings-${job}`]);
  });
});

test("what is touched by a frame is selected, dragged together on the grid, and put back by one undo", async () => {
  const { page, card, surface, saved } = await openCanvas(app, { nodes });
  const [first, last] = [await middleOf(card("front")), await middleOf(card("door"))];
  await drag(page, { x: first.x - 130, y: first.y - 60 }, { x: last.x, y: last.y });
  await page.getByText("What you change here changes in all of them.").waitFor();
  const at = await middleOf(card("front"));
  await drag(page, at, { x: at.x + 70, y: at.y + 52 });
  const moved = await until(async () => {
    const found = (await saved()).nodes.filter(({ id }) => id === "front" || id === "door");
    expect(found.map(({ position }) => position)).not.toContainEqual({ x: 0, y: 0 });
    return found;
  });
  for (const { position } of moved)
    expect([Math.abs(position.x % 8), Math.abs(position.y % 8)]).toEqual([0, 0]);
  await surface.focus();
  await page.keyboard.press("Control+z");
  await until(async () =>
    expect((await saved()).nodes.map(({ position }) => position)).toEqual(
      nodes.map(({ position }) => position),
    ),
  );
});

test("an edge is opened by a click, its condition is changed, and it is taken away", async () => {
  const dependency = { id: "e", source: "migrate", target: "api", type: "dependency" };
  const two = [
    nodeAt("migrate", "job", 0, 0, { image: "m" }),
    nodeAt("api", "deployment", 400, 200, { image: "a" }),
  ];
  const { page, savedAs } = await openCanvas(app, { nodes: two, edges: [dependency] });
  const line = await page.locator(".react-flow__edge-interaction").boundingBox();
  await page.mouse.click((line?.x ?? 0) + (line?.width ?? 0) / 2, (line?.y ?? 0) + (line?.height ?? 0) / 2);
  await page.getByRole("combobox", { name: "api starts after migrate" }).selectOption("ready");
  await page
    .getByText(/after ready/)
    .first()
    .waitFor();
  await savedAs({ edges: [{ id: "e", data: { condition: "ready" } }] });
  await axeClean(page);
  await page.getByRole("button", { name: "Disconnect" }).click();
  await savedAs({ edges: [] });
});
