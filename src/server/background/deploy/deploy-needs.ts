import type { Cluster } from "../../cluster/connection.ts";
import type { RunEvents } from "../../events/run-events.ts";
import type { InventoryStore } from "../../storage/inventory.ts";
import type { RunStore } from "../../storage/runs.ts";
import type { RunRow } from "../../storage/tables.ts";
import type { ClusterView } from "../cluster-view.ts";
import type { Journal } from "./journal.ts";
import type { Planned } from "./planning.ts";
import type { Prepared } from "./prepare-run.ts";

export interface DeployNeeds {
  runs: RunStore;
  inventory: InventoryStore;
  connectionOf(run: RunRow): Promise<{ cluster: Cluster; view: ClusterView }>;
  /** Whether the one whose run it is may still deploy to its cluster. */
  mayGoOn(run: RunRow): Promise<boolean>;
  openValues(run: RunRow): string;
  /** A Secret as it was before the run is kept sealed, bound to the run and the object. */
  sealState(run: RunRow, object_key: string, text: string): string;
  openState(run: RunRow, object_key: string, sealed: string): string;
  /** Keyed: what it says of a value is of no use to whoever guesses at it. */
  valueHash(text: string): string;
  runEvents: RunEvents;
  now(): Date;
  report(error: unknown): void;
  timing: DeployTiming;
}

export interface DeployTiming {
  leaseMs: number;
  tickMs: number;
  /** How long a cluster that is away is waited for before its run fails. */
  patienceMs: number;
}

export interface Task {
  run: RunRow;
  /** Where it was compiled to be checked, and nothing of the cluster went into that. */
  prepared?: Prepared | undefined;
  /** Where it was planned a moment ago, to be compared with the plan it is bound to. */
  planned?: Planned | undefined;
}

export interface Conducting extends DeployNeeds, Task {
  journal: Journal;
  /** Ends with the time the run has, when it is cancelled or may not go on, and with `holding`. */
  signal: AbortSignal;
  timeout: AbortSignal;
  cancelling: AbortSignal;
  /** Ends when access to the cluster has been taken away. */
  revoked: AbortSignal;
  /** Ends when the run is left to another executor. */
  holding: AbortSignal;
}
