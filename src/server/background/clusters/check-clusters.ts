import { setTimeout as pause } from "node:timers/promises";
import { fromJsonText } from "../../../core/json-text.ts";
import { Problem } from "../../../core/problem.ts";
import type { Connections } from "../../cluster/connections.ts";
import { refusedStatus } from "../../cluster/refused.ts";
import type { Checked, CheckStore, Due } from "../../storage/cluster-checks.ts";
import type { ClusterLog } from "../../storage/cluster-log.ts";
import type { ClusterRow } from "../../storage/tables.ts";
import { lookAtCluster, lookAtVersion } from "./look-at-cluster.ts";
import { measureUse } from "./measure-cluster.ts";
import { seenAs } from "./seen-as.ts";
import { soon } from "./soon.ts";
import type { TellStatus } from "./tell-status.ts";

export interface CheckTiming {
  /** How often it is looked what is due. */
  tickMs: number;
  /** How often a cluster that is well is looked at, and one that is away at most. */
  everyMs: number;
  /** How soon one that has gone away is looked at again; after that twice as long each time. */
  retryMs: number;
}

export const usualCheckTiming: CheckTiming = { tickMs: 5_000, everyMs: 60_000, retryMs: 5_000 };

interface CheckNeeds {
  checks: CheckStore;
  clusterLog: Pick<ClusterLog, "sweep">;
  connections: Pick<Connections, "to">;
  tellStatus: TellStatus;
  timing: CheckTiming;
  now(): Date;
  report(error: unknown): void;
}

const atOnce = 5;
/** Who has not answered by then does nothing but wait, and is not counted among those: there may be so many. */
const slowMs = 1_000;
const mostWaiting = 50;
/** Longer than a check takes: after that whoever made it has gone. */
const leaseMs = 40_000;
const metadataMs = 10 * 60_000;
const sweepMs = 60 * 60_000;

/** Looks after all clusters for as long as the server runs: each is asked now and then, by one server, whoever waits for another. */
export async function checkClusters(needs: CheckNeeds, signal: AbortSignal): Promise<void> {
  const running = new Map<string, { sinceMs: number; done: Promise<void> }>();
  let sweptMs = Number.NEGATIVE_INFINITY;

  function start(due: Due): void {
    const done = checkOne(needs, due, signal)
      .catch((error) => {
        if (!signal.aborted) needs.report(error);
      })
      .finally(() => running.delete(due.id));
    running.set(due.id, { sinceMs: performance.now(), done });
  }

  async function look(): Promise<void> {
    if (performance.now() - sweptMs > sweepMs) {
      sweptMs = performance.now();
      await needs.clusterLog.sweep(needs.now());
    }
    const asked = { now: needs.now(), freshMs: needs.timing.everyMs / 2, limit: atOnce };
    for (const due of await needs.checks.due(asked)) {
      const busy = [...running.values()].filter(({ sinceMs }) => performance.now() - sinceMs < slowMs);
      if (busy.length >= atOnce || running.size >= mostWaiting) return;
      if (!running.has(due.id)) start(due);
    }
  }

  try {
    for (;;) {
      await pause(needs.timing.tickMs, undefined, { signal, ref: false });
      // A database that is away for a moment is asked the next time.
      await look().catch(needs.report);
    }
  } finally {
    await Promise.all([...running.values()].map(({ done }) => done));
  }
}

async function checkOne(needs: CheckNeeds, { id, failures }: Due, signal: AbortSignal): Promise<void> {
  const row = await needs.checks.claim(id, leaseMs);
  if (!row) return;
  const checked = await see(needs, row, failures, signal);
  await needs.checks.finish(id, checked);
  const { status = row.status, last_check = row.last_check } = checked.change;
  await needs.tellStatus(row, { id, name: row.name, status, last_check });
}

async function see(
  needs: CheckNeeds,
  row: ClusterRow,
  failures: number,
  signal: AbortSignal,
): Promise<Checked> {
  const { timing, now } = needs;
  try {
    const cluster = needs.connections.to(row);
    const isOld = isOlder(fromJsonText(row.metadata).lastUpdated, metadataMs, now());
    const metadata = isOld
      ? await lookAtCluster(cluster, now, signal)
      : { ...fromJsonText(row.metadata), version: await lookAtVersion(cluster, signal) };
    const at = now().toISOString();
    const { usage, podCount } = await measureUse(cluster, { signal: soon(signal) }).catch(() => unknownUse);
    const change = row.status === "connected" && !isOld ? { last_check: at } : seenAs({ metadata }, at);
    return {
      change,
      happening: happeningOf(row, "connected", undefined, at),
      point: usage && { ...usage, pods: podCount },
      failures: 0,
      againMs: jittered(timing.everyMs),
    };
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof Problem)) throw error;
    return away(needs, row, failures + 1, error);
  }
}

const unknownUse = { usage: undefined, podCount: 0 };

/** One that cannot be reached is asked again soon, and then less and less; one that does not know us, once a minute. */
function away({ timing, now }: CheckNeeds, row: ClusterRow, failures: number, problem: Problem): Checked {
  const at = now().toISOString();
  const status = problem.kind === "unavailable" ? "disconnected" : "error";
  const soonMs = Math.min(timing.everyMs, timing.retryMs * 2 ** Math.min(failures - 1, 16));
  return {
    change: { status, warning: problem.message, last_check: at },
    happening: happeningOf(row, status, problem.message, at),
    failures,
    againMs: Math.max(timing.retryMs, jittered(refusedStatus(problem) === 401 ? timing.everyMs : soonMs)),
  };
}

/** Only what is news is noted. */
function happeningOf(
  row: ClusterRow,
  status: ClusterRow["status"],
  error: string | undefined,
  at: string,
): Checked["happening"] {
  if (row.status === status) return undefined;
  return { action: "health_check", error, details: { from: row.status, to: status }, at };
}

function isOlder(at: string | undefined, ms: number, now: Date): boolean {
  return at === undefined || now.getTime() - Date.parse(at) > ms;
}

/** So that clusters added together are not asked together for ever. */
function jittered(ms: number): number {
  return Math.round(ms * (0.9 + Math.random() * 0.2));
}
