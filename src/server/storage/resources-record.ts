import type { Transaction } from "kysely";
import { fromJsonText, toJsonText } from "../../core/json-text.ts";
import { changesBetween, type Shown } from "../../core/resources/changes.ts";
import type { Seen, Sighting } from "../../core/resources/seen.ts";
import type { Database } from "./database.ts";
import type { ResourceHistoryRow, ResourceRow, Tables } from "./tables.ts";

/** What a cluster says of one kind: all there is of it, cluster-wide or in one namespace, or what has changed. */
export interface Report {
  cluster_id: string;
  api_group: string;
  kind: string;
  /** Where only one namespace was asked for. */
  namespace?: string | undefined;
  seen: readonly Sighting[];
  /** What is no longer there: everything else, or those that are said to be gone. */
  gone: "all others" | readonly Sighting[];
  /** When it was asked; what was seen after that is newer. */
  at: string;
  newId(): string;
}

/** What a report was news of: how many of each namespace went. */
export interface Recorded {
  deleted: Map<string, number>;
}

const compared = [
  ...(["id", "namespace", "name", "uid", "resource_version"] as const),
  ...(["status", "deleted_at", "last_seen_at"] as const),
] as const;
type Known = Pick<ResourceRow, (typeof compared)[number]>;
type Tx = Transaction<Tables>;

/** Large enough to be quick, small enough that others who write are not kept waiting. */
const batchSize = 100;

/** Takes in what was seen, with a line of history for each thing that is news. What is known from later stays. */
export async function record({ read, write }: Database, report: Report): Promise<Recorded> {
  const known = await knownRows(read, report);
  const byPlace = new Map(known.map((row) => [placeOf(row), row]));
  const isNews = (seen: Sighting) => {
    const row = byPlace.get(placeOf(seen));
    return !row || (isOther(row, seen) && row.last_seen_at <= report.at);
  };
  for (const batch of batches(inOrder(report.seen.filter(isNews)))) {
    const looked = batch.map((sighting) => sighting.look());
    await write((tx) => keepBatch(tx, report, looked, byPlace));
  }

  const deleted = new Map<string, number>();
  for (const batch of batches(inOrder(goneRows(report, known)))) {
    const namespaces = await write((tx) => removeBatch(tx, report, batch));
    for (const namespace of namespaces) deleted.set(namespace, (deleted.get(namespace) ?? 0) + 1);
  }
  return { deleted };
}

const placeOf = ({ namespace, name }: Pick<ResourceRow, "namespace" | "name">) => `${namespace}/${name}`;

/** Two servers that write the same rows take them in the same order, so that neither waits for the other. */
function inOrder<T extends Pick<ResourceRow, "namespace" | "name">>(rows: readonly T[]): T[] {
  return rows.toSorted((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
}

function isOther(row: Known, seen: Sighting): boolean {
  return row.resource_version !== seen.resource_version || row.uid !== seen.uid || row.deleted_at !== null;
}

function knownRows(read: Database["read"], report: Report): Promise<Known[]> {
  const { cluster_id, api_group, kind, namespace, gone } = report;
  let rows = read
    .selectFrom("resources")
    .select(compared)
    .where("cluster_id", "=", cluster_id)
    .where("api_group", "=", api_group)
    .where("kind", "=", kind);
  if (namespace !== undefined) rows = rows.where("namespace", "=", namespace);
  if (gone !== "all others") {
    const names = new Set([...report.seen, ...gone].map(({ name }) => name));
    if (names.size <= batchSize) rows = rows.where("name", "in", [...names]);
  }
  return rows.execute();
}

/** Nothing is taken for gone that was seen since, or that stands there under another uid. */
function goneRows({ seen, gone, at }: Report, known: readonly Known[]): Known[] {
  const there = known.filter(({ deleted_at, last_seen_at }) => deleted_at === null && last_seen_at <= at);
  if (gone !== "all others") {
    const uids = new Set(gone.map(({ uid }) => uid));
    return there.filter(({ uid }) => uids.has(uid));
  }
  const places = new Set(seen.map(placeOf));
  return there.filter((row) => !places.has(placeOf(row)));
}

async function keepBatch(
  tx: Tx,
  report: Report,
  batch: readonly Seen[],
  byPlace: ReadonlyMap<string, Known>,
): Promise<void> {
  const lines: ResourceHistoryRow[] = await insertNew(
    tx,
    report,
    batch.filter((seen) => !byPlace.has(placeOf(seen))),
  );
  const changed = batch.flatMap((seen) => {
    const row = byPlace.get(placeOf(seen));
    return row ? [{ row, seen }] : [];
  });
  const shown = await shownBefore(
    tx,
    changed.map(({ row }) => row.id),
  );
  for (const { row, seen } of changed)
    if (await update(tx, report, row, seen)) lines.push(...historyOf(report, row, seen, shown.get(row.id)));
  await addHistory(tx, lines);
}

/** Somebody else may have seen them first. */
async function insertNew(tx: Tx, report: Report, all: readonly Seen[]): Promise<ResourceHistoryRow[]> {
  if (all.length === 0) return [];
  const { cluster_id, at, newId } = report;
  const rows = all.map((seen): ResourceRow => {
    const first = { id: newId(), cluster_id, first_seen_at: at, deleted_at: null };
    return { ...first, ...columnsOf(seen, at) };
  });
  const inserted = await tx
    .insertInto("resources")
    .values(rows)
    .onConflict((oc) => oc.doNothing())
    .returning(["id", "status"])
    .execute();
  return inserted.map(({ id, status }) => ({
    ...line(report, id),
    action: "created",
    new_status: status,
    message: "First seen",
  }));
}

function columnsOf({ spec, metadata, links, ...seen }: Seen, at: string) {
  const texts = { spec: toJsonText(spec), metadata: toJsonText(metadata), links: toJsonText(links) };
  return { ...seen, ...texts, last_seen_at: at };
}

/** Whether the row still was as it was known to be; what is written meanwhile is from later. */
async function update(tx: Tx, { at }: Report, row: Known, seen: Seen): Promise<boolean> {
  const updated = await tx
    .updateTable("resources")
    .set({ ...columnsOf(seen, at), deleted_at: null })
    .where("id", "=", row.id)
    .where("uid", "=", row.uid)
    .where("resource_version", "=", row.resource_version)
    .where((eb) =>
      row.deleted_at === null ? eb("deleted_at", "is", null) : eb("deleted_at", "=", row.deleted_at),
    )
    .returning("id")
    .executeTakeFirst();
  return updated !== undefined;
}

/** What is said of objects until now, which is read only of those that have changed. */
async function shownBefore(tx: Tx, ids: readonly string[]): Promise<Map<string, Shown>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .selectFrom("resources")
    .select(["id", "status", "spec", "metadata"])
    .where("id", "in", [...ids])
    .execute();
  return new Map(
    rows.map(({ id, status, spec, metadata }) => [
      id,
      { status, spec: fromJsonText(spec), metadata: fromJsonText(metadata) },
    ]),
  );
}

function historyOf(report: Report, row: Known, seen: Seen, before: Shown | undefined): ResourceHistoryRow[] {
  const statuses = { old_status: row.status, new_status: seen.status };
  if (row.uid !== seen.uid || row.deleted_at !== null) {
    const message = row.uid === seen.uid ? "Seen again" : "Made anew";
    return [{ ...line(report, row.id), ...statuses, action: "created", message }];
  }
  const difference = before && changesBetween(before, seen);
  if (!difference) return [];
  const { action, changes, message } = difference;
  return [{ ...line(report, row.id), ...statuses, action, changes: toJsonText(changes), message }];
}

function line({ newId, at }: Report, resource_id: string) {
  const nothing = { changes: toJsonText([]), old_status: null, new_status: null };
  return { id: newId(), resource_id, at, ...nothing } as const;
}

async function removeBatch(tx: Tx, report: Report, batch: readonly Known[]): Promise<string[]> {
  const lines: ResourceHistoryRow[] = [];
  const namespaces: string[] = [];
  for (const { id, uid, status, namespace } of batch) {
    const removed = await tx
      .updateTable("resources")
      .set({ status: "deleted", deleted_at: report.at })
      .where("id", "=", id)
      .where("uid", "=", uid)
      .where("deleted_at", "is", null)
      .where("last_seen_at", "<=", report.at)
      .returning("id")
      .executeTakeFirst();
    if (!removed) continue;
    const statuses = { old_status: status, new_status: "deleted" as const };
    lines.push({ ...line(report, id), ...statuses, action: "deleted", message: "Deleted from the cluster" });
    namespaces.push(namespace);
  }
  await addHistory(tx, lines);
  return namespaces;
}

async function addHistory(tx: Tx, lines: readonly ResourceHistoryRow[]): Promise<void> {
  if (lines.length > 0) await tx.insertInto("resource_history").values(lines).execute();
}

function batches<T>(all: readonly T[]): T[][] {
  const count = Math.ceil(all.length / batchSize);
  return Array.from({ length: count }, (_, index) => all.slice(index * batchSize, (index + 1) * batchSize));
}
