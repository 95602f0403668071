import { expect, test } from "vitest";
import { api } from "../../src/contract/api.ts";
import { axeClean, noSidewaysScroll, openApp, screenshot } from "../support/browser.ts";
import { nodeAt, openCanvas, until } from "../support/canvas-page.ts";
import { deployByKeys, drawByKeys, reviewByKeys } from "../support/keyboard-story.ts";
import { serving, testCluster } from "../support/target.ts";

const app = openApp();

test("4, drawing: everything is added, connected, moved and named without a pointer, and read out", async () => {
  const { page, surface, said, saved } = await openCanvas(app);
  const hear = (sentence: string | RegExp) => until(async () => expect(await said()).toMatch(sentence));
  const onCanvas = () =>
    until(async () => expect(await page.evaluate("document.activeElement.role")).toBe("application"));
  await surface.focus();
  for (const what of ["deployment web", "service web", "ingress shop", "job migrate"]) {
    await page.keyboard.press("a");
    await page.getByRole("combobox", { name: "Kind of node" }).waitFor();
    await page.keyboard.type(what);
    await page.keyboard.press("Enter");
    await hear(new RegExp(`^Added .* ${what.split(" ")[1]}$`));
  }
  const connect = async (from: string, to: string, sentence: string) => {
    await onCanvas();
    await page.keyboard.press("/");
    await page.keyboard.type(from);
    await page.keyboard.press("Enter");
    await page.keyboard.press("Escape");
    await until(async () => expect(await page.evaluate("document.activeElement.role")).toBe("application"));
    await page.keyboard.press("c");
    await page.getByRole("combobox", { name: "Node to connect to" }).waitFor();
    await page.keyboard.type(to);
    await page.keyboard.press("Enter");
    await hear(sentence);
  };
  await connect("web kind:service", "web, Dep", "Service web sends traffic to Deployment web");
  await connect("shop", "web, Serv", "Ingress shop sends traffic to Service web");
  await connect("migrate", "web, Dep", "Deployment web waits for Job migrate: after completed");
  await onCanvas();
  await page.keyboard.press("m");
  for (const key of ["ArrowRight", "ArrowRight", "Shift+ArrowUp", "Enter"]) await page.keyboard.press(key);
  await hear("migrate moved 16 right, 40 up");
  await page.keyboard.press("F2");
  await page.getByRole("textbox", { name: "Name" }).waitFor();
  await page.keyboard.type("prepare");
  await page.keyboard.press("Enter");
  await hear("Renamed to prepare");
  await until(async () => {
    const { nodes, edges } = await saved();
    expect(nodes.map(({ data }) => data.name)).toEqual(["web", "web", "shop", "prepare"]);
    expect(edges).toHaveLength(3);
  });
  expect(await page.evaluate("document.activeElement.role")).toBe("application");
  await axeClean(page);
});

test("4, whole: the keyboard alone draws, connects, fills in, saves, reviews and deploys", async () => {
  const { person } = app;
  const cluster = await testCluster();
  const body = { ...cluster.addBody, name: "prod" };
  await (await person()).client.call(api.addCluster, { body });
  const canvas = await openCanvas(app, { cluster_id: body.name });
  const { page, saved } = canvas;
  await page.evaluate(`
    pointers = 0;
    for (const name of ["pointerdown", "mousedown", "touchstart"])
      addEventListener(name, () => { pointers += 1; }, { capture: true });
  `);
  await drawByKeys(canvas, { web: serving.first, job: cluster.shellImage });
  await until(async () => {
    const { nodes, edges } = await saved();
    expect(nodes.map(({ data }) => data)).toMatchObject([
      { name: "web", image: serving.first, port: 8080 },
      { name: "door", port: 80 },
      { name: "shop", host: "shop.example" },
      { name: "migrate", image: cluster.shellImage },
    ]);
    expect(edges.map(({ data }) => data?.condition)).toEqual([undefined, undefined, "completed"]);
  });
  await reviewByKeys(page, cluster.namespace);
  await deployByKeys(page);
  expect(await page.evaluate("pointers")).toBe(0);
  expect((await cluster.find("batch/v1", "jobs", "migrate"))?.status).toMatchObject({ succeeded: 1 });
  await axeClean(page);
});

test("cards are told in words, and arrows and brackets go from one to the next", async () => {
  const nodes = [
    nodeAt("door", "service", 0, 0, { port: 80 }),
    nodeAt("api", "deployment", 336, 0, { image: "nginx:1", namespace: "shop" }),
    nodeAt("db", "statefulset", 336, 160, { image: "postgres:17" }),
  ];
  const { page, surface, card } = await openCanvas(app, {
    nodes,
    edges: [{ id: "e", source: "door", target: "api" }],
  });
  await card("api").waitFor();
  expect(await card("api").getAttribute("aria-label")).toBe(
    "api, Deployment, namespace shop, not deployed, 1 in, 0 out",
  );
  await surface.focus();
  const at = (id: string) =>
    until(async () => expect(await surface.getAttribute("aria-activedescendant")).toBe(`card-${id}`));
  for (const [key, id] of [
    ["Home", "door"],
    ["]", "api"],
    ["ArrowDown", "db"],
    ["ArrowUp", "api"],
    ["[", "door"],
  ] as const) {
    await page.keyboard.press(key);
    await at(id);
  }
});

test("a key that changes things says what it needs, and a circle of waits is refused with its chain", async () => {
  const nodes = [
    nodeAt("a", "deployment", 0, 0, { image: "a" }),
    nodeAt("b", "deployment", 336, 0, { image: "b" }),
  ];
  const { page, surface, said } = await openCanvas(app, {
    nodes,
    edges: [{ id: "e", source: "a", target: "b", type: "dependency" }],
  });
  await surface.focus();
  await page.keyboard.press("c");
  await until(async () => expect(await said()).toBe("No card is chosen: arrows choose one"));
  await page.keyboard.press("End");
  await page.keyboard.press("c");
  const option = page.getByRole("option").first();
  await option.waitFor();
  expect(await option.textContent()).toContain("connected: Enter disconnects");
  await page.keyboard.press("Escape");
  await until(async () => expect(await page.evaluate("document.activeElement.role")).toBe("application"));
  await page.keyboard.press("?");
  await page.getByRole("dialog", { name: "Keys" }).getByText("Canvas, editing").waitFor();
  await screenshot(page, "canvas-keys");
});

test("4, outline: at 320 px the outline alone adds, renames, connects, disconnects and removes", async () => {
  const { page, savedAs, saved } = await openCanvas(app, {}, { viewport: { width: 320, height: 700 } });
  const add = async (what: string) => {
    await page.getByRole("button", { name: "Add", exact: true }).press("Enter");
    await page.getByRole("combobox", { name: "Kind of node" }).fill(what);
    await page.keyboard.press("Enter");
  };
  await add("deployment api");
  await add("configmap settings");
  await page.getByRole("button", { name: "Connect settings" }).press("Enter");
  await page.getByRole("combobox", { name: "Node to connect to" }).fill("api");
  await page.keyboard.press("Enter");
  await page.getByText("ConfigMap settings configures Deployment api").first().waitFor();
  await axeClean(page);
  await noSidewaysScroll(page);
  await screenshot(page, "canvas-outline-320");
  await page
    .getByRole("button", { name: /^Disconnect: ConfigMap settings/ })
    .first()
    .press("Enter");
  await savedAs({ edges: [] });
  await page.getByRole("button", { name: "All actions for settings" }).press("Enter");
  await page.getByRole("combobox", { name: "Action" }).fill("remove");
  await page.keyboard.press("Enter");
  await until(async () => expect((await saved()).nodes.map(({ data }) => data.name)).toEqual(["api"]));
});

test("the outline beside the canvas keeps the place, and is clean", async () => {
  const nodes = [
    nodeAt("door", "service", 0, 0, { port: 80 }),
    nodeAt("api", "deployment", 336, 0, { image: "nginx:1" }),
  ];
  const { page, surface } = await openCanvas(app, {
    nodes,
    edges: [{ id: "e", source: "door", target: "api" }],
  });
  await surface.focus();
  await page.keyboard.press("o");
  const outline = page.getByRole("region", { name: "Outline" });
  await outline.getByRole("button", { name: "api", exact: true }).click();
  await outline.getByText("Service door sends traffic to Deployment api").waitFor();
  expect(await surface.getAttribute("aria-activedescendant")).toBe("card-api");
  await axeClean(page);
});
