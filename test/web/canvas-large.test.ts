import { expect, test } from "vitest";
import type { Design } from "../../src/contract/design.ts";
import { axeClean, openApp, screenshot } from "../support/browser.ts";
import { drag, middleOf, nodeAt, openCanvas, until } from "../support/canvas-page.ts";

const app = openApp();

/** Groups of four in a field of 50 by 100: a service, a deployment, its settings and its claim. */
function largeDesign(): Design {
  const kinds = ["service", "deployment", "configmap", "persistentvolumeclaim"];
  const nodes = Array.from({ length: 5_000 }, (_, index) => {
    const kind = kinds[index % 4] ?? "";
    const [x, y] = [(index % 50) * 336, Math.floor(index / 50) * 120];
    return nodeAt(`n${index}`, kind, x, y, kind === "deployment" ? { image: "nginx:1.27" } : {});
  });
  const edges = nodes.flatMap(({ id }, index) => {
    const first = index - (index % 4) + 1;
    return index % 4 === 1 ? [] : [{ id: `e${index}`, source: id, target: `n${first}` }];
  });
  return { nodes, edges };
}

test("23: 5,000 nodes are seen whole, searched, gone to and dragged, and nothing else moves", async () => {
  const design = largeDesign();
  const { page, surface, card, saved, said } = await openCanvas(app, design);
  // Seen whole it is one picture, and no card.
  await page.locator("canvas").first().waitFor();
  expect(await page.locator("article").count()).toBe(0);
  await screenshot(page, "canvas-5000");
  await surface.focus();
  await page.keyboard.press("/");
  await page.keyboard.type("n4999");
  await page.getByText("1 found").waitFor();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await card("n4999").waitFor();
  expect(await page.locator("article").count()).toBeLessThan(400);
  await page.keyboard.press("m");
  for (const key of ["Shift+ArrowRight", "Enter"]) await page.keyboard.press(key);
  await until(async () => expect(await said()).toBe("n4999 moved 40 right"));
  const at = await middleOf(card("n4998"));
  await drag(page, at, { x: at.x, y: at.y + 24 });
  const stored = await until(async () => {
    const now = (await saved()).nodes;
    expect(
      now.filter(
        (node, index) =>
          node.position.x !== design.nodes[index]?.position.x ||
          node.position.y !== design.nodes[index]?.position.y,
      ).length,
    ).toBe(2);
    return now;
  });
  expect(stored).toHaveLength(5_000);
  await axeClean(page);
  await page.keyboard.press("o");
  const outline = page.getByRole("region", { name: "Outline" });
  await outline.locator("li").first().waitFor();
  await outline
    .locator("div")
    .first()
    .evaluate((scroller) => scroller.scrollTo(0, scroller.scrollHeight));
  await until(async () => expect(await outline.locator("li[aria-posinset='5000']").count()).toBe(1));
  await screenshot(page, "canvas-5000-outline");
});
