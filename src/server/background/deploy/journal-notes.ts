import type { Plan } from "../../../contract/plan.ts";
import type { NodeRun } from "../../../contract/runs.ts";
import { type JsonText, toJsonText } from "../../../core/json-text.ts";
import type { RunRecord } from "../../storage/run-types.ts";
import type { RunStore } from "../../storage/runs.ts";
import type { InventoryRow, RunLogRow, RunRow } from "../../storage/tables.ts";

interface EntryNeeds {
  runs: Pick<RunStore, "record">;
  run: RunRow;
  notes: ReturnType<typeof createNotes>;
  later(): void;
}

/** What a run does to objects. */
export function objectEntries({ runs, run, notes, later }: EntryNeeds) {
  return {
    /**
     * Writes what is about to happen to objects, and how they are now, and waits until it is on disk. What is only told
     * has time.
     */
    async commit(rows: readonly InventoryRow[], preimages: RunRecord["preimages"] = []): Promise<void> {
      if (rows.length === 0 && preimages.length === 0) return;
      notes.inventory(rows);
      await runs.record(run, { inventory: notes.takeInventory(), preimages });
    },

    /** What the run set out to do; written with what comes next. */
    plan(plan: Plan): void {
      notes.plan(plan);
      later();
    },

    /** What is no longer there, or no longer the workflow's. */
    forget(rows: readonly InventoryRow[]): void {
      notes.forget(rows);
      later();
    },

    /** What has happened to objects. If it is lost, they are applied again, which changes nothing. */
    noteLater(rows: readonly InventoryRow[]): void {
      notes.inventory(rows);
      later();
    },
  };
}

/** What is to be written, the last state of each thing only. */
export function createNotes() {
  const logs: Omit<RunLogRow, "run_id">[] = [];
  const nodes = new Map<string, NodeRun>();
  const inventory = new Map<string, InventoryRow>();
  const gone = new Map<string, InventoryRow>();
  let planText: JsonText<Plan> | undefined;

  function takeInventory(): InventoryRow[] {
    const rows = [...inventory.values()];
    inventory.clear();
    return rows;
  }

  return {
    log: (line: Omit<RunLogRow, "run_id">): void => void logs.push(line),
    node: (node_id: string, node: NodeRun): void => void nodes.set(node_id, node),
    inventory(rows: readonly InventoryRow[]): void {
      for (const row of rows) {
        inventory.set(row.object_key, row);
        gone.delete(row.object_key);
      }
    },
    forget(rows: readonly InventoryRow[]): void {
      for (const row of rows) {
        gone.set(row.object_key, row);
        inventory.delete(row.object_key);
      }
    },
    plan(plan: Plan): void {
      planText = toJsonText(plan);
    },
    takeInventory,
    take(): RunRecord {
      const plan = planText && { plan: planText };
      const rows = { inventory: takeInventory(), gone: [...gone.values()] };
      const record = { logs: [...logs], nodes: new Map(nodes), ...rows, ...plan };
      logs.length = 0;
      nodes.clear();
      gone.clear();
      planText = undefined;
      return record;
    },
  };
}
