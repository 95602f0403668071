import type { Transaction } from "kysely";
import { clusterBack, clusterLost, clusterShared, clusterTakenAway } from "../../core/notifications/notes.ts";
import type { Database } from "./database.ts";
import { endAlarm, notify, raiseAlarm } from "./notify.ts";
import type { ClusterRow, ClusterShareRow, Tables } from "./tables.ts";

type Clock = Database["clockMs"];

/** What may change in a cluster: whose it is, and what it is called, stay. */
export type ClusterChange = Partial<
  Omit<ClusterRow, "id" | "owner_id" | "name" | "created_at" | "simulated" | "away_since">
>;

/** Changes a cluster, and tells who may use it when it has gone away or is back; nothing if there is none. */
export async function changeCluster(
  tx: Transaction<Tables>,
  clockMs: Clock,
  id: string,
  change: ClusterChange,
): Promise<ClusterRow | undefined> {
  const before = tx.selectFrom("clusters").select(["status", "last_check"]).where("id", "=", id);
  const was = change.status && (await before.executeTakeFirst());
  const noted = { ...change, ...(was && change.status && awaySince(was, change.status)) };
  const updated = tx.updateTable("clusters").set(noted).where("id", "=", id).returningAll();
  const row = await updated.executeTakeFirst();
  if (row && was && was.status !== row.status) await tellStatus(tx, clockMs, was.status, row);
  return row;
}

/** What was seen of a cluster that goes away is from when it last answered, however often it is asked in vain. */
function awaySince(
  was: Pick<ClusterRow, "status" | "last_check">,
  status: ClusterRow["status"],
): Partial<Pick<ClusterRow, "away_since">> {
  if (status === "connected") return { away_since: null };
  return was.status === "connected" ? { away_since: was.last_check } : {};
}

/** One that never was connected is not lost, and back is only what was said to be lost. */
async function tellStatus(tx: Transaction<Tables>, clockMs: Clock, was: string, row: ClusterRow) {
  const isBack = row.status === "connected";
  if (!isBack && was !== "connected") return;
  const subject = `cluster:${row.id}`;
  const alarm = await (isBack ? endAlarm(tx, subject) : raiseAlarm(tx, subject));
  if (!alarm) return;
  const note = isBack ? clusterBack(row) : clusterLost(row, row.warning ?? "");
  const happening = `${subject}:${alarm}:${isBack ? "back" : "lost"}`;
  await notify(tx, clockMs, await usersOf(tx, row.id), {
    happening,
    note,
    at: row.last_check ?? row.updated_at,
  });
}

export async function tellShared(tx: Transaction<Tables>, clockMs: Clock, share: ClusterShareRow) {
  const { cluster_id, user_id, role, granted_by, granted_at: at } = share;
  const cluster = await namedCluster(tx, cluster_id);
  const giver = await tx.selectFrom("users").select("name").where("id", "=", granted_by).executeTakeFirst();
  if (!cluster || !giver) return;
  const note = clusterShared(cluster, role, giver.name);
  await notify(tx, clockMs, [user_id], { happening: `share:${cluster_id}:${role}:${at}`, note, at });
}

export async function tellTakenAway(
  tx: Transaction<Tables>,
  clockMs: Clock,
  cluster_id: string,
  user_ids: readonly string[],
  at: string,
  message = "It is no longer shared with you.",
) {
  const cluster = await namedCluster(tx, cluster_id);
  if (!cluster) return;
  const note = clusterTakenAway(cluster, message);
  await notify(tx, clockMs, user_ids, { happening: `unshare:${cluster_id}:${at}`, note, at });
}

/** Of a cluster that is about to be removed, and with it all that was shared of it. */
export async function tellRemoved(
  tx: Transaction<Tables>,
  clockMs: Clock,
  cluster_id: string,
  { by, at }: { by: string; at: string },
) {
  await endAlarm(tx, `cluster:${cluster_id}`);
  const people = (await usersOf(tx, cluster_id)).filter((user_id) => user_id !== by);
  await tellTakenAway(tx, clockMs, cluster_id, people, at, "It was removed.");
}

function namedCluster(tx: Transaction<Tables>, id: string) {
  return tx.selectFrom("clusters").select(["id", "name"]).where("id", "=", id).executeTakeFirst();
}

/** Whose it is, and with whom it is shared. */
async function usersOf(tx: Transaction<Tables>, cluster_id: string): Promise<string[]> {
  const owner = tx.selectFrom("clusters").select("owner_id as user_id").where("id", "=", cluster_id);
  const others = tx.selectFrom("cluster_shares").select("user_id").where("cluster_id", "=", cluster_id);
  return (await owner.unionAll(others).execute()).map(({ user_id }) => user_id);
}
