import { describe, expect, test } from "vitest";
import type { Design } from "../../src/contract/design.ts";
import { fromJsonText, toJsonText } from "../../src/core/json-text.ts";
import type { GivenHashes } from "../../src/core/versions/secret-hashes.ts";
import { newId } from "../../src/server/new-id.ts";
import type { Database } from "../../src/server/storage/database.ts";
import { createStorage } from "../../src/server/storage/storage.ts";
import { type Head, toDrawing } from "../../src/server/storage/workflows-drawing.ts";
import { insertUser } from "../support/insert-user.ts";
import { newRun } from "../support/new-run.ts";
import { DIALECTS } from "./dialects.ts";

const at = "2026-01-01T00:00:00.000Z";
const later = "2026-01-02T00:00:00.000Z";
const keys = { id: "keys", type: "secret", position: { x: 0, y: 0 }, data: { keys: [{ name: "A" }] } };
const design: Design = { nodes: [keys], edges: [] };
const page = { page: 1, limit: 100, sort: "version", order: "asc", search: "", fields: "summary" } as const;

async function prepare(open: () => Promise<Database>) {
  const database = await open();
  const storage = createStorage(database);
  const owner_id = newId();
  await insertUser(database, { id: owner_id, at });
  const workflow_id = newId();
  const head: Head = {
    ...{
      id: workflow_id,
      name: "Shop",
      description: "",
      cluster_id: "",
      status: "draft",
      tags: [],
      revision: 1,
    },
    ...{ current_version: 1, node_count: 0, owner_id, team_id: "", run_count: 0, success_count: 0 },
    ...{ failure_count: 0, created_at: at, updated_at: at },
  };
  await storage.workflows.insert(head, toDrawing(design));
  const asked = { workflow_id, owner_id, at: later };
  const run = async (secret_hashes: GivenHashes, started_at = at) => {
    const starting = newRun({ id: newId(), workflow_id, owner_id, started_at, secret_hashes });
    const started = await storage.runs.start(starting, toJsonText(design));
    const ending = { status: "completed", outcome: "succeeded", error: null, completed_at: at } as const;
    await storage.runs.finish(started, { ...ending, warnings: toJsonText<string[]>([]) });
    return started;
  };
  const rows = () =>
    database.read
      .selectFrom("versions")
      .selectAll()
      .where("workflow_id", "=", workflow_id)
      .orderBy("version")
      .execute();
  return { database, ...storage, asked, workflow_id, owner_id, run, rows };
}

describe.each(DIALECTS)("on %s", (_, open) => {
  test("W09 runs and versions that meet take numbers without gaps", async () => {
    const { versions, asked, run, rows, workflow_id } = await prepare(open);
    const creating = Array.from({ length: 10 }, () => versions.create(asked, {}));
    const [started] = await Promise.all([run({}), ...creating]);
    const numbers = (await rows()).map(({ version }) => version);
    expect(numbers).toEqual(Array.from({ length: 11 }, (_each, n) => n + 1));
    const listed = await versions.list(workflow_id, page);
    expect(listed.rows.filter(({ run_id }) => run_id === started.id)).toMatchObject([
      { version: started.version, run_status: "completed" },
    ]);
  });

  test("hashes go from version to version, and only those versions are told that changed them", async () => {
    const { versions, asked, run, rows, workflow_id } = await prepare(open);
    await run({});
    await run({ keys: { A: ["a"], GONE: ["g"] } });
    await versions.create(asked, {});
    await run({});
    await versions.restore(asked, 1);
    await run({ keys: { A: ["b", "a"] } });
    await run({ keys: { A: ["c"] } }, later);
    const stored = (await rows()).map(({ secret_hashes }) => secret_hashes && fromJsonText(secret_hashes));
    const [a, both, c] = [{ keys: { A: "a" } }, { keys: { A: "a", GONE: "g" } }, { keys: { A: "c" } }];
    expect(stored).toEqual([null, both, both, a, a, a, c]);
    const history = await versions.secretHistory(workflow_id);
    expect(history.map(({ hashes }) => hashes)).toEqual([both, a, c]);
    expect(history.at(-1)).toMatchObject({ created_at: later, created_by: asked.owner_id });
  });

  test("a restore makes draft and version in one, or neither", async () => {
    const { versions, workflows, asked, rows, owner_id, workflow_id } = await prepare(open);
    await versions.create(asked, { name: "First" });
    const changed = { nodes: [{ ...keys, data: { keys: [] } }] };
    const fields = { updated_at: later };
    await workflows.edit(workflow_id, owner_id, { fields, drawing: toDrawing(changed) });
    const before = await workflows.findOwned(workflow_id, owner_id);
    await expect(versions.restore(asked, 2)).rejects.toMatchObject({ kind: "not_found" });
    expect([await workflows.findOwned(workflow_id, owner_id), (await rows()).length]).toEqual([before, 1]);

    const { version, workflow } = await versions.restore(asked, 1);
    expect(version).toMatchObject({ version: 2, restored_from: 1, unchanged: 1, name: null });
    expect(await workflows.findOwned(workflow_id, owner_id)).toBe(workflow);
    expect(fromJsonText(workflow)).toMatchObject({ ...design, revision: 3, current_version: 2 });
  });

  test("a status shown in the drawing is not part of a version, and is there again after a restore", async () => {
    const { versions, nodeStatuses, asked, workflow_id } = await prepare(open);
    const healthy = { state: "healthy" as const, message: "" };
    await nodeStatuses.save(workflow_id, "keys", healthy);
    const made = await versions.create(asked, {});
    expect(fromJsonText(made.design ?? toJsonText({ nodes: [], edges: [] }))).toEqual(design);
    const { workflow } = await versions.restore(asked, 1);
    expect(fromJsonText(workflow).nodes[0]?.data).toEqual({ ...keys.data, _status: healthy });
  });

  test("somebody else's workflow is no workflow to version", async () => {
    const { versions, asked, rows, workflow_id } = await prepare(open);
    await versions.create(asked, {});
    const before = await rows();
    const foreign = { ...asked, owner_id: newId() };
    for (const attempt of [
      () => versions.create(foreign, {}),
      () => versions.label(foreign, 1, { name: "Mine" }),
      () => versions.restore(foreign, 1),
    ])
      await expect(attempt()).rejects.toMatchObject({ kind: "not_found", message: "Workflow not found" });
    expect(await versions.workflowOf(workflow_id, foreign.owner_id)).toBeUndefined();
    expect(await rows()).toEqual(before);
  });
});
