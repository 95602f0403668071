import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { api } from "../../src/contract/api.ts";
import type { Design } from "../../src/contract/design.ts";
import { prepareRun } from "../support/run-story.ts";

/** Long enough for whatever would go on after an answer. */
const settleMs = 1_000;

/** The same drawing elsewhere on the canvas, with one replica more: what a run would have to send. */
function changed(design: Design, by: number): Design {
  const nodes = design.nodes.map((node) => ({
    ...node,
    position: { x: by, y: by },
    data: { ...node.data, ...(node.type === "deployment" && { replicas: 1 + by }) },
  }));
  return { ...design, nodes };
}

/** Everything that changes a workflow and is not a run. */
function changes({ client, params, design, save }: Awaited<ReturnType<typeof prepareRun>>) {
  const clone = () => client.call(api.cloneWorkflow, { params, body: { name: "Copy" } });
  const update = (body: object) => client.call(api.updateWorkflow, { params, body });
  const setStatus = (status: "archived" | "published") =>
    client.call(api.setWorkflowStatus, { params, body: { status, cleanup: false } });

  return {
    save: () => save(changed(design, 1)),
    autosave: async () => {
      for (const by of [2, 3, 3]) await save(changed(design, by));
    },
    rename: () => update({ name: "Store", description: "Said", tags: ["a"], cluster_id: "prod" }),
    version: () => client.call(api.createVersion, { params, body: { name: "By hand" } }),
    restore: () => client.call(api.restoreVersion, { params: { ...params, version: "1" } }),
    redraw: () => update({ nodes: [], edges: [] }),
    clone,
    "delete of a clone": async () => {
      const { id } = await clone();
      await client.call(api.deleteWorkflow, { params: { id } });
    },
    archive: () => setStatus("archived"),
    publish: () => setStatus("published"),
    "delete of the workflow": () => client.call(api.deleteWorkflow, { params }),
  };
}

test("once something is deployed, nothing but a run writes to the cluster", async () => {
  const story = await prepareRun();
  const { start, ended, live, cluster } = story;
  await ended((await start()).run_id);
  const before = await cluster.writes();
  expect(before.length).toBeGreaterThan(0);

  for (const [what, change] of Object.entries(changes(story))) {
    await change();
    expect(await cluster.writes(), what).toEqual(before);
  }
  await pause(settleMs);
  expect(await cluster.writes()).toEqual(before);
  expect((await live("apps/v1", "deployments", "web"))?.spec).toMatchObject({ replicas: 1 });
  expect(await live("v1", "services", "door")).toBeDefined();
});
