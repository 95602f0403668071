import type { Transaction } from "kysely";
import type { MetricsPoint } from "../../contract/cluster-observe.ts";
import { type Happening, logHappening } from "./cluster-log.ts";
import { type ClusterChange, changeCluster } from "./cluster-notes.ts";
import type { Database, Reader } from "./database.ts";
import type { ClusterRow, Tables } from "./tables.ts";

export type CheckStore = ReturnType<typeof checkStore>;

/** A cluster that is due, and how often in a row it did not answer. */
export interface Due {
  id: string;
  failures: number;
}

export interface DueQuery {
  now: Date;
  /** A cluster that answered so short a time ago is left alone. */
  freshMs: number;
  limit: number;
}

export interface Checked {
  change: ClusterChange;
  happening?: Happening | undefined;
  point?: Omit<MetricsPoint, "at"> | undefined;
  failures: number;
  againMs: number;
}

/** How much longer a cluster waits while nobody who may use it is signed in. */
const unusedMs = 14 * 60_000;
const keptMs = 60 * 60_000;

/** When each cluster is to be looked at, however many servers there are, and what was seen. */
export function checkStore(database: Database) {
  return { ...dueChecks(database), ...checkResults(database), ...metricsPoints(database) };
}

function dueChecks({ read, write, clockMs }: Database) {
  return {
    /** What is due and was not just looked at by somebody; those that answered the last time come first. */
    due({ now, freshMs, limit }: DueQuery): Promise<Due[]> {
      const fresh = new Date(now.getTime() - freshMs).toISOString();
      return read
        .selectFrom("clusters")
        .leftJoin("cluster_checks", "cluster_checks.cluster_id", "clusters.id")
        .select((eb) => ["clusters.id", eb.fn.coalesce("cluster_checks.failures", eb.lit(0)).as("failures")])
        .where((eb) => {
          const dueMs = eb.fn.coalesce("cluster_checks.due_ms", eb.lit(0));
          const isUsed = eb("clusters.id", "in", usedClusters(read, now));
          const isLong = eb(dueMs, "<=", eb(clockMs, "-", unusedMs));
          return eb.and([eb(dueMs, "<=", clockMs), eb.or([isUsed, isLong])]);
        })
        .where((eb) =>
          eb.or([
            eb("clusters.status", "!=", "connected"),
            eb("clusters.last_check", "is", null),
            eb("clusters.last_check", "<=", fresh),
          ]),
        )
        .orderBy("failures")
        .orderBy("clusters.last_check")
        .orderBy("clusters.id")
        .limit(limit)
        .execute();
    },

    /** Takes a cluster that is due, for so long; nothing if another server was faster. */
    claim(id: string, leaseMs: number): Promise<ClusterRow | undefined> {
      return write(async (tx) => {
        const row = await tx.selectFrom("clusters").selectAll().where("id", "=", id).executeTakeFirst();
        if (!row) return undefined;
        const claimed = await tx
          .insertInto("cluster_checks")
          .values((eb) => ({ cluster_id: id, due_ms: eb(clockMs, "+", leaseMs), failures: 0 }))
          .onConflict((oc) =>
            oc
              .column("cluster_id")
              .doUpdateSet((eb) => ({ due_ms: eb.ref("excluded.due_ms") }))
              .where("cluster_checks.due_ms", "<=", clockMs),
          )
          .returning("cluster_id")
          .executeTakeFirst();
        return claimed && row;
      });
    },
  };
}

/** Those that somebody who is signed in may use. */
function usedClusters(read: Reader, now: Date) {
  return read
    .selectFrom("sessions")
    .leftJoin("cluster_shares", "cluster_shares.user_id", "sessions.user_id")
    .innerJoin("clusters as used", (join) =>
      join.on((eb) =>
        eb.or([
          eb("used.owner_id", "=", eb.ref("sessions.user_id")),
          eb("used.id", "=", eb.ref("cluster_shares.cluster_id")),
        ]),
      ),
    )
    .select("used.id")
    .where("sessions.ended_at", "is", null)
    .where("sessions.expires_at", ">", now.toISOString());
}

function checkResults({ write, clockMs }: Database) {
  return {
    /** Notes what was seen, and when to look again. A cluster that was removed meanwhile is not brought back. */
    async finish(id: string, { change, happening, point, failures, againMs }: Checked): Promise<void> {
      await write(async (tx) => {
        if (!(await changeCluster(tx, clockMs, id, change))) return;
        await tx
          .updateTable("cluster_checks")
          .set((eb) => ({ due_ms: eb(clockMs, "+", againMs), failures }))
          .where("cluster_id", "=", id)
          .execute();
        if (happening) await logHappening(tx, id, happening);
        if (point) await addPoint(clockMs, tx, { cluster_id: id, ...point });
      });
    },
  };
}

function metricsPoints({ read, clockMs }: Database) {
  return {
    /** What was used in the last minutes, the oldest first. */
    async points(cluster_id: string, minutes: number): Promise<MetricsPoint[]> {
      const rows = await read
        .selectFrom("cluster_points")
        .select(["at_ms", "cpu", "memory", "pods"])
        .where("cluster_id", "=", cluster_id)
        .where((eb) => eb("at_ms", ">", eb(clockMs, "-", minutes * 60_000)))
        .orderBy("at_ms")
        .execute();
      return rows.map(({ at_ms, ...point }) => ({ at: new Date(at_ms).toISOString(), ...point }));
    },
  };
}

async function addPoint(
  clockMs: Database["clockMs"],
  tx: Transaction<Tables>,
  point: Omit<MetricsPoint, "at"> & { cluster_id: string },
): Promise<void> {
  await tx
    .deleteFrom("cluster_points")
    .where("cluster_id", "=", point.cluster_id)
    .where((eb) => eb("at_ms", "<=", eb(clockMs, "-", keptMs)))
    .execute();
  await tx
    .insertInto("cluster_points")
    .values({ ...point, at_ms: clockMs })
    .onConflict((oc) => oc.doNothing())
    .execute();
}
