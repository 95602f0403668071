import type { NodeRun } from "../../contract/runs.ts";
import type { EvidenceRow, InventoryRow, RunLogRow, RunRow } from "./tables.ts";

/** What a run is when it begins. */
export type NewRun = Pick<
  RunRow,
  | "id"
  | "workflow_id"
  | "owner_id"
  | "cluster_id"
  | "cluster_name"
  | "namespace"
  | "timeout_seconds"
  | "sealed_values"
  | "on_failure"
  | "intent"
  | "deletes"
  | "plan_hash"
  | "started_at"
> & { lease_owner: string; leaseMs: number };

/** What a run learnt since it was last written down. */
export interface RunRecord {
  nodes?: ReadonlyMap<string, NodeRun>;
  logs?: readonly Omit<RunLogRow, "run_id">[];
  evidence?: readonly Omit<EvidenceRow, "run_id">[];
  inventory?: readonly InventoryRow[];
  gone?: readonly Pick<InventoryRow, "workflow_id" | "cluster_id" | "object_key">[];
}

export type Ending = Pick<RunRow, "status" | "outcome" | "error" | "warnings"> & { completed_at: string };
