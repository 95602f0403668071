import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import { api } from "../../src/contract/api.ts";
import type { Design, DesignNode } from "../../src/contract/design.ts";
import type { App, Person } from "./browser.ts";

/** A drawing on somebody's page, with its inspector open on one node. */
export interface OpenNode {
  page: Page;
  id: string;
  inspector: Locator;
  client: Person["client"];
  /** The node's data as the server has it, once it fulfils what is expected of it. */
  saved(expected: (data: DesignNode["data"]) => void): Promise<void>;
}

/** Draws, opens the page and selects a node. */
export async function openNode(
  app: App,
  design: Design,
  { node, panel, page: given }: { node: string; panel?: string; page?: Page },
): Promise<OpenNode> {
  const { page, client } = await app.signedIn();
  const used = given ?? page;
  const { id } = await client.call(api.createWorkflow, { body: { name: "Shop", ...design } });
  await showNode(used, id, node, panel);
  return {
    page: used,
    id,
    client,
    inspector: inspectorOf(used),
    saved: (expected) => savedNode(client, id, node, expected),
  };
}

async function showNode(page: Page, id: string, node: string, panel?: string): Promise<void> {
  await page.goto(`/workflows/${id}?node=${node}${panel === undefined ? "" : `&panel=${panel}`}`);
  await inspectorOf(page).waitFor();
}

function inspectorOf(page: Page): Locator {
  return page.getByRole("complementary", { name: "Inspector" });
}

async function savedNode(
  client: Person["client"],
  id: string,
  nodeId: string,
  expected: (data: DesignNode["data"]) => void,
): Promise<void> {
  await expect
    .poll(
      async () => {
        const { nodes } = await client.call(api.getWorkflow, { params: { id } });
        const { _status, ...data } = nodes.find((each) => each.id === nodeId)?.data ?? {};
        try {
          expected(data);
          return "";
        } catch (error) {
          return error instanceof Error ? error.message : String(error);
        }
      },
      { timeout: 20_000 },
    )
    .toBe("");
}
