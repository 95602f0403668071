import type { Plan } from "../../contract/plan.ts";
import type { NodeRun } from "../../contract/runs.ts";
import type { JsonText } from "../../core/json-text.ts";
import type { GivenHashes } from "../../core/versions/secret-hashes.ts";
import type { EvidenceRow, InventoryRow, PreimageRow, RunLogRow, RunRow } from "./tables.ts";

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
> & {
  lease_owner: string;
  leaseMs: number;
  secret_hashes: GivenHashes;
  /** The version it deploys, where that is not the drawing as it is. */
  restored_from?: number;
};

/** What a run learnt since it was last written down. */
export interface RunRecord {
  nodes?: ReadonlyMap<string, NodeRun>;
  logs?: readonly Omit<RunLogRow, "run_id">[];
  evidence?: readonly Omit<EvidenceRow, "run_id">[];
  inventory?: readonly InventoryRow[];
  /** Kept the first time only: what a run finds after a crash is its own doing. */
  preimages?: readonly Omit<PreimageRow, "run_id">[];
  plan?: JsonText<Plan>;
  gone?: readonly Pick<InventoryRow, "workflow_id" | "cluster_id" | "object_key">[];
}

export type Ending = Pick<RunRow, "status" | "outcome" | "error" | "warnings"> & {
  result?: RunRow["result"];
  completed_at: string;
};
