import type { Transaction } from "kysely";
import { describe, expect, test } from "vitest";
import type { Workflow } from "../../src/contract/workflows.ts";
import { fromJsonText, type JsonText, toJsonText } from "../../src/core/json-text.ts";
import { newId } from "../../src/server/new-id.ts";
import type { Database } from "../../src/server/storage/database.ts";
import { createStorage } from "../../src/server/storage/storage.ts";
import type { Tables } from "../../src/server/storage/tables.ts";
import {
  changeHead,
  changeWorkflow,
  type LockedRow,
  lockWorkflow,
} from "../../src/server/storage/workflows-change.ts";
import { type Head, toDrawing } from "../../src/server/storage/workflows-drawing.ts";
import { insertUser } from "../support/insert-user.ts";
import { newRun } from "../support/new-run.ts";
import { DIALECTS } from "./dialects.ts";

const at = "2026-01-01T00:00:00.000Z";
const later = "2026-01-02T00:00:00.000Z";
const node = (id: string, data: Record<string, unknown> = {}) => ({
  id,
  type: "service",
  position: { x: 0, y: 0 },
  data,
});
const healthy = { state: "healthy" as const, message: "" };

/** The row, which is there, for as long as the transaction lasts. */
const locked = async (tx: Transaction<Tables>, id: string) => (await lockWorkflow(tx, id)) as LockedRow;

const changeHeadOf = async (tx: Transaction<Tables>, id: string, change: (head: Head) => Head) =>
  changeHead(tx, await locked(tx, id), change);

async function prepare(open: () => Promise<Database>) {
  const database = await open();
  const storage = createStorage(database);
  const owner_id = newId();
  await insertUser(database, { id: owner_id, at });
  const insert = async (name = "Shop", created_at = at) => {
    const id = newId();
    const head: Head = {
      ...{ id, name, description: "", cluster_id: "", status: "draft", tags: [], revision: 1 },
      ...{ current_version: 1, node_count: 0, owner_id, team_id: "", run_count: 0, success_count: 0 },
      ...{ failure_count: 0, created_at, updated_at: created_at },
    };
    await storage.workflows.insert(head, toDrawing({ nodes: [node("a"), node("b", { x: 1 })], edges: [] }));
    return id;
  };
  const id = await insert();
  const row = () =>
    database.read.selectFrom("workflows").selectAll().where("id", "=", id).executeTakeFirstOrThrow();
  const read = async () => fromJsonText((await row()).document);
  const edit = (change: Parameters<typeof toDrawing>[0], updated_at = later) =>
    storage.workflows.edit(id, owner_id, { fields: { updated_at }, drawing: toDrawing(change) });
  const answer = async () => {
    const { keptOwned, answerOwned } = storage.workflows;
    const found = keptOwned(id, owner_id) ?? (await answerOwned(id, owner_id));
    return found && { workflow: JSON.parse(String(found.body)) as Workflow, etag: found.etag };
  };
  return { database, storage, owner_id, id, insert, row, read, edit, answer };
}

describe.each(DIALECTS)("on %s", (_, open) => {
  test("a status is shown in the node it belongs to, and survives the drawing's changes", async () => {
    const { storage, id, read, edit } = await prepare(open);
    expect(await storage.nodeStatuses.save(id, "a", healthy)).toBe(true);
    expect(await storage.nodeStatuses.save(id, "a", healthy)).toBe(false);
    expect((await read()).nodes.map(({ data }) => data)).toEqual([{ _status: healthy }, { x: 1 }]);

    await edit({ nodes: [node("b"), node("a", { name: "web", _status: { state: "error" } })] });
    expect((await read()).nodes.map(({ data }) => data)).toEqual([{}, { name: "web", _status: healthy }]);
    await edit({ edges: [{ id: "e", source: "a", target: "b" }] });
    expect((await read()).nodes[1]?.data).toEqual({ name: "web", _status: healthy });
    await edit({ nodes: [node("b")] });
    expect((await read()).nodes).toEqual([node("b")]);
  });

  test("many statuses are one change of the document, told of drawn nodes alone", async () => {
    const { storage, id, row } = await prepare(open);
    const before = await row();
    const statuses = new Map(["a", "b", "gone"].map((name) => [name, healthy]));
    const news = await storage.nodeStatuses.saveMany(id, statuses);
    expect(news.map(({ node_id, type }) => [node_id, type])).toEqual([
      ["a", "service"],
      ["b", "service"],
    ]);
    const after = await row();
    expect([after.changes, after.revision]).toEqual([before.changes + 1, before.revision]);
    expect(await storage.nodeStatuses.saveMany(newId(), statuses)).toEqual([]);
  });

  test("a save that changes nothing writes nothing, statuses or not", async () => {
    const { storage, id, row, edit } = await prepare(open);
    await storage.nodeStatuses.save(id, "b", healthy);
    const before = await row();
    await edit({ nodes: [node("a"), node("b", { x: 1 })], edges: [] });
    expect(await row()).toEqual(before);
  });

  test("a run's counts change the document and not the drawing's revision", async () => {
    const { database, id, row } = await prepare(open);
    const before = await row();
    await database.write((tx) =>
      changeHeadOf(tx, id, (head) => ({ ...head, run_count: 3, status: "published" })),
    );
    expect(await row()).toMatchObject({
      ...{ status: "published", revision: before.revision, changes: before.changes + 1 },
    });
    const drawn = await database.write(async (tx) =>
      changeWorkflow(tx, await locked(tx, id), (workflow) => ({ ...workflow, nodes: [node("c")] })),
    );
    expect(drawn).toBe((await row()).document);
    const { revision, node_count, run_count, nodes } = fromJsonText(drawn);
    expect({ revision, node_count, run_count, nodes }).toEqual({
      ...{ revision: before.revision + 1, node_count: 1, run_count: 3, nodes: [node("c")] },
    });
    expect(await database.write((tx) => lockWorkflow(tx, newId()))).toBeUndefined();
  });

  test("counts, statuses and drawings that meet lose nothing of each other", async () => {
    const { database, storage, id, read, edit } = await prepare(open);
    const counts = Array.from({ length: 8 }, () =>
      database.write((tx) => changeHeadOf(tx, id, (head) => ({ ...head, run_count: head.run_count + 1 }))),
    );
    const saves = Array.from({ length: 8 }, (_each, n) => edit({ nodes: [node("a", { n })] }));
    await Promise.all([...counts, storage.nodeStatuses.save(id, "a", healthy), ...saves]);
    const { run_count, revision, nodes } = await read();
    expect([run_count, revision, nodes[0]?.data._status]).toEqual([8, 9, healthy]);
  });

  test("what is answered is what is stored, whatever changed it and however it was kept", async () => {
    const { database, storage, owner_id, id, edit, answer, row } = await prepare(open);
    const etags = new Set<string | undefined>();
    const check = async () => {
      for (const _again of [1, 2]) {
        const seen = await answer();
        expect(seen?.workflow).toEqual(fromJsonText((await row()).document));
        etags.add(seen?.etag);
      }
    };
    await check();
    await edit({ nodes: [] });
    await check();
    await edit({ nodes: [node("a")] });
    await storage.nodeStatuses.save(id, "a", healthy);
    await check();
    await database.write((tx) => changeHeadOf(tx, id, (head) => ({ ...head, run_count: 1 })));
    await check();
    expect(etags.size).toBe(4);
    expect(await storage.workflows.answerOwned(id, newId())).toBeUndefined();
    expect(await storage.workflows.remove(id, owner_id, later)).toBe(true);
    expect(await answer()).toBeUndefined();
  });

  test("a write that fails leaves what is answered as it was", async () => {
    const { database, id, answer } = await prepare(open);
    const before = await answer();
    const failing = database.write(async (tx) => {
      await changeHeadOf(tx, id, (head) => ({ ...head, name: "Other" }));
      throw new Error("changed my mind");
    });
    await expect(failing).rejects.toThrow("changed my mind");
    expect(await answer()).toEqual(before);
  });

  test("what meets in one commit leaves nothing else in memory than in the database", async () => {
    const { database, storage, owner_id, id, edit, answer, row } = await prepare(open);
    await answer();
    const failing = () =>
      database
        .write(async (tx) => {
          await changeHeadOf(tx, id, (head) => ({ ...head, name: "Other" }));
          throw new Error("changed my mind");
        })
        .catch(() => undefined);
    const saves = [1, 2, 3].map((n) => edit({ nodes: [node("a", { n })], edges: [] }));
    await Promise.all([...saves, storage.nodeStatuses.save(id, "a", healthy), failing()]);
    expect((await answer())?.workflow).toEqual(fromJsonText((await row()).document));

    const last = edit({ nodes: [node("a", { n: 4 })] });
    await Promise.all([last, storage.workflows.remove(id, owner_id, later)]);
    expect(await answer()).toBeUndefined();
  });

  test("what is being deployed is neither archived nor deleted", async () => {
    const { storage, owner_id, id } = await prepare(open);
    const run = await storage.runs.start(
      newRun({ id: newId(), workflow_id: id, owner_id, started_at: at }),
      toJsonText({ nodes: [], edges: [] }),
    );
    const archive = () =>
      storage.workflows.edit(id, owner_id, {
        fields: { status: "archived", updated_at: later },
        drawing: {},
      });
    const inTheWay = { kind: "conflict", extra: { run_id: run.id } };
    await expect(archive()).rejects.toMatchObject(inTheWay);
    await expect(storage.workflows.remove(id, owner_id, later)).rejects.toMatchObject(inTheWay);
    const ending = { status: "completed", outcome: "succeeded", error: null, completed_at: at } as const;
    await storage.runs.finish(run, { ...ending, warnings: toJsonText<string[]>([]) });
    expect(fromJsonText((await archive()) ?? ("null" as JsonText<Workflow>)).status).toBe("archived");
    expect(await storage.workflows.remove(id, owner_id, later)).toBe(true);
    expect(await storage.workflows.remove(id, owner_id, later)).toBe(false);
  });

  test("pages go through equal times without a gap or a repetition", async () => {
    const { storage, owner_id, insert } = await prepare(open);
    for (let made = 0; made < 6; made += 1) await insert(`W${made}`);
    const seen: string[] = [];
    for (const page of [1, 2, 3, 4]) {
      const options = {
        page,
        limit: 2,
        sort: "created_at",
        order: "desc",
        search: "",
        fields: "all",
      } as const;
      const { texts, total } = await storage.workflows.list(owner_id, options);
      expect(total).toBe(7);
      seen.push(...texts.map((text) => JSON.parse(text).id));
    }
    expect(seen).toEqual([...new Set(seen)].toSorted().toReversed());
    expect(seen).toHaveLength(7);
  });
});
