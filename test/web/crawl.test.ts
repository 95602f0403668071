import { expect, test } from "vitest";
import { noSidewaysScroll } from "../support/browser.ts";
import { crawl } from "../support/crawl.ts";
import { openEverything } from "../support/everything.ts";
import { visitAll } from "../support/visits.ts";

const { app, places } = openEverything();
const own = ({ path }: { path: string }) => !/^\/(workflows|resources)\/[0-9a-f]{24}/.test(path);

// One of each kind: what leads to one thing leads to its like.
const kindOf = (link: string) => link.replaceAll(/[0-9a-f]{24}|\d+/g, "…");

test.each([
  ["an administrator", "Ada", () => places()],
  ["anybody else", "Grace", () => places().filter(own)],
])("story 25: no button and no link is dead for %s", { timeout: 400_000 }, async (_, who, all) => {
  const paths = all().map(({ path }) => path);
  const { dead, links, pressed } = await crawl(app, who, paths);
  expect(dead, "buttons that do nothing").toEqual([]);
  expect(pressed).toBeGreaterThan(40);

  const leading = new Map([...links].map((link) => [kindOf(link), link]));
  const inside: { path: string; shows: string }[] = [];
  for (const link of leading.values()) {
    const { origin, pathname, search } = new URL(link);
    // What is elsewhere is not ours to follow.
    if (origin !== app.url) continue;
    if (pathname.startsWith("/v1/")) expect((await fetch(link)).status, link).toBe(200);
    else inside.push({ path: pathname + search, shows: "" });
  }
  await visitAll(app, inside, { who }, async ({ page, settled }) => {
    await settled();
    expect(await page.getByText("Not here, or not yours").count()).toBe(0);
    await noSidewaysScroll(page);
  });
});
