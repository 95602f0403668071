import type { Evidence, NodeRun, RunRecord } from "../../../contract/runs.ts";
import { fromJsonText } from "../../../core/json-text.ts";
import { levelOf } from "../../../core/plan/log-words.ts";
import type { RunStore } from "../../storage/runs.ts";
import type { RunLogRow } from "../../storage/tables.ts";
import { toWorkflowRuns } from "./list-runs.ts";

type Recorded = NonNullable<Awaited<ReturnType<RunStore["recordOf"]>>>;
type Seen = RunRecord["evidence"][number];
type NodeOfRun = RunRecord["nodes"][number];

const mostLines = 100;

/** One run with all that was kept of it; nothing if it is not to be shown as a run. */
export function toRunRecord({ run, nodes, logs, evidence }: Recorded): RunRecord {
  const [shown] = toWorkflowRuns({ runs: [run], nodes, logs, total: 1 });
  if (!shown) throw new Error(`Run ${run.id} was read and is not shown`);
  const seen = evidence.map(({ at, entry }): Seen => ({ at, ...fromJsonText(entry) }));
  const byNode = Map.groupBy(seen, (entry) => ("node_id" in entry ? entry.node_id : ""));
  const plan = run.plan && fromJsonText(run.plan);
  const states = new Map(Object.entries(shown.node_states));
  // What was planned and never begun was not told of.
  const ids = new Set([...(plan ? plan.nodes.map(({ node_id }) => node_id) : []), ...states.keys()]);
  return {
    ...shown,
    ...(plan && { plan }),
    by: { id: run.owner_id, name: run.by },
    nodes: [...ids].map((node_id) => nodeOf(node_id, states.get(node_id), byNode.get(node_id) ?? [])),
    evidence: seen,
    log: (logs.get(run.id) ?? []).map(lineOf),
    ...(run.result && { result: fromJsonText(run.result) }),
  };
}

function lineOf({ seq, at, node_id, text }: RunLogRow): RunRecord["log"][number] {
  return { seq, at, level: levelOf(text), ...(node_id !== null && { node_id }), text };
}

function nodeOf(node_id: string, node: NodeRun | undefined, seen: readonly Seen[]): NodeOfRun {
  const { status = "pending", reason, message, waits_for = [] } = node ?? {};
  const waiting_for = status === "waiting" ? waits_for.join(", ") || message : undefined;
  return {
    node_id,
    state: status,
    ...(waiting_for && { waiting_for }),
    ...(reason && { reason }),
    ...(message && { message }),
    log_tail: tailOf(seen),
    events: seen.flatMap((entry) => (entry.kind === "event" ? [eventOf(entry)] : [])),
  };
}

/** The last lines of the container that is in the worst way, which was read first. */
function tailOf(seen: readonly Seen[]): string[] {
  const logs = seen.filter((entry) => entry.kind === "log");
  const [worst] = logs;
  const own = logs.filter(({ pod, container }) => pod === worst?.pod && container === worst.container);
  return own.flatMap(({ lines }) => lines).slice(-mostLines);
}

function eventOf({ at, type, reason, message, object }: Seen & Extract<Evidence, { kind: "event" }>) {
  return { at, type, reason, message, object };
}
