import type { RawBuilder, Transaction } from "kysely";
import type { Design } from "../../contract/design.ts";
import type { Workflow } from "../../contract/workflows.ts";
import { type JsonText, toJsonText } from "../../core/json-text.ts";
import { invalid, notFound } from "../../core/problem.ts";
import type { Ending, NewRun } from "./run-types.ts";
import type { RunRow, Tables } from "./tables.ts";
import { changeWorkflow } from "./workflows-change.ts";

/** One transaction: version n+1, a run of it, and the workflow published, or none of them. */
export async function startRun(
  tx: Transaction<Tables>,
  { leaseMs, ...run }: NewRun,
  design: JsonText<Design>,
  clockMs: RawBuilder<number>,
): Promise<RunRow> {
  const last = await lastVersion(tx, run.workflow_id);
  const version = (last?.version ?? 0) + 1;
  const { id, workflow_id, owner_id, started_at } = run;

  const changed = await changeWorkflow(tx, workflow_id, (workflow) => {
    if (workflow.status === "archived") throw invalid("An archived workflow cannot be run");
    return { ...workflow, ...startOf(run, version) };
  });
  if (!changed) throw notFound("Workflow");

  await tx
    .insertInto("versions")
    .values({
      workflow_id,
      version,
      design,
      name: null,
      tag: null,
      description: `Snapshot for run at ${started_at}`,
      is_automatic: 1,
      unchanged: last?.design === design ? 1 : 0,
      restored_from: null,
      run_id: id,
      secret_hashes: null,
      created_by: owner_id,
      created_at: started_at,
    })
    .execute();
  return tx
    .insertInto("runs")
    .values((eb) => ({
      ...run,
      version,
      status: "running" as const,
      outcome: null,
      error: null,
      warnings: toJsonText<string[]>([]),
      lease_until_ms: eb(clockMs, "+", leaseMs),
      fence: 1,
      plan: null,
      cancel_requested: 0,
      taking_back: null,
      result: null,
      completed_at: null,
    }))
    .returningAll()
    .executeTakeFirstOrThrow();
}

function startOf({ id, started_at }: Omit<NewRun, "leaseMs">, version: number): Partial<Workflow> {
  return {
    status: "published",
    current_version: version,
    last_run: { id, status: "running" },
    last_run_at: started_at,
    updated_at: started_at,
  };
}

/** Ends a run: its values are erased, and the workflow counts it. */
export async function finishRun(tx: Transaction<Tables>, run: RunRow, ending: Ending): Promise<void> {
  const { status, outcome, completed_at } = ending;
  await tx
    .updateTable("runs")
    .set({ ...ending, sealed_values: null, lease_owner: null })
    .where("id", "=", run.id)
    .execute();
  const isSuccess = status === "completed";
  await changeWorkflow(tx, run.workflow_id, (workflow) => ({
    ...workflow,
    run_count: workflow.run_count + 1,
    success_count: workflow.success_count + (isSuccess ? 1 : 0),
    failure_count: workflow.failure_count + (isSuccess ? 0 : 1),
    ...(isSuccess && { deployed_version: run.version }),
    last_run: { id: run.id, status, ...(outcome && { outcome }), ended_at: completed_at },
  }));
}

function lastVersion(tx: Transaction<Tables>, workflow_id: string) {
  return tx
    .selectFrom("versions")
    .select(["version", "design"])
    .where("workflow_id", "=", workflow_id)
    .orderBy("version", "desc")
    .limit(1)
    .executeTakeFirst();
}
