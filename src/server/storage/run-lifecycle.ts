import type { RawBuilder, Transaction } from "kysely";
import type { Design } from "../../contract/design.ts";
import { type JsonText, toJsonText } from "../../core/json-text.ts";
import { invalid, notFound } from "../../core/problem.ts";
import { audit } from "./audit.ts";
import type { Ending, NewRun } from "./run-types.ts";
import type { RunRow, Tables } from "./tables.ts";
import { addVersion, hashesAfter, lastVersion, numberAfter } from "./version-log.ts";
import { countRun } from "./workflow-counts.ts";
import { tellRunEnded } from "./workflow-notes.ts";
import { changeHead, lockWorkflow } from "./workflows-change.ts";
import type { Head } from "./workflows-drawing.ts";

/** One transaction: version n+1, a run of it, and the workflow published, or none of them. */
export async function startRun(
  tx: Transaction<Tables>,
  { leaseMs, restored_from, secret_hashes, ...run }: NewRun,
  design: JsonText<Design>,
  clockMs: RawBuilder<number>,
): Promise<RunRow> {
  const { id, workflow_id, owner_id, started_at } = run;
  const row = await lockWorkflow(tx, workflow_id);
  if (!row) throw notFound("Workflow");
  const last = await lastVersion(tx, workflow_id);
  const version = numberAfter(last);

  await changeHead(tx, row, (head) => {
    // Archiving takes away what was deployed, which is a run of its own.
    if (run.intent === "undeploy") return { ...head, ...startOf(run, version), status: "archived" };
    if (head.status === "archived") throw invalid("An archived workflow cannot be run");
    return { ...head, ...startOf(run, version) };
  });

  await audit(tx, { at: started_at, user_id: owner_id, action: "run", object: id });
  const hashes = hashesAfter(last, design, secret_hashes);
  await addVersion(tx, last, {
    ...{ workflow_id, design, canvas: row.canvas, secret_hashes: hashes, created_by: owner_id },
    ...{
      description: `Snapshot for run at ${started_at}`,
      is_automatic: 1,
      restored_from: restored_from ?? null,
      run_id: id,
      created_at: started_at,
    },
  });
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

function startOf(
  { id, intent, started_at, cluster_name }: Pick<NewRun, "id" | "intent" | "started_at" | "cluster_name">,
  version: number,
): Partial<Head> {
  return {
    status: "published",
    current_version: version,
    last_run: { id, intent, status: "running", cluster: cluster_name },
    last_run_at: started_at,
    updated_at: started_at,
  };
}

function endOf(
  { id, intent, cluster_name: cluster }: Pick<RunRow, "id" | "intent" | "cluster_name">,
  { status, outcome, completed_at: ended_at }: Ending,
): NonNullable<Head["last_run"]> {
  return { id, intent, status, ...(outcome && { outcome }), cluster, ended_at };
}

/** Ends a run: its values and what it kept to go back to are erased, the workflow counts it, and its owner is told. */
export async function finishRun(
  tx: Transaction<Tables>,
  run: RunRow,
  ending: Ending,
  clockMs: RawBuilder<number>,
): Promise<void> {
  const { status } = ending;
  await tx
    .updateTable("runs")
    .set({ ...ending, sealed_values: null, lease_owner: null })
    .where("id", "=", run.id)
    .execute();
  await tx.deleteFrom("preimages").where("run_id", "=", run.id).execute();
  const isSuccess = status === "completed";
  await countRun(tx, run, isSuccess);
  const row = await lockWorkflow(tx, run.workflow_id);
  if (!row) return;
  await changeHead(tx, row, ({ deployed_version, ...head }) => {
    const live = isSuccess ? (run.intent === "deploy" ? run.version : undefined) : deployed_version;
    return {
      ...head,
      run_count: head.run_count + 1,
      success_count: head.success_count + (isSuccess ? 1 : 0),
      failure_count: head.failure_count + (isSuccess ? 0 : 1),
      ...(live !== undefined && { deployed_version: live }),
      last_run: endOf(run, ending),
    };
  });
  await tellRunEnded(tx, clockMs, run, ending, row.name);
}
