import { describe, expect, test } from "vitest";
import { toJsonText } from "../../src/core/json-text.ts";
import { type Sighting, sight } from "../../src/core/resources/seen.ts";
import { newId } from "../../src/server/new-id.ts";
import type { Database } from "../../src/server/storage/database.ts";
import type { ResourceListing } from "../../src/server/storage/resources-list.ts";
import type { Report } from "../../src/server/storage/resources-record.ts";
import { createStorage } from "../../src/server/storage/storage.ts";
import { insertUser } from "../support/insert-user.ts";
import { DIALECTS } from "./dialects.ts";

const time = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();
const at = time(0);

function seen(
  name: string,
  { version = "1", namespace = "shop", uid = `uid-${name}`, labels = {} } = {},
): Sighting {
  return sight({
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name, namespace, uid, resourceVersion: version, creationTimestamp: at, labels },
  });
}

const everything: ResourceListing = {
  ...{ limit: 100, offset: 0, sort: "name", order: "asc", search: "", cluster: "", namespace: "" },
  ...{ type: "", status: "", workflowId: "", tag: "", favorite: false, hideSystem: false },
};

async function prepare(open: () => Promise<Database>) {
  const database = await open();
  const storage = createStorage(database);
  const [owner, guest] = [newId(), newId()];
  await insertUser(database, { id: owner, at });
  await insertUser(database, { id: guest, at });
  const cluster_id = newId();
  await storage.clusters.insert(
    {
      ...{ id: cluster_id, owner_id: owner, name: "prod", display_name: "", description: "", server: "" },
      ...{ auth_type: "token", credentials: "", namespace: "", insecure: 0, single_node: 0, simulated: 0 },
      ...{ labels: toJsonText({}), metadata: toJsonText({} as never), status: "connected", warning: null },
      ...{ last_check: null, away_since: null, created_at: at, updated_at: at },
    },
    { action: "cluster_added", user_id: owner, at },
  );
  const scope = { cluster_id, api_group: "", kind: "ConfigMap", newId };
  const record = (report: Partial<Report> & Pick<Report, "seen" | "at">) =>
    storage.resources.record({ ...scope, gone: "all others", ...report });
  const listFor = async (user_id: string, asked: Partial<ResourceListing> = {}) => {
    const granted = await storage.grants.all(user_id);
    return storage.resources.list(user_id, granted, { ...everything, ...asked });
  };
  const share = (namespaces: string[]) =>
    database.write((tx) =>
      tx
        .insertInto("cluster_shares")
        .values({
          ...{ cluster_id, user_id: guest, role: "viewer", granted_by: owner, granted_at: at },
          namespaces: toJsonText(namespaces),
        })
        .execute(),
    );
  const idOf = async (name: string) => {
    const { rows } = await listFor(owner, { search: name });
    return rows.find((row) => row.name === name)?.id ?? "";
  };
  return { database, storage, owner, guest, cluster_id, record, listFor, share, idOf };
}

describe.each(DIALECTS)("on %s", (_, open) => {
  test("a list too old to know of an object neither changes it nor takes it for gone", async () => {
    const { record, listFor, owner, storage, idOf } = await prepare(open);
    await record({ seen: [seen("a"), seen("b")], at: time(1) });
    await record({ seen: [seen("a", { version: "9" }), seen("c")], gone: [], at: time(5) });
    await record({ seen: [seen("a", { version: "4" })], at: time(3) });
    const { rows } = await listFor(owner);
    expect(rows.map(({ name }) => name)).toEqual(["a", "c"]);
    const granted = await storage.resources.findGranted(await idOf("a"), owner);
    expect(granted?.resource.resource_version).toBe("9");
  });

  test("what two servers see at once is one change", async () => {
    const { record, storage, idOf } = await prepare(open);
    await record({ seen: [seen("a")], at: time(1) });
    const changed = { seen: [seen("a", { version: "2", labels: { tier: "front" } })], at: time(2) };
    await Promise.all([record(changed), record(changed)]);
    const history = await storage.resources.history(await idOf("a"), 10);
    expect(history.map(({ action }) => action)).toEqual(["labels_changed", "created"]);
    await Promise.all([record({ seen: [], at: time(3) }), record({ seen: [], at: time(3) })]);
    const [row] = history;
    const after = await storage.resources.history(row?.resource_id ?? "", 10);
    expect(after.map(({ action }) => action)).toEqual(["deleted", "labels_changed", "created"]);
  });

  test("one that was deleted and made anew in one breath is there, under its old id", async () => {
    const { record, storage, idOf } = await prepare(open);
    await record({ seen: [seen("a")], at: time(1) });
    const id = await idOf("a");
    const again = seen("a", { version: "7", uid: "another" });
    await record({ seen: [again], gone: [seen("a", { version: "6" })], at: time(2) });
    expect(await idOf("a")).toBe(id);
    const history = await storage.resources.history(id, 10);
    expect(history.map(({ action, message }) => [action, message])).toEqual([
      ["created", "Made anew"],
      ["created", "First seen"],
    ]);
  });

  test("a list of one namespace says nothing of others", async () => {
    const { record, listFor, owner } = await prepare(open);
    await record({ seen: [seen("a"), seen("b", { namespace: "other" })], at: time(1) });
    await record({ seen: [], namespace: "other", at: time(2) });
    expect((await listFor(owner)).rows.map(({ name }) => name)).toEqual(["a"]);
  });

  test("Z05 whoever was given namespaces sees what is in them, and nothing that is in none", async () => {
    const { record, storage, listFor, guest, share, idOf } = await prepare(open);
    const elsewhere = [seen("b", { namespace: "other" }), seen("c", { namespace: "" })];
    await record({ seen: [seen("a"), ...elsewhere], at: time(1) });
    expect(await listFor(guest)).toEqual({ rows: [], total: 0 });
    await share(["shop"]);
    const { rows, total } = await listFor(guest);
    expect([rows.map(({ name }) => name), total]).toEqual([["a"], 1]);
    const granted = await storage.grants.all(guest);
    expect(await storage.resources.facets(guest, granted, everything)).toMatchObject({
      namespace: { shop: 1 },
      cluster: { prod: 1 },
    });
    for (const name of ["b", "c"])
      expect(await storage.resources.findGranted(await idOf(name), guest)).toBeUndefined();
    expect(await storage.resources.findGranted(await idOf("a"), guest)).toBeDefined();
  });

  test("what one user keeps beside an object is not another's", async () => {
    const { record, storage, listFor, owner, guest, share, idOf } = await prepare(open);
    await record({ seen: [seen("a")], at: time(1) });
    await share([]);
    const id = await idOf("a");
    await storage.resources.mark(id, owner, { notes: "mine", is_favorite: 1 });
    await storage.resources.mark(id, owner, { tags: toJsonText(["x"]) });
    expect(await storage.resources.marksOf(id, owner)).toMatchObject({ notes: "mine", is_favorite: 1 });
    expect(await storage.resources.marksOf(id, guest)).toBeUndefined();
    expect((await listFor(guest, { favorite: true })).total).toBe(0);
    expect((await listFor(owner, { favorite: true })).total).toBe(1);
  });

  test("history is kept for 30 days and looks for 7", async () => {
    const { record, database, storage, owner, idOf } = await prepare(open);
    await record({ seen: [seen("a")], at: time(1) });
    const resource_id = await idOf("a");
    await storage.resources.noteAccess({ id: newId(), resource_id, user_id: owner, action: "viewed", at });
    const looks = () =>
      database.read.selectFrom("resource_access").selectAll().where("user_id", "=", owner).execute();
    const days = (count: number) => new Date(Date.parse(at) + count * 86_400_000);
    await storage.resources.forgetOld(days(6));
    expect(await looks()).toHaveLength(1);
    await storage.resources.forgetOld(days(8));
    expect(await looks()).toHaveLength(0);
    expect(await storage.resources.historyLength(resource_id)).toBe(1);
    await storage.resources.forgetOld(days(31));
    expect(await storage.resources.historyLength(resource_id)).toBe(0);
  });

  test("a cluster that is removed takes what was seen in it along", async () => {
    const { record, database, storage, cluster_id } = await prepare(open);
    const many = Array.from({ length: 250 }, (_each, index) => seen(`map-${index}`));
    await record({ seen: many, at: time(1) });
    const rows = database.read.selectFrom("resources").select("id").where("cluster_id", "=", cluster_id);
    const count = async () => (await rows.execute()).length;
    expect(await count()).toBe(250);
    await storage.clusters.remove(cluster_id, { by: "", at });
    expect(await count()).toBe(0);
  });
});
