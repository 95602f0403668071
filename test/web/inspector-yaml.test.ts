import type { Locator, Page } from "playwright-core";
import { expect, test } from "vitest";
import { api } from "../../src/contract/api.ts";
import { axeCleanInBothThemes, openApp } from "../support/browser.ts";
import { until } from "../support/canvas-page.ts";
import { nodeOf } from "../support/compile-one.ts";
import { openNode } from "../support/inspector.ts";
import { manifests, unsaid } from "../support/manifests.ts";

const app = openApp();
/** All that is in the editor, as its own document has it and not as much of it as is on screen. */
const textIn = (box: Locator) =>
  box.evaluate<string, HTMLElement>((element) => {
    const { cmTile, cmView } = element as unknown as Record<
      string,
      { view: { state: { doc: object } } } | undefined
    >;
    return String((cmTile ?? cmView)?.view.state.doc);
  });

async function replace(page: Page, box: Locator, text: string): Promise<void> {
  await box.click();
  await page.keyboard.press("Control+a");
  await page.keyboard.insertText(text);
}

test("story 16: manifests of more than fifty sorts stay what they are through form and YAML, saving and reloading", async () => {
  const nodes = manifests.map(({ type, place }, index) => {
    const data = type === "object" ? { manifest: {} } : { name: place.split("/")[1] };
    return { ...nodeOf(`n${index}`, type, data), position: { x: index * 336, y: 0 } };
  });
  const { page, id, inspector, client } = await openNode(
    app,
    { nodes, edges: [] },
    { node: "n0", panel: "yaml" },
  );
  const box = inspector.getByRole("textbox", { name: /^YAML of/ });
  /** Goes to the next node to the right, as a key does. */
  const open = async (index: number) => {
    await page.locator("[data-canvas]").focus();
    await page.keyboard.press(index === 0 ? "Home" : "ArrowRight");
    await page.keyboard.press("Enter");
    await page.waitForURL((url) => url.searchParams.get("node") === `n${index}`);
    await box.waitFor();
  };
  /** To the form and back, by the arrows on the tabs. */
  const thereAndBack = async () => {
    await inspector.getByRole("tab", { name: "YAML" }).focus();
    for (const [key, name] of [
      ["ArrowLeft", "Settings"],
      ["ArrowRight", "YAML"],
    ] as const) {
      await page.keyboard.press(key);
      await inspector.getByRole("tab", { name, selected: true }).waitFor();
    }
    await box.waitFor();
  };

  const texts: string[] = [];
  for (const [index, { text, comments, place }] of manifests.entries()) {
    await open(index);
    await replace(page, box, text);
    // What was written is taken over at the latest when the tab is left.
    await thereAndBack();
    expect(await inspector.getByText("Not taken over").count(), place).toBe(0);
    const taken = await textIn(box);
    for (const comment of comments) expect(taken).toContain(`#${comment}\n`);
    expect(unsaid(taken, text), place).toEqual([]);
    texts.push(taken);
  }
  await page.keyboard.press("Control+s");
  await page.locator("[data-saved=saved]").waitFor();
  const before = await client.call(api.getWorkflow, { params: { id } });

  await page.reload();
  for (const [index, { place }] of manifests.entries()) {
    await open(index);
    // Each went there and back once; ten times of all is told of the texts themselves, where it takes no minutes.
    if (index % 20 === 0) for (let round = 0; round < 10; round += 1) await thereAndBack();
    expect(await textIn(box), place).toBe(texts[index]);
  }
  await page.locator("[data-saved=saved]").waitFor();
  expect(await client.call(api.getWorkflow, { params: { id } })).toEqual(before);
  await axeCleanInBothThemes(page);
}, 900_000);

test("a field edited in the form changes its own line of the YAML, and the other way round", async () => {
  const node = nodeOf("n", "deployment", { name: "api", image: "acme/api:1", replicas: 2 });
  const { page, inspector, saved } = await openNode(
    app,
    { nodes: [node], edges: [] },
    { node: "n", panel: "yaml" },
  );
  const box = inspector.getByRole("textbox", { name: "YAML of api" });
  await box.waitFor();
  const before = (await textIn(box)).split("\n");
  await inspector.getByRole("tab", { name: "Settings" }).click();
  await inspector.getByLabel("Image", { exact: true }).fill("acme/api:2");
  await inspector.getByRole("tab", { name: "YAML" }).click();
  await box.waitFor();
  const after = (await textIn(box)).split("\n");
  expect(after.filter((line, index) => line !== before[index]).map((line) => line.trim())).toEqual([
    "image: acme/api:2",
  ]);

  // Whoever leaves at once has said it too.
  await replace(page, box, after.join("\n").replace("replicas: 2", "replicas: 5 # busy"));
  await inspector.getByRole("tab", { name: "Settings" }).click();
  const replicas = inspector.getByLabel("Replicas", { exact: true });
  await until(async () => expect(await replicas.inputValue()).toBe("5"));
  await saved((data) => expect(data).toMatchObject({ image: "acme/api:2", replicas: 5 }));
});

test("bad YAML never replaces the draft: the form is read-only, says so, and the last good state stays", async () => {
  const node = nodeOf("n", "deployment", { name: "api", image: "acme/api:1" });
  const { page, id, inspector, client } = await openNode(
    app,
    { nodes: [node], edges: [] },
    { node: "n", panel: "yaml" },
  );
  const box = inspector.getByRole("textbox", { name: "YAML of api" });
  await replace(page, box, "apiVersion: apps/v1\nkind: Deployment\nspec: [1, {");
  await inspector.getByText("Not taken over").waitFor();
  await axeCleanInBothThemes(page);
  await inspector.getByRole("tab", { name: "Settings" }).click();
  await inspector.getByText("Read-only: the YAML of this node is not taken over yet").waitFor();
  const image = inspector.getByLabel("Image", { exact: true });
  expect([await image.inputValue(), await image.isEditable()]).toEqual(["acme/api:1", false]);
  const workflow = await client.call(api.getWorkflow, { params: { id } });
  expect(workflow.nodes[0]?.data).toEqual(node.data);

  // What was written is still there, until somebody discards it.
  await inspector.getByRole("button", { name: "Go on in YAML" }).click();
  await box.waitFor();
  expect(await textIn(box)).toContain("spec: [1, {");
  await inspector.getByRole("button", { name: "Discard" }).click();
  expect(await textIn(box)).toContain("image: acme/api:1");
  await inspector.getByRole("tab", { name: "Settings" }).click();
  expect(await image.isEditable()).toBe(true);
});

test("a value in a Secret's YAML is refused, and Tab leaves the box unless somebody wants it to indent", async () => {
  const node = nodeOf("n", "secret", { name: "keys", keys: [{ name: "PASSWORD" }] });
  const { page, inspector } = await openNode(app, { nodes: [node], edges: [] }, { node: "n", panel: "yaml" });
  const box = inspector.getByRole("textbox", { name: "YAML of keys" });
  await replace(
    page,
    box,
    "apiVersion: v1\nkind: Secret\nmetadata:\n  name: keys\nstringData:\n  PASSWORD: hunter2\n",
  );
  await inspector.getByText("does not belong in a drawing: type it under Settings").waitFor();
  await box.click();
  await page.keyboard.press("Tab");
  expect(await box.evaluate((element) => element === document.activeElement)).toBe(false);
  await box.click();
  await page.keyboard.press("Control+m");
  await page.keyboard.press("Tab");
  expect(await box.evaluate((element) => element === document.activeElement)).toBe(true);
});
