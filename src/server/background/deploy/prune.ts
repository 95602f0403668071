import { Problem } from "../../../core/problem.ts";
import type { Cluster } from "../../cluster/connection.ts";
import type { InventoryRow } from "../../storage/tables.ts";
import type { Journal } from "./journal.ts";
import type { Removal } from "./removals.ts";
import { removeAndWait } from "./remove-object.ts";

interface PruneNeeds {
  cluster: Pick<Cluster, "read" | "remove">;
  journal: Pick<Journal, "log" | "forget">;
  /** Keeps what is about to be deleted, so that it can be there again. */
  keep(removals: readonly Removal[]): Promise<void>;
  signal: AbortSignal;
  underWay?: AbortSignal | undefined;
  patienceMs: number;
}

/**
 * Deletes what the plan says is to go, what leads to others first, and lets go of what is kept. It comes last in a
 * run, so that what replaces something works before it goes. Answers the sentences of what could not be deleted.
 */
export async function prune(
  needs: PruneNeeds,
  removals: readonly Removal[],
  gone: readonly InventoryRow[],
): Promise<string[]> {
  const { journal } = needs;
  const failed: string[] = [];
  journal.forget(gone);
  const doomed = removals.filter(({ policy }) => policy === "delete");
  if (doomed.length > 0) await needs.keep(doomed);
  for (const { row, identity, live, policy, reason } of removals) {
    if (policy === "keep") {
      journal.log(`Kept ${row.object_key}: ${reason}`, row.node_id || null);
      journal.forget([row]);
      continue;
    }
    try {
      const { uid } = live.metadata;
      await removeAndWait(needs, { ...identity, metadata: { ...identity.metadata, ...(uid && { uid }) } });
      journal.log(`Deleted ${row.object_key}: ${reason}`, row.node_id || null);
      journal.forget([row]);
    } catch (error) {
      needs.signal.throwIfAborted();
      if (!(error instanceof Problem)) throw error;
      failed.push(`${row.object_key} could not be deleted: ${error.message}`);
      journal.log(`Could not delete ${row.object_key}: ${error.message}`, row.node_id || null, "error");
    }
  }
  return failed;
}
