import { toJsonText } from "../../src/core/json-text.ts";
import type { NewRun } from "../../src/server/storage/run-types.ts";

type Given = Pick<NewRun, "id" | "workflow_id" | "owner_id" | "started_at"> & Partial<NewRun>;

/** A run as it begins, of the usual kind but for what is given. */
export function newRun(given: Given): NewRun {
  return {
    cluster_id: "c",
    cluster_name: "prod",
    namespace: "default",
    timeout_seconds: 600,
    sealed_values: null,
    on_failure: "rollback",
    intent: "deploy",
    deletes: toJsonText<string[]>([]),
    plan_hash: null,
    secret_hashes: {},
    lease_owner: "one",
    leaseMs: 60_000,
    ...given,
  };
}
