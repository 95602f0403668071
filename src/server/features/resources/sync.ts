import { setTimeout as sleep } from "node:timers/promises";
import type { SyncedCluster } from "../../../contract/resources.ts";
import { type Grant, reaches } from "../../../core/access/grant.ts";
import { notFound } from "../../../core/problem.ts";
import type { SyncResult } from "../../background/sync-resources.ts";
import type { Granted } from "../../storage/grants.ts";
import type { ResourceNeeds } from "./resource-needs.ts";

type Needs = Pick<ResourceNeeds, "grants" | "syncing">;

/** Below the time in which every request is answered. */
const patienceMs = 20_000;

/** Reads the clusters somebody may use, and tells of each what they may know. */
export async function syncResources(needs: Needs, user_id: string, named: string | undefined) {
  const chosen = await clustersFor(needs, user_id, named);
  const late = sleep(patienceMs, undefined, { ref: false });
  const told = await Promise.all(chosen.map((granted) => syncOne(needs, granted, late)));
  const sum = (of: "count" | "deleted") => told.reduce((total, each) => total + each[of], 0);
  const isOver = told.every((each) => !each.isLate);
  return {
    message: isOver ? "Sync completed" : "Sync goes on in the background",
    synced: sum("count"),
    deleted: sum("deleted"),
    clusters: told.map(({ cluster }) => cluster),
  };
}

async function clustersFor({ grants }: Needs, user_id: string, named: string | undefined) {
  if (!named) return grants.all(user_id);
  const granted = await grants.byName(named, user_id);
  if (!granted) throw notFound("Cluster");
  return [granted];
}

async function syncOne({ syncing }: Needs, { cluster, grant }: Granted, late: Promise<unknown>) {
  const { name } = cluster;
  const result = await Promise.race([syncing.sync(cluster), late.then(() => undefined)]);
  if (!result) {
    const error = "Still going on";
    return { isLate: true, deleted: 0, count: 0, cluster: { name, success: false, count: 0, error } };
  }
  const count = within(result.seen, grant);
  return {
    isLate: false,
    deleted: within(result.deleted, grant),
    count,
    cluster: toTold(result, grant, name),
  };
}

function toTold(result: SyncResult, grant: Grant, name: string): SyncedCluster {
  const count = within(result.seen, grant);
  const failures = result.failures.filter(({ namespace }) => reaches(grant, namespace));
  const isWhole = !result.error && result.failures.every(({ isForbidden }) => isForbidden);
  const error = result.error ?? failures.map(inWords).join("; ");
  return { name, success: isWhole, count, ...(error && { error }) };
}

function inWords({ kind, namespace, message }: SyncResult["failures"][number]): string {
  return namespace ? `${kind} in ${namespace}: ${message}` : `${kind}: ${message}`;
}

function within(counts: ReadonlyMap<string, number>, grant: Grant): number {
  const visible = [...counts].filter(([namespace]) => reaches(grant, namespace));
  return visible.reduce((sum, [, count]) => sum + count, 0);
}
