import type { Transaction } from "kysely";
import { toJsonText } from "../../core/json-text.ts";
import type { Database } from "./database.ts";
import { inventoryRows, removeInventory } from "./inventory.ts";
import type { RunRecord } from "./run-types.ts";
import type { EvidenceRow, PreimageRow, RunLogRow, RunNodeRow, RunRow, Tables } from "./tables.ts";

/** Writes down what a run learnt, within the transaction of whoever may. */
export function runRecorder({ hot }: Pick<Database, "hot">) {
  const save = {
    nodes: hot.rows<RunNodeRow>((db, rows) =>
      db
        .insertInto("run_nodes")
        .values(rows)
        .onConflict((oc) =>
          oc.columns(["run_id", "node_id"]).doUpdateSet((eb) => ({ state: eb.ref("excluded.state") })),
        ),
    ),
    logs: hot.rows<RunLogRow>((db, rows) => db.insertInto("run_logs").values(rows)),
    evidence: hot.rows<EvidenceRow>((db, rows) => db.insertInto("run_evidence").values(rows)),
    preimages: hot.rows<PreimageRow>((db, rows) =>
      db
        .insertInto("preimages")
        .values(rows)
        .onConflict((oc) => oc.columns(["run_id", "object_key"]).doNothing()),
    ),
    inventory: hot.rows(inventoryRows),
  };

  return async (tx: Transaction<Tables>, { id: run_id }: RunRow, record: RunRecord): Promise<void> => {
    const { nodes = new Map(), logs = [], evidence = [], preimages = [], inventory = [], gone = [] } = record;
    const own = <Row extends object>(row: Row) => ({ run_id, ...row });
    const states = [...nodes].map(([node_id, state]) => ({ run_id, node_id, state: toJsonText(state) }));
    await save.nodes(tx, states);
    await save.logs(tx, logs.map(own));
    await save.preimages(tx, preimages.map(own));
    const { plan } = record;
    if (plan) await tx.updateTable("runs").set({ plan }).where("id", "=", run_id).execute();
    await save.evidence(tx, evidence.map(own));
    await save.inventory(tx, inventory);
    await removeInventory(tx, gone);
  };
}
