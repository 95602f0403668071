import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { axeClean, openApp, screenshot } from "../support/browser.ts";
import { drag, middleOf, openCanvas, until } from "../support/canvas-page.ts";
import { largeDesign } from "../support/large-design.ts";

const app = openApp();

test("23: 5,000 nodes are seen whole, searched, gone to and dragged, and nothing else moves", async () => {
  const design = largeDesign(5_000);
  const { page, id, surface, card, saved, said } = await openCanvas(app, design);
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
  expect(await movementWhileTold(page, id)).toBe(0);
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

/** How many pixels cards move at most while 500 times something is said of how nodes are, in sight and elsewhere. */
async function movementWhileTold(page: Page, workflow_id: string): Promise<number> {
  const told = Array.from({ length: 500 }, (_, index) => {
    const status = { state: index % 2 ? "healthy" : "pending", message: `word ${index}`, desiredReplicas: 3 };
    const data = { workflow_id, node_id: `n${4_500 + index}`, status };
    return `event: node.status\ndata: ${JSON.stringify(data)}\n\n`;
  });
  const answer = { contentType: "text/event-stream", body: told.join("") };
  await page.route("**/v1/api/events?*", (route) => route.fulfill(answer), { times: 1 });
  return page.evaluate(async () => {
    const places = () =>
      new Map(
        [...document.querySelectorAll("article")].map((card) => [card.id, card.getBoundingClientRect()]),
      );
    const before = places();
    // What stands is doubted, and the stream opened anew.
    window.dispatchEvent(new Event("offline"));
    let most = 0;
    while (!document.querySelector("#card-n4999 [title='word 499']")) {
      await new Promise(requestAnimationFrame);
      const now = places();
      for (const [id, { x, y }] of before) {
        const at = now.get(id);
        most = Math.max(most, at ? Math.hypot(at.x - x, at.y - y) : Number.POSITIVE_INFINITY);
      }
    }
    return most;
  });
}
