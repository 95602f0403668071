import type { Design } from "../../../contract/design.ts";
import type { Plan } from "../../../contract/plan.ts";
import type { TriggerData } from "../../../contract/runs.ts";
import type { Detail } from "../../../core/problem.ts";
import type { Cluster } from "../../cluster/connection.ts";
import type { InventoryStore } from "../../storage/inventory.ts";
import type { InventoryRow, RunRow } from "../../storage/tables.ts";
import type { Checks } from "./check-objects.ts";
import type { Prepared } from "./prepare-run.ts";
import type { Removals } from "./removals.ts";

/** What is to become of a workflow in a cluster. */
export interface Aim {
  workflow: { id: string; name: string; revision: number };
  cluster: { id: string; name: string };
  namespace: string;
  design: Design;
  /** The older version that it is, where it is one. */
  version: number | undefined;
  intent: RunRow["intent"];
  deletes: readonly string[];
  /** A plan knows only the names of values: then they are empty. */
  values: TriggerData;
}

export interface PlanNeeds {
  cluster: Cluster;
  inventory: InventoryStore;
  valueHash(text: string): string;
  now(): Date;
  /** Told the namespaces as soon as they are known. */
  foreseen?(namespaces: string[]): void;
  signal: AbortSignal;
  patienceMs: number;
}

export interface Planned extends Removals {
  prepared: Prepared;
  checks: Checks;
  known: ReadonlyMap<string, InventoryRow>;
  /** What keeps a run from being started; a plan says it, where it can. */
  faults: readonly Detail[];
  plan: Plan;
}

/** Whether a run is given values for a node. */
export function givenIn({ secrets = {}, envVars = {} }: TriggerData): (node_id: string) => boolean {
  const given = new Set(
    Object.entries({ ...envVars, ...secrets }).flatMap(([id, keys]) =>
      Object.keys(keys).length > 0 ? id : [],
    ),
  );
  return (node_id) => given.has(node_id);
}
