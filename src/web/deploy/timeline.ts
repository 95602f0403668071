import type { RunRecord } from "../../contract/runs.ts";
import { timeOf } from "../parts/when-text.ts";
import { type Heard, heardNodes } from "./run-view.ts";

/** A stretch of a node's time in a run. */
export interface Stretch {
  state: "waiting" | "applying" | "settling";
  fromMs: number;
  toMs: number;
}

export interface Bar {
  node_id: string;
  stretches: Stretch[];
  /** How it ended, as far as it has. */
  end: string | undefined;
}

export interface Timeline {
  startMs: number;
  endMs: number;
  bars: Bar[];
}

const kinds: Readonly<Record<string, Stretch["state"]>> = {
  waiting: "waiting",
  applying: "applying",
  applied: "settling",
};

interface Change {
  atMs: number;
  status: string;
}

/** When which node waited, was applied and settled; nodes that never began have no stretches. */
export function timelineOf(record: RunRecord, heard: Heard, nowMs: number): Timeline {
  const startMs = msOf(record.started_at) ?? nowMs;
  const endMs = msOf(record.completed_at) ?? Math.max(nowMs, startMs);
  const changes = changesOf(record, heard);
  const bars = record.nodes.map(({ node_id }) => barOf(node_id, changes.get(node_id) ?? [], endMs));
  return { startMs, endMs: Math.max(endMs, startMs + 1), bars: bars.toSorted((a, b) => begin(a) - begin(b)) };
}

function changesOf(record: RunRecord, heard: Heard): Map<string, Change[]> {
  const changes = new Map<string, Change[]>();
  const put = (id: string, { atMs, status }: { atMs: number | undefined; status: string }) => {
    // What cannot be placed is no stretch of time.
    if (atMs === undefined) return;
    const change = { atMs, status };
    const own = changes.get(id) ?? [];
    changes.set(id, own);
    if (own.at(-1)?.status !== change.status) own.push(change);
  };
  for (const entry of record.evidence)
    if (entry.kind === "state") put(entry.node_id, { atMs: msOf(entry.at), status: entry.status });
  for (const [id, { state, at }] of heardNodes(record, heard)) {
    const lastMs = changes.get(id)?.at(-1)?.atMs ?? 0;
    // What is heard live is told to the second only: it never comes before what is known to the millisecond.
    put(id, { atMs: Math.max(lastMs, msOf(at) ?? lastMs), status: state });
  }
  return changes;
}

function barOf(node_id: string, changes: readonly Change[], endMs: number): Bar {
  const stretches = changes.flatMap(({ status, atMs }, index): Stretch[] => {
    const state = kinds[status];
    const toMs = changes[index + 1]?.atMs ?? endMs;
    return state && toMs > atMs ? [{ state, fromMs: atMs, toMs }] : [];
  });
  const last = changes.at(-1)?.status;
  return { node_id, stretches, end: last !== undefined && !kinds[last] ? last : undefined };
}

function begin({ stretches }: Bar): number {
  return stretches.find(({ state }) => state !== "waiting")?.fromMs ?? Number.POSITIVE_INFINITY;
}

/** How long a node has been worked on: waiting does not count, except for one that still waits. */
export function elapsedOf({ stretches }: Bar): number | undefined {
  const worked = stretches.filter(({ state }) => state !== "waiting");
  const counted = worked.length > 0 ? worked : stretches;
  const [first, last] = [counted[0], counted.at(-1)];
  return first && last ? last.toMs - first.fromMs : undefined;
}

/** A bar in a sentence, for those who do not see it. */
export function barText(name: string, { stretches, end }: Bar, startMs: number): string {
  if (stretches.length === 0) return `${name}: ${end ?? "not begun"}`;
  const said = stretches.map(
    ({ state, fromMs, toMs }) => `${state} from ${seconds(fromMs - startMs)} to ${seconds(toMs - startMs)}`,
  );
  return `${name}: ${said.join(", ")}`;
}

const msOf = (at: string | undefined) => timeOf(at)?.getTime();
const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;
