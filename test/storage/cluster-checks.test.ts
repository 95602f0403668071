import { describe, expect, test } from "vitest";
import { toJsonText } from "../../src/core/json-text.ts";
import { unknownMetadata } from "../../src/server/features/clusters/to-cluster.ts";
import { newId } from "../../src/server/new-id.ts";
import type { Database } from "../../src/server/storage/database.ts";
import { createStorage } from "../../src/server/storage/storage.ts";
import type { ClusterRow } from "../../src/server/storage/tables.ts";
import { insertUser } from "../support/insert-user.ts";
import { OWN_DIALECTS } from "./dialects.ts";

const lately = new Date();
const at = lately.toISOString();

async function addCluster(database: Database, over: Partial<ClusterRow> = {}) {
  const owner_id = over.owner_id ?? newId();
  const id = newId();
  if (!over.owner_id)
    await insertUser(database, { id: owner_id, name: "Ada", email: `${owner_id}@x.io`, at });
  const row: ClusterRow = {
    ...{ id, owner_id, name: `c-${id}`, display_name: "", description: "", server: "https://x" },
    ...{ auth_type: "token", credentials: "", namespace: "", insecure: 0, single_node: 0, simulated: 0 },
    ...{ labels: toJsonText({}), metadata: toJsonText(unknownMetadata), status: "connected", warning: null },
    ...{ last_check: null, away_since: null, created_at: at, updated_at: at },
    ...over,
  };
  await createStorage(database).clusters.insert(row, { action: "cluster_added", user_id: owner_id, at });
  return row;
}

async function signIn(database: Database, user_id: string) {
  const later = new Date(lately.getTime() + 3_600_000).toISOString();
  const session = {
    id: newId(),
    user_id,
    created_at: at,
    token_id: newId(),
    issued_at: at,
    expires_at: later,
  };
  const rest = {
    previous_token_id: null,
    ended_at: null,
    end_reason: null,
    address: null,
    agent: null,
    last_seen_at: null,
  };
  await database.write((tx) =>
    tx
      .insertInto("sessions")
      .values({ ...session, ...rest })
      .execute(),
  );
}

const due = (now: Date, limit: number) => ({ now, freshMs: 30_000, limit });
const well = { change: { last_check: at }, failures: 0, againMs: 60_000 };

describe.each(OWN_DIALECTS)("clusters are looked after, on %s", (_, open) => {
  test("by one server each time, however many ask at once", async () => {
    const database = await open();
    const { id, owner_id } = await addCluster(database);
    await signIn(database, owner_id);
    const { checks } = createStorage(database);
    expect(await checks.due(due(lately, 10))).toEqual([{ id, failures: 0 }]);
    const claims = await Promise.all(Array.from({ length: 8 }, () => checks.claim(id, 30_000)));
    expect(claims.flatMap((row) => row ?? [])).toMatchObject([{ id }]);
    expect(await checks.due(due(lately, 10))).toEqual([]);
    await checks.finish(id, { ...well, failures: 2, againMs: -1 });
    expect(await checks.due(due(new Date(lately.getTime() + 31_000), 10))).toEqual([{ id, failures: 2 }]);
    expect(await checks.claim(id, 30_000)).toMatchObject({ id });
  });

  test("not so soon after somebody asked, and rarely while nobody is signed in who may use them", async () => {
    const database = await open();
    const { checks, shares } = createStorage(database);
    const fresh = await addCluster(database, { last_check: at });
    await signIn(database, fresh.owner_id);
    const unused = await addCluster(database);
    const long = await addCluster(database);
    await checks.claim(unused.id, -1);
    await checks.claim(long.id, -15 * 60_000);
    expect((await checks.due(due(lately, 10))).map(({ id }) => id)).toEqual([long.id]);
    const granted = { granted_by: unused.owner_id, granted_at: at };
    const share = { cluster_id: unused.id, user_id: fresh.owner_id, role: "viewer" as const };
    await shares.give({ ...share, namespaces: toJsonText<string[]>([]), ...granted });
    expect(new Set((await checks.due(due(lately, 10))).map(({ id }) => id))).toEqual(
      new Set([unused.id, long.id]),
    );
  });

  test("those that answered the last time come first", async () => {
    const database = await open();
    const { checks } = createStorage(database);
    const away = await addCluster(database);
    await signIn(database, away.owner_id);
    await checks.claim(away.id, 1);
    await checks.finish(away.id, { change: { status: "disconnected" }, failures: 3, againMs: -1 });
    const { id } = await addCluster(database, { owner_id: away.owner_id });
    expect(await checks.due(due(lately, 1))).toEqual([{ id, failures: 0 }]);
  });

  test("what was used is kept for an hour, and goes with the cluster", async () => {
    const database = await open();
    const { checks, clusters } = createStorage(database);
    const { id: cluster_id } = await addCluster(database);
    const old = { cluster_id, at_ms: Date.now() - 61 * 60_000, cpu: 1, memory: 1, pods: 1 };
    await database.write((tx) => tx.insertInto("cluster_points").values(old).execute());
    await checks.claim(cluster_id, 1);
    const point = { cpu: 250, memory: 3 * 2 ** 40, pods: 7 };
    await checks.finish(cluster_id, { ...well, point });
    const points = await checks.points(cluster_id, 60);
    expect(points).toMatchObject([point]);
    const kept = () => database.read.selectFrom("cluster_points").selectAll().execute();
    expect(await kept()).toHaveLength(1);
    await clusters.remove(cluster_id, { by: "", at });
    expect(await kept()).toEqual([]);
    await checks.finish(cluster_id, { ...well, point });
    expect(await kept()).toEqual([]);
  });

  test("what happened longer than a day ago is told no more, and forgotten", async () => {
    const database = await open();
    const { clusterLog } = createStorage(database);
    const { id } = await addCluster(database);
    const actions = ["cluster_added" as const];
    const list = (now: Date) => clusterLog.list(id, { limit: 10, now, actions });
    expect(await list(lately)).toMatchObject([{ action: "cluster_added", error: null, at }]);
    const tomorrow = new Date(lately.getTime() + 24 * 3_600_000);
    expect(await list(tomorrow)).toEqual([]);
    await clusterLog.sweep(lately);
    expect(await list(lately)).toHaveLength(1);
    await clusterLog.sweep(tomorrow);
    expect(await list(lately)).toEqual([]);
  });

  test("access that is taken away goes with the choice of the cluster as default, and nobody else's", async () => {
    const database = await open();
    const { clusters, shares, grants } = createStorage(database);
    const { id: cluster_id, owner_id } = await addCluster(database);
    const guest = newId();
    await insertUser(database, { id: guest, name: "Bob", email: `${guest}@x.io`, at });
    const share = { cluster_id, user_id: guest, granted_by: owner_id, granted_at: at };
    await shares.give({ ...share, role: "viewer", namespaces: toJsonText<string[]>([]) });
    await shares.give({ ...share, role: "editor", namespaces: toJsonText(["shop"]) });
    for (const user of [guest, owner_id]) await clusters.setDefault(user, cluster_id);
    expect(await grants.chosen(guest)).toMatchObject({ grant: { role: "editor", namespaces: ["shop"] } });
    const held = { user_id: guest, cluster_id, role: "viewer" as const };
    const asked = [held, { ...held, namespace: "other" }, { ...held, user_id: owner_id }];
    expect(await grants.stillHeld(asked)).toEqual([held, { ...held, user_id: owner_id }]);
    const by = { by: owner_id, at };
    expect(await shares.take(cluster_id, guest, by)).toBe(true);
    expect(await shares.take(cluster_id, guest, by)).toBe(false);
    expect(await grants.chosen(guest)).toBeUndefined();
    expect(await grants.chosen(owner_id)).toMatchObject({ cluster: { id: cluster_id } });
    expect(await grants.stillHeld(asked)).toEqual([{ ...held, user_id: owner_id }]);
  });
});
