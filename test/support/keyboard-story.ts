import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import { type CanvasPage, until } from "./canvas-page.ts";
import { deployButton, mayDeploy } from "./deploy-story.ts";

export const isAt = (what: Locator) => what.evaluate((element) => element === document.activeElement);

/** A keyboard and nothing else. */
function keysOf(page: Page) {
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  return {
    press,
    type: (text: string) => page.keyboard.type(text),
    async tabTo(what: Locator) {
      await what.waitFor();
      for (let turn = 0; turn < 80 && !(await isAt(what)); turn += 1) await press("Tab");
      expect(await isAt(what)).toBe(true);
    },
  };
}

/** Draws a shop with a migration before it, connects, fills in and saves, by keys alone. */
export async function drawByKeys(
  { page, surface, said }: CanvasPage,
  images: Record<"web" | "job", string>,
): Promise<void> {
  const { press, type, tabTo } = keysOf(page);
  const hear = (sentence: string) => until(async () => expect(await said()).toBe(sentence));
  const add = async (words: string, told: string, fields: Record<string, string>) => {
    await press("a");
    await type(words);
    await press("Enter");
    await hear(told);
    await press("Enter");
    for (const [label, text] of Object.entries(fields)) {
      await tabTo(page.getByLabel(label, { exact: true }));
      await press("Control+a");
      await type(text);
    }
    await press("Escape");
    expect(await isAt(surface)).toBe(true);
  };
  const connect = async (to: string, told: string, ...more: string[]) => {
    await press("c");
    await type(to);
    await press(...more, "Enter");
    await hear(told);
  };
  for (let turn = 0; turn < 8 && !(await isAt(surface)); turn += 1) await press("F6");
  await add("deployment web", "Added Deployment web", { Image: images.web, Port: "8080" });
  await add("service door", "Added Service door", { Port: "80" });
  await connect("web, Dep", "Service door sends traffic to Deployment web");
  await add("ingress shop", "Added Ingress shop", { Host: "shop.example" });
  await connect("door", "Ingress shop sends traffic to Service door");
  await add("job migrate", "Added Job migrate", { Image: images.job });
  // Tab goes from the node to how, and back.
  await connect(
    "web, Dep",
    "Deployment web waits for Job migrate: after completed",
    ...["Tab", "ArrowDown", "ArrowDown", "ArrowDown", "Shift+Tab"],
  );
  await press("Control+s");
  await hear("Saved");
}

/** Goes on to the review, in another namespace than the usual one if that is given. */
export async function reviewByKeys(page: Page, namespace?: string): Promise<void> {
  const { press, type, tabTo } = keysOf(page);
  await press("Control+Enter");
  await page.waitForURL(/\/plan/);
  if (namespace !== undefined) {
    await tabTo(page.getByLabel("Namespace", { exact: true }));
    await press("Control+a");
    await type(namespace);
    await press("Enter");
  }
  await page.getByText("4 create", { exact: true }).waitFor();
}

/** Deploys what is reviewed, and waits until it is live. */
export async function deployByKeys(page: Page): Promise<void> {
  const { press, tabTo } = keysOf(page);
  await mayDeploy(page);
  await tabTo(deployButton(page));
  await press("Enter");
  await page.getByText("v1 is live.").waitFor({ timeout: 90_000 });
}
