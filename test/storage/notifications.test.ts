import { describe, expect, test } from "vitest";
import type { NodeStatus } from "../../src/contract/health.ts";
import { toJsonText } from "../../src/core/json-text.ts";
import { unknownMetadata } from "../../src/server/features/clusters/to-cluster.ts";
import { newId } from "../../src/server/new-id.ts";
import type { Database } from "../../src/server/storage/database.ts";
import { notify } from "../../src/server/storage/notify.ts";
import { createStorage } from "../../src/server/storage/storage.ts";
import { type Head, toDrawing } from "../../src/server/storage/workflows-drawing.ts";
import { insertUser } from "../support/insert-user.ts";
import { newRun } from "../support/new-run.ts";
import { OWN_DIALECTS } from "./dialects.ts";

const at = "2026-01-01T00:00:00.000Z";
const all = { page: 1, limit: 100, unread: false };
const node = { id: "n1", type: "deployment", position: { x: 0, y: 0 }, data: { name: "web" } };

async function prepare(open: () => Promise<Database>) {
  const database = await open();
  const storage = createStorage(database);
  const [ada, grace] = [newId(), newId()];
  await insertUser(database, { id: ada, name: "Ada", at });
  await insertUser(database, { id: grace, name: "Grace", at });
  const titles = async (user_id: string) =>
    (await storage.notifications.page(user_id, all)).notifications.map(({ title }) => title).toReversed();
  return { database, storage, ada, grace, titles };
}

type Prepared = Awaited<ReturnType<typeof prepare>>;

async function addCluster({ storage, ada }: Prepared) {
  const id = newId();
  const row = {
    ...{ id, owner_id: ada, name: "prod", display_name: "", description: "", server: "https://x" },
    ...{ auth_type: "token" as const, credentials: "", namespace: "", insecure: 0, single_node: 0 },
    ...{ simulated: 0, labels: toJsonText({}), metadata: toJsonText(unknownMetadata) },
    ...{
      status: "connected" as const,
      warning: null,
      last_check: null,
      away_since: null,
      created_at: at,
      updated_at: at,
    },
  };
  await storage.clusters.insert(row, { action: "cluster_added", user_id: ada, at });
  return id;
}

async function addWorkflow({ storage, ada }: Prepared) {
  const id = newId();
  const head: Head = {
    ...{ id, name: "Shop", description: "", cluster_id: "", status: "published", tags: [], revision: 1 },
    ...{ current_version: 1, node_count: 1, owner_id: ada, team_id: "", run_count: 0, success_count: 0 },
    ...{ failure_count: 0, created_at: at, updated_at: at },
  };
  await storage.workflows.insert(head, toDrawing({ nodes: [node], edges: [] }));
  return id;
}

const status = (state: NodeStatus["state"], message = ""): NodeStatus => ({ state, message });
const note = { type: "system", level: "info", title: "One", message: "" } as const;

describe.each(OWN_DIALECTS)("notifications on %s", (_, open) => {
  test("one happening is told once, however many servers tell it at once", async () => {
    const { database, storage, ada, titles } = await prepare(open);
    const tell = () =>
      database.write((tx) => notify(tx, database.clockMs, [ada], { happening: "one", note, at }));
    await Promise.all(Array.from({ length: 12 }, tell));
    expect(await titles(ada)).toEqual(["One"]);
    expect(await storage.notifications.unreadCount(ada)).toBe(1);
  });

  test("nobody keeps more than two hundred, nor for more than a week what they have read", async () => {
    const { database, storage, ada } = await prepare(open);
    const tell = (number: number, when: string) =>
      database.write((tx) => {
        const told = { happening: String(number), note: { ...note, title: String(number) }, at: when };
        return notify(tx, database.clockMs, [ada], told);
      });
    const later = (seconds: number) => new Date(Date.parse(at) + seconds * 1_000).toISOString();
    for (let number = 0; number < 205; number += 1) await tell(number, later(number));
    const { total, notifications } = await storage.notifications.page(ada, all);
    expect([total, notifications[0]?.title, notifications.length]).toEqual([200, "204", 100]);
    await storage.notifications.markAllRead(ada, later(205));
    await tell(205, later(205 + 8 * 86_400));
    expect((await storage.notifications.page(ada, all)).notifications.map(({ title }) => title)).toEqual([
      "205",
    ]);
  });

  test("a cluster is lost once and back once, for all who may use it", async () => {
    const prepared = await prepare(open);
    const { storage, ada, grace, titles } = prepared;
    const id = await addCluster(prepared);
    const share = {
      cluster_id: id,
      user_id: grace,
      role: "viewer" as const,
      namespaces: toJsonText<string[]>([]),
    };
    await storage.shares.give({ ...share, granted_by: ada, granted_at: at });
    const become = (word: "connected" | "disconnected" | "error") =>
      storage.clusters.update(id, { status: word, warning: "It was refused", last_check: at });
    await Promise.all([become("disconnected"), become("disconnected"), become("error")]);
    await become("error");
    await Promise.all([become("connected"), become("connected")]);
    const told = ["Cluster prod does not answer as it should", "Cluster prod is back"];
    expect(await titles(ada)).toEqual(told);
    expect(await titles(grace)).toEqual(["You may use cluster prod", ...told]);
    await become("disconnected");
    expect(await titles(ada)).toEqual([...told, told[0]]);
  });

  test("a cluster that never was connected is not lost", async () => {
    const prepared = await prepare(open);
    const { storage, ada, titles } = prepared;
    const id = await addCluster(prepared);
    const become = (word: "connected" | "error") => storage.clusters.update(id, { status: word });
    await become("error");
    await become("error");
    await become("connected");
    expect((await titles(ada)).length).toBe(2);
  });

  test("a share that is given, changed, and taken is told to whom it was given, and leaving is not", async () => {
    const prepared = await prepare(open);
    const { storage, ada, grace, titles } = prepared;
    const id = await addCluster(prepared);
    const give = (role: "viewer" | "editor", granted_at: string) =>
      storage.shares.give({
        ...{ cluster_id: id, user_id: grace, role, namespaces: toJsonText<string[]>([]) },
        ...{ granted_by: ada, granted_at },
      });
    await give("viewer", at);
    await storage.shares.take(id, grace, { by: ada, at });
    await give("editor", at);
    await storage.shares.take(id, grace, { by: grace, at });
    await give("viewer", "2026-01-02T00:00:00.000Z");
    await storage.clusters.remove(id, { by: ada, at: "2026-01-03T00:00:00.000Z" });
    const [use, not] = ["You may use cluster prod", "You may no longer use cluster prod"];
    expect(await titles(grace)).toEqual([use, not, use, use, not]);
    expect(await titles(ada)).toEqual([]);
  });

  test("a workflow fails once and is healthy once, and not while it is being deployed", async () => {
    const prepared = await prepare(open);
    const { storage, ada, titles } = prepared;
    const id = await addWorkflow(prepared);
    const become = (state: NodeStatus["state"], message?: string) =>
      storage.nodeStatuses.save(id, "n1", status(state, message));
    await become("healthy");
    await become("failed", "crashed");
    await become("failed", "crashed twice");
    await become("pending");
    await become("failed", "crashed thrice");
    expect(await titles(ada)).toEqual(["Shop needs attention"]);
    await become("healthy");
    await become("healthy", "all");
    expect(await titles(ada)).toEqual(["Shop needs attention", "Shop is healthy again"]);
    const run = newRun({ id: newId(), workflow_id: id, owner_id: ada, started_at: at });
    await storage.runs.start(run, toJsonText({ nodes: [node], edges: [] }));
    await become("failed", "not yet there");
    expect((await titles(ada)).length).toBe(2);
  });

  test.each([
    ["completed", "succeeded", "Shop is deployed", "workflow_deployed"],
    ["failed", "rolled_back", "Shop was not deployed", "workflow_failed"],
    ["failed", "partial", "Shop was not deployed", "workflow_failed"],
    ["cancelled", "cancelled", "The run of Shop was cancelled", "system"],
  ] as const)("a run that ends %s and %s is told once", async (ended, outcome, title, type) => {
    const prepared = await prepare(open);
    const { storage, ada } = prepared;
    const workflow_id = await addWorkflow(prepared);
    const begun = newRun({ id: newId(), workflow_id, owner_id: ada, started_at: at });
    const run = await storage.runs.start(begun, toJsonText({ nodes: [node], edges: [] }));
    const error = ended === "completed" ? null : "It was refused";
    const ending = { status: ended, outcome, error, warnings: toJsonText<string[]>([]), completed_at: at };
    await storage.runs.finish(run, ending);
    await expect(storage.runs.finish(run, ending)).rejects.toThrow();
    const { notifications } = await storage.notifications.page(ada, all);
    const link = `/workflows/${workflow_id}/runs/${run.id}`;
    expect(notifications).toMatchObject([{ title, type, link, refId: workflow_id, read: false }]);
  });

  test("what is somebody else's is neither marked nor deleted", async () => {
    const { database, storage, ada, grace, titles } = await prepare(open);
    await database.write((tx) => notify(tx, database.clockMs, [ada], { happening: "one", note, at }));
    const [{ id } = { id: "" }] = (await storage.notifications.page(ada, all)).notifications;
    expect(await storage.notifications.markRead(id, grace, at)).toBeUndefined();
    expect(await storage.notifications.remove(id, grace)).toBe(false);
    await storage.notifications.markAllRead(grace, at);
    expect(await storage.notifications.removeRead(grace)).toBe(0);
    expect([await titles(ada), await storage.notifications.unreadCount(ada)]).toEqual([["One"], 1]);
  });

  test("what was written a moment ago is known to whoever asks for it", async () => {
    const { database, storage, ada } = await prepare(open);
    await database.write((tx) => notify(tx, database.clockMs, [ada], { happening: "one", note, at }));
    const [latest] = await storage.notifications.latest(60_000);
    expect(latest?.notification.title).toBe("One");
    expect(latest?.ageMs).toBeGreaterThanOrEqual(0);
    expect(await storage.notifications.latest(-60_000)).toEqual([]);
  });
});
