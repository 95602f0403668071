import type { Locator, Page } from "playwright-core";
import { expect, vi } from "vitest";
import { api } from "../../src/contract/api.ts";
import type { Design, DesignNode } from "../../src/contract/design.ts";
import type { App, Person } from "./browser.ts";

/** A workflow's canvas in a browser, as somebody uses it. */
export interface CanvasPage extends Person {
  page: Page;
  id: string;
  surface: Locator;
  /** The card of the node with this id. */
  card(id: string): Locator;
  /** What the live region has read out last. */
  said(): Promise<string>;
  /** Waits until the server has what is drawn, and answers it. */
  saved(): Promise<Design>;
  /** Waits until that is so of what is saved, and says what was saved instead. */
  savedAs(expected: object): Promise<void>;
}

export async function openCanvas(
  app: App,
  design: Partial<Design> & { id?: string; canvas?: Record<string, unknown>; cluster_id?: string } = {},
  options: Parameters<App["signedIn"]>[1] = {},
  who = "Ada",
): Promise<CanvasPage> {
  const somebody = await app.signedIn(who, options);
  const { page, client } = somebody;
  const { id: known, ...drawing } = design;
  const id = known ?? (await client.call(api.createWorkflow, { body: { name: "Shop", ...drawing } })).id;
  await page.goto(`/workflows/${id}`);
  const surface = page.locator("[data-canvas]");
  await surface.waitFor();
  return Object.assign(controlsOf(page, somebody, id), somebody, { id, surface });
}

function controlsOf(page: Page, { client }: Person, id: string) {
  const stored = async (): Promise<Design> => {
    const { nodes, edges } = await client.call(api.getWorkflow, { params: { id } });
    return { nodes: nodes.map(({ data: { _status, ...data }, ...node }) => ({ ...node, data })), edges };
  };
  return {
    card: (nodeId: string) => page.locator(`#card-${nodeId}`),
    said: async () => (await page.locator("[data-said]").textContent()) ?? "",
    async saved() {
      await page.locator("[data-saved=saved]").waitFor();
      return stored();
    },
    async savedAs(expected: object) {
      await until(async () => expect(await stored()).toMatchObject(expected));
    },
  };
}

export function nodeAt(id: string, type: string, x: number, y: number, data: object = {}): DesignNode {
  return { id, type, position: { x, y }, data: { name: id, ...data } };
}

/** The middle of something on screen. */
export async function middleOf(locator: Locator): Promise<{ x: number; y: number }> {
  const box = await locator.boundingBox();
  if (!box) throw new Error("It is not on screen");
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Drags with the pointer, as a hand does. */
export async function drag(
  page: Page,
  from: { x: number; y: number },
  to: { x: number; y: number },
): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 8 });
  await page.mouse.up();
}

/** Draws an edge from the right port of one card onto another. */
export async function drawEdge(page: Page, from: Locator, to: Locator): Promise<void> {
  const box = await from.boundingBox();
  if (!box) throw new Error("It is not on screen");
  await drag(page, { x: box.x + box.width, y: box.y + box.height / 2 }, await middleOf(to));
}

/** Looks again and again until what is expected is so. */
export function until<T>(look: () => Promise<T>): Promise<T> {
  return vi.waitFor(look, { timeout: 15_000, interval: 50 });
}
