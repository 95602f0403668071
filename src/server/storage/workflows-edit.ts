import type { Transaction } from "kysely";
import { conflict } from "../../core/problem.ts";
import { queueForSearch } from "./search-index.ts";
import type { Tables } from "./tables.ts";
import { notePublished } from "./workflow-counts.ts";
import { type LockedRow, lockWorkflow, nextRow } from "./workflows-change.ts";
import type { Drawing, Head } from "./workflows-drawing.ts";
import type { KeptDocuments } from "./workflows-kept.ts";
import { withPending } from "./workflows-pending.ts";
import type { saveStatements } from "./workflows-save.ts";
import { isTouched, touch } from "./write.ts";

export interface Edit {
  fields: Partial<Pick<Head, "name" | "description" | "cluster_id" | "tags" | "status">> & {
    updated_at: string;
  };
  drawing: Drawing;
  /** The revision that was edited, if its being the present one matters. */
  revision?: number | undefined;
}

type Statements = ReturnType<typeof saveStatements>;

/** What changes a workflow at somebody's wish, within a transaction. */
export function workflowEdits(statements: Statements, kept: Pick<KeptDocuments, "find">) {
  /** A document in memory is not read again, unless this very transaction has changed it. */
  async function lock(tx: Transaction<Tables>, id: string, owner_id: string): Promise<LockedRow | undefined> {
    const known = isTouched(tx, id) ? undefined : kept.find(id);
    if (!known) return statements.lock(tx, id, owner_id);
    const row = await statements.lockBeside(tx, id, owner_id);
    return row && { ...row, document: known.document };
  }

  async function edit(
    tx: Transaction<Tables>,
    id: string,
    owner_id: string,
    { fields, drawing, revision }: Edit,
  ) {
    const row = await lock(tx, id, owner_id);
    if (!row) return undefined;
    if (revision !== undefined && revision !== row.revision)
      throw conflict("The workflow has been changed since you read it", { workflow: row.document });
    if (fields.status === "archived") await refuseWhileRunning(tx, id, "archived");

    const statuses = drawing.nodes ? await statements.statuses(tx, id) : new Map();
    const told = await withPending(tx, row, fields, drawing);
    const next = nextRow(row, { fields: told, drawing, statuses });
    if (!next) return row.document;
    touch(tx, id, { ...next, owner_id });
    await statements.update(tx, id, row, next);
    await notePublished(tx, row, next);
    return next.document;
  }

  async function remove(
    tx: Transaction<Tables>,
    id: string,
    owner_id: string,
    deleted_at: string,
  ): Promise<boolean> {
    const row = await lockWorkflow(tx, id);
    if (row?.owner_id !== owner_id) return false;
    await refuseWhileRunning(tx, id, "deleted");
    touch(tx, id);
    await tx.updateTable("workflows").set({ deleted_at }).where("id", "=", id).execute();
    await tx.deleteFrom("workflow_counts").where("workflow_id", "=", id).execute();
    await queueForSearch(tx, row);
    return true;
  }

  return { edit, remove };
}

/** The run's row appears under the workflow's lock, so that none can start in between. */
async function refuseWhileRunning(tx: Transaction<Tables>, workflow_id: string, what: string): Promise<void> {
  const running = await tx
    .selectFrom("runs")
    .select("id")
    .where("workflow_id", "=", workflow_id)
    .where("status", "=", "running")
    .executeTakeFirst();
  if (running) throw conflict(`A workflow that is being deployed cannot be ${what}`, { run_id: running.id });
}
