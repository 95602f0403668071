import type { WorkflowRun } from "../../../contract/runs.ts";
import { fromJsonText } from "../../../core/json-text.ts";
import { logLine } from "../../background/deploy/journal.ts";
import type { RunStore } from "../../storage/runs.ts";
import type { RunRow } from "../../storage/tables.ts";

type Listed = Awaited<ReturnType<RunStore["list"]>>;

/** A page of runs as the contract shows them. */
export function toWorkflowRuns({ runs, nodes, logs }: Listed): WorkflowRun[] {
  return runs.map((run) => {
    const states = Object.fromEntries(nodes.get(run.id) ?? []);
    const output = Object.entries(states).flatMap(([node_id, { result }]) =>
      result ? [[node_id, result]] : [],
    );
    return {
      ...timesOf(run),
      id: run.id,
      workflow_id: run.workflow_id,
      version: run.version,
      status: run.status,
      ...(run.outcome && { outcome: run.outcome }),
      cluster: run.cluster_name,
      namespace: run.namespace,
      node_states: states,
      output: Object.fromEntries(output),
      logs: (logs.get(run.id) ?? []).map(logLine),
      warnings: fromJsonText(run.warnings),
      ...(run.error && { error: run.error }),
      ...(run.plan && { counts: fromJsonText(run.plan).counts }),
      on_failure: run.on_failure,
      intent: run.intent,
      ...(run.plan_hash && { plan_hash: run.plan_hash }),
      triggered_by: "manual" as const,
      trigger_data: { user_id: run.owner_id },
    };
  });
}

function timesOf({ started_at, completed_at }: RunRow) {
  const duration = completed_at ? Date.parse(completed_at) - Date.parse(started_at) : 0;
  return { started_at, ...(completed_at && { completed_at }), duration };
}
