import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { api } from "../../src/contract/api.ts";
import { change } from "../support/api-double.ts";
import { until } from "../support/canvas-page.ts";
import { openEverything } from "../support/everything.ts";
import { fuzz, type Mischief, unknownWord } from "../support/fuzz.ts";
import { visitAll } from "../support/visits.ts";

const { app, places, views, ids } = openEverything();

/** Where states are told. */
const stateful = /^.(workflows|resources|clusters)$|.runs/;
/** What stands in the place of a page, or of a part of one, that ours could not make. */
const broken = ["This page could not be shown", "This did not work"];

/** All is there, whatever it was told; an error on the way fails the test by itself. */
async function look(mischief: Mischief): Promise<void> {
  const prepare = async (page: Page) => {
    await change(page, ({ path, result }, json) =>
      fuzz(result, json, { ...mischief, seed: mischief.seed + numberOf(path) }),
    );
    await tellOnce(page, mischief);
  };
  await visitAll(app, [...places(), ...views()], { prepare }, async ({ page, place, settled }) => {
    await settled();
    const headings = page.getByRole("heading", { level: 1 });
    // One page may lead to another.
    await until(async () => expect(await headings.count(), "headings of the page").toBe(1));
    for (const words of broken) expect(await page.getByText(words).count(), words).toBe(0);
    if (mischief.words === 100 && stateful.test(place.path))
      await page.getByText(`Unknown (${unknownWord})`).first().waitFor({ state: "attached" });
  });
}

/** The same for the same text, so that whatever is found can be found again. */
const numberOf = (text: string) =>
  [...text].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) | 0, 0);

/** Events of every name, changed in the same way; then the server asks to be left alone. */
async function tellOnce(page: Page, mischief: Mischief): Promise<void> {
  const { events } = api.followEvents;
  const lines = samples().flatMap(([name, data], index) => {
    const spoilt = fuzz(events[name], data, { ...mischief, seed: mischief.seed + index });
    return [`event: ${name}`, `data: ${JSON.stringify(spoilt)}`, ""];
  });
  const closing = [
    "event: nobody-knows",
    "data: null",
    "",
    "event: closing",
    'data: {"retry_ms":600000}',
    "",
    "",
  ];
  await page.route("**/v1/api/events?**", (route) =>
    route.fulfill({ contentType: "text/event-stream", body: [...lines, ...closing].join("\n") }),
  );
}

const at = "2026-01-01T00:00:00Z";

function samples() {
  const { workflow: workflow_id, run: run_id, deployment: resource_id } = ids();
  const status = { state: "healthy" as const, message: "All there" };
  return [
    ["hello", { time: at, version: "1" }],
    ["node.status", { workflow_id, node_id: "api", status }],
    ["run.state", { workflow_id, run_id, version: 2, status: "running", done: 1, total: 2 }],
    ["run.node", { run_id, node_id: "api", state: "waiting", waiting_for: "door", at }],
    ["run.log", { run_id, seq: 900, at, level: "info", text: "Hello" }],
    ["workflow.changed", { workflow_id, name: "checkout", status: "draft" }],
    ["cluster.status", { id: "c", name: "prod-eu", status: "error", last_check: at }],
    ["resource.status", { resource_id, type: "deployment", status }],
    ["notification", { id: "n", userId: "u", type: "system", level: "info", title: "News", message: "None" }],
    ["gap", { topics: ["me"], missed: 3 }],
  ] as const;
}

test("story 25: what is null, missing, empty, or huge crashes nothing", { timeout: 400_000 }, async () => {
  await look({ seed: 1, words: 0, values: 8 });
});

test("story 25: words nobody knows crash nothing, all at once, and states are shown by them", {
  timeout: 400_000,
}, async () => {
  await look({ seed: 0, words: 100, values: 0 });
});
