import type { Design } from "../../contract/design.ts";
import type { RunLog, RunState } from "../../contract/live.ts";
import type { NodeRun, RunRecord, RunResult } from "../../contract/runs.ts";
import { isTakingBack, readLeft } from "../../core/plan/log-words.ts";
import { nameOfNode } from "../../core/relations/node-names.ts";
import { causeOf } from "./failure-words.ts";

export type Line = RunRecord["log"][number];
type Left = RunResult[number]["state"];

/** What has been heard of a run since its record was read. */
export interface Heard {
  state: Pick<RunState, "status" | "outcome" | "done" | "total"> | undefined;
  nodes: ReadonlyMap<string, HeardNode>;
  lines: ReadonlyMap<number, Line>;
}

export interface HeardNode {
  state: string;
  waiting_for?: string | undefined;
  reason?: string | undefined;
  message?: string | undefined;
  at: string;
}

export const nothingHeard: Heard = { state: undefined, nodes: new Map(), lines: new Map() };

/** One node of a run, as its card and its line show it. */
export interface RunNodeView {
  node_id: string;
  name: string;
  kind: string;
  /** The word under which the look of its state is found. */
  state: string;
  /** What follows the word: `for migrate to complete`, `1 of 3`. */
  detail: string;
  reason: string | undefined;
  /** The server's own words, whole. */
  message: string;
  /** Whether the run failed with it, and not only after it. */
  isRoot: boolean;
  /** What became of it when the run was taken back. */
  back: Left | "doing" | undefined;
}

/** The run's log as far as it is known, each line once, in order. */
export function linesOf(record: Pick<RunRecord, "log">, heard: Heard): Line[] {
  const all = new Map(record.log.map((line) => [line.seq, line]));
  for (const [seq, line] of heard.lines) all.set(seq, line);
  return [...all.values()].toSorted((a, b) => a.seq - b.seq);
}

/** Whether lines are missing between those that are known: the record has to be read again. */
export function hasHole(lines: readonly Pick<Line, "seq">[]): boolean {
  const [first] = lines;
  return first !== undefined && (first.seq > 1 || (lines.at(-1)?.seq ?? 0) !== lines.length);
}

/** Whether nodes are known of that the record does not name: it has to be read again. */
export function lacksNodes({ nodes }: Pick<RunRecord, "nodes">, heard: Heard): boolean {
  const named = new Set(nodes.map(({ node_id }) => node_id));
  return (
    (named.size === 0 && (heard.state?.total ?? 0) > 0) ||
    [...heard.nodes.keys()].some((id) => !named.has(id))
  );
}

export function toLine({ run_id, ...line }: RunLog): Line {
  return line;
}

/** The nodes of a run: those that failed first, then what is under way, what waits, and what is done. */
export function nodesOf(record: RunRecord, design: Pick<Design, "nodes">, heard: Heard): RunNodeView[] {
  const drawn = new Map(design.nodes.map((node) => [node.id, node]));
  const backs = backsOf(record, linesOf(record, heard), heard);
  const views = record.nodes.map((node): RunNodeView => {
    const { node_id } = node;
    const now = heardNodes(record, heard).get(node_id) ?? node;
    const drawing = drawn.get(node_id);
    const planned = record.plan?.nodes.find((each) => each.node_id === node_id);
    const isCancelled = record.status === "cancelled" && ["pending", "waiting"].includes(now.state);
    return {
      node_id,
      name: drawing ? nameOfNode(drawing) : (planned?.objects.at(-1)?.name ?? node_id),
      kind: drawing?.type ?? planned?.objects.at(-1)?.kind ?? "",
      state: isCancelled ? "cancelled" : now.state,
      detail: isCancelled ? "" : detailOf(now),
      reason: now.reason,
      message: now.message ?? "",
      isRoot: false,
      back: backs.get(node_id),
    };
  });
  const root = rootOf(record, views);
  return views.map((view) => ({ ...view, isRoot: view === root })).toSorted((a, b) => rankOf(a) - rankOf(b));
}

/** What was heard of nodes last. Once a run has ended its record says it all, also what was not heard. */
export function heardNodes({ status }: Pick<RunRecord, "status">, { nodes }: Heard): Heard["nodes"] {
  return status === "running" ? nodes : nothingHeard.nodes;
}

function detailOf({
  state,
  waiting_for,
  reason,
  message = "",
}: Partial<HeardNode> & { state: string }): string {
  if (state === "waiting") return (waiting_for ?? message).replace(/^Waiting /, "").replaceAll(/[“”]/g, "");
  if (state === "failed") return causeOf(reason, message).words;
  if (state === "warning") return message;
  if (state === "skipped") return message;
  if (state !== "applied") return "";
  const [count] = /^\d+ of \d+/.exec(message) ?? [];
  return count ?? "";
}

/** The first that failed, by the log of states: what failed later may have failed of it. */
function rootOf({ evidence }: RunRecord, views: readonly RunNodeView[]): RunNodeView | undefined {
  const failed = views.filter(({ state }) => state === "failed");
  const first = evidence.find(
    (entry) =>
      entry.kind === "state" &&
      entry.status === "failed" &&
      failed.some(({ node_id }) => node_id === entry.node_id),
  );
  const id = first && "node_id" in first ? first.node_id : undefined;
  return failed.find(({ node_id }) => node_id === id) ?? failed[0];
}

const ranks: Readonly<Record<string, number>> = {
  failed: 0,
  warning: 2,
  applying: 3,
  applied: 3,
  waiting: 4,
  pending: 5,
  cancelled: 6,
  skipped: 6,
  completed: 7,
};

function rankOf({ state, isRoot }: RunNodeView): number {
  return isRoot ? -1 : (ranks[state] ?? 1);
}

/** What became of each node's objects, the worst of them; `doing` as long as some are still to be put back. */
function backsOf(record: RunRecord, lines: readonly Line[], heard: Heard): Map<string, Left | "doing"> {
  const backs = new Map<string, Left | "doing">();
  if (!lines.some(({ text }) => isTakingBack(text)) && !record.result) return backs;
  const written = writtenBy(record, heard);
  const said = lines.flatMap(({ node_id, text }) => {
    const left = readLeft(text);
    return left && node_id ? [{ node_id, state: left.state, key: left.key }] : [];
  });
  const known =
    record.result?.flatMap((left) => (left.node_id ? [{ ...left, node_id: left.node_id }] : [])) ?? said;
  const byNode = Map.groupBy(known, ({ node_id }) => node_id);
  for (const [id, count] of written) {
    const own = byNode.get(id) ?? [];
    if (own.length < count && record.status === "running") backs.set(id, "doing");
  }
  for (const [id, own] of byNode) if (!backs.has(id)) backs.set(id, worst(own.map(({ state }) => state)));
  return backs;
}

/** How many objects of each node the run has begun to write. */
function writtenBy(record: RunRecord, heard: Heard): Map<string, number> {
  const { nodes, plan, node_states } = record;
  const untouched = new Set(["pending", "waiting", "skipped"]);
  return new Map(
    nodes.flatMap(({ node_id, state }) => {
      if (untouched.has(heardNodes(record, heard).get(node_id)?.state ?? state)) return [];
      const count = changedObjects(plan, node_id) ?? appliedObjects(node_states[node_id]);
      return count > 0 ? [[node_id, count] as const] : [];
    }),
  );
}

function changedObjects(plan: RunRecord["plan"], id: string): number | undefined {
  const node = plan?.nodes.find(({ node_id }) => node_id === id);
  return node?.objects.filter(({ action }) => action !== "none").length;
}

function appliedObjects(node: NodeRun | undefined): number {
  return node?.result?.applied_resources.filter(({ operation }) => operation !== "unchanged").length ?? 0;
}

const gravest: readonly Left[] = ["unknown", "missing", "new", "kept", "removed", "restored"];

function worst(states: readonly Left[]): Left {
  return gravest.find((state) => states.includes(state)) ?? "unknown";
}

/** `7 of 12`: nodes that are seen to work, of all that the run is about. */
export function progressOf(record: RunRecord, heard: Heard): { done: number; total: number } {
  if (heard.state && heard.state.total > 0 && record.status === "running") return heard.state;
  const done = record.nodes.filter(({ node_id, state }) =>
    ["completed", "warning"].includes(heardNodes(record, heard).get(node_id)?.state ?? state),
  ).length;
  return { done, total: record.plan?.nodes.length ?? record.nodes.length };
}

/** Whether what was written is being taken back. */
export function isGoingBack(record: RunRecord, lines: readonly Line[]): boolean {
  return record.status === "running" && lines.some(({ text }) => isTakingBack(text));
}
