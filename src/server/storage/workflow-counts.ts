import type { Transaction } from "kysely";
import type { RunRow, Tables, WorkflowRow } from "./tables.ts";

type Counted = Pick<WorkflowRow, "id" | "owner_id" | "status">;

/** Remembers since when a workflow is published, apart from it: those who save a drawing never touch this. */
export async function notePublished(
  tx: Transaction<Tables>,
  { id: workflow_id, owner_id, status }: Counted,
  after: Pick<WorkflowRow, "status" | "updated_at">,
): Promise<void> {
  if (after.status === status) return;
  const published_at = after.status === "published" ? after.updated_at : null;
  await tx
    .insertInto("workflow_counts")
    .values({ workflow_id, owner_id, published_at, run_count: 0, success_count: 0 })
    .onConflict((oc) => oc.column("workflow_id").doUpdateSet({ published_at }))
    .execute();
}

/** Counts a run that has ended. */
export async function countRun(
  tx: Transaction<Tables>,
  { workflow_id, owner_id }: Pick<RunRow, "workflow_id" | "owner_id">,
  isSuccess: boolean,
): Promise<void> {
  const success_count = isSuccess ? 1 : 0;
  await tx
    .insertInto("workflow_counts")
    .values({ workflow_id, owner_id, published_at: null, run_count: 1, success_count })
    .onConflict((oc) =>
      oc.column("workflow_id").doUpdateSet((eb) => ({
        run_count: eb("workflow_counts.run_count", "+", 1),
        success_count: eb("workflow_counts.success_count", "+", success_count),
      })),
    )
    .execute();
}
