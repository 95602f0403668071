import type { Transaction } from "kysely";
import { toJsonText } from "../../core/json-text.ts";
import type { Database } from "./database.ts";
import { finishRun } from "./run-lifecycle.ts";
import { runRecorder } from "./run-recorder.ts";
import type { Ending, RunRecord } from "./run-types.ts";
import type { RunRow, Tables, TakingBack } from "./tables.ts";
import type { Write } from "./write.ts";

/** Somebody else executes this run by now: whoever is told so stops at once, and writes nothing more. */
export class LeaseLost extends Error {
  override readonly name = "LeaseLost";
}

type Lease = "held" | "cancelled" | "lost";

/** Who executes a run, and what only its executor may write. */
export function runLeases(database: Database) {
  const { write, clockMs } = database;
  return {
    claim: claimer(database),

    /** Says that the executor is still there, and hears whether it still is the executor, and whether it shall stop. */
    async renew({ id, fence }: RunRow, leaseMs: number): Promise<Lease> {
      const renewed = await write((tx) =>
        tx
          .updateTable("runs")
          .set((eb) => ({ lease_until_ms: eb(clockMs, "+", leaseMs) }))
          .where("id", "=", id)
          .where("fence", "=", fence)
          .where("status", "=", "running")
          .returning("cancel_requested")
          .executeTakeFirst(),
      );
      if (!renewed) return "lost";
      return renewed.cancel_requested === 1 ? "cancelled" : "held";
    },

    /** Lets go of a run, so that the next executor need not wait until the lease has run out. */
    async release({ id, fence }: RunRow): Promise<void> {
      await write((tx) =>
        tx
          .updateTable("runs")
          .set({ lease_until_ms: 0 })
          .where("id", "=", id)
          .where("fence", "=", fence)
          .where("status", "=", "running")
          .execute(),
      );
    },

    ...runEntries(database),
    ...runCancelling(write),
  };
}

/** Takes up the runs whose executor has gone. Where only one server can be, every other executor has. */
function claimer({ write, clockMs, exclusive }: Database) {
  return (owner: string, leaseMs: number): Promise<RunRow[]> =>
    write((tx) => {
      const running = tx.selectFrom("runs").select("id").where("status", "=", "running");
      // What somebody writes to just now is not waited for: it is claimed the next time, if it is still free.
      const free = exclusive
        ? running.where("lease_owner", "!=", owner)
        : running.where("lease_until_ms", "<", clockMs).forUpdate().skipLocked();
      return tx
        .updateTable("runs")
        .set((eb) => ({
          lease_owner: owner,
          lease_until_ms: eb(clockMs, "+", leaseMs),
          fence: eb("fence", "+", 1),
        }))
        .where("id", "in", free)
        .returningAll()
        .execute();
    });
}

function runCancelling(write: Write) {
  return {
    /** Asks whoever executes the run to end it, and what then becomes of it; false if it has ended. */
    async requestCancel(id: string, on_failure?: RunRow["on_failure"]): Promise<boolean> {
      const { numUpdatedRows } = await write((tx) =>
        tx
          .updateTable("runs")
          .set({ cancel_requested: 1, ...(on_failure && { on_failure }) })
          .where("id", "=", id)
          .where("status", "=", "running")
          .executeTakeFirstOrThrow(),
      );
      return numUpdatedRows > 0n;
    },
  };
}

/** What its executor writes of a run; all of it fenced. */
function runEntries(database: Database) {
  const { write, clockMs } = database;
  const recordRun = runRecorder(database);
  return {
    record: (run: RunRow, record: RunRecord) =>
      write(async (tx) => {
        await holdFence(tx, run);
        await recordRun(tx, run, record);
      }),

    /** From here on the run is taken back, by whoever executes it. */
    takeBack: (run: RunRow, why: TakingBack, record: RunRecord) =>
      write(async (tx) => {
        await holdFence(tx, run);
        await recordRun(tx, run, record);
        await tx
          .updateTable("runs")
          .set({ taking_back: toJsonText(why) })
          .where("id", "=", run.id)
          .execute();
      }),

    /** Ends a run, with the last that is to be told of it. */
    finish: (run: RunRow, ending: Ending, record: RunRecord = {}) =>
      write(async (tx) => {
        await holdFence(tx, run);
        await recordRun(tx, run, record);
        await finishRun(tx, run, ending, clockMs);
      }),
  };
}

/** Locks the run for this transaction if it is still this executor's, and refuses the work if not. */
async function holdFence(tx: Transaction<Tables>, { id, fence }: RunRow): Promise<void> {
  const { numUpdatedRows } = await tx
    .updateTable("runs")
    .set({ fence })
    .where("id", "=", id)
    .where("fence", "=", fence)
    .where("status", "=", "running")
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) throw new LeaseLost(`Run ${id} is executed by somebody else`);
}
