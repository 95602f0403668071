import { LeaseLost } from "../../storage/run-leases.ts";
import type { RunRow } from "../../storage/tables.ts";
import { conductRun } from "./conduct-run.ts";
import type { DeployNeeds, Task } from "./deploy-needs.ts";
import { openJournal } from "./journal.ts";

/**
 * Makes the cluster match what the run asks for, and says how it went. It compares with what is really there,
 * so a run that a crash interrupted is simply deployed again, by whoever holds its lease.
 */
export async function deployRun(
  needs: DeployNeeds,
  task: Task,
  stopping: AbortSignal,
  cancelling: AbortController,
): Promise<void> {
  const { run } = task;
  const { runs, timing, now } = needs;
  const leaving = new AbortController();
  const timeout = AbortSignal.timeout(Math.max(0, deadlineOf(run) - now().getTime()));
  const holding = AbortSignal.any([stopping, leaving.signal]);
  const revoking = new AbortController();
  const signal = AbortSignal.any([holding, timeout, cancelling.signal, revoking.signal]);
  const lost = (error: unknown) => {
    if (!(error instanceof LeaseLost)) needs.report(error);
    leaving.abort(error);
  };
  if (run.cancel_requested === 1) cancelling.abort();
  const lease = setInterval(async () => {
    const is = await runs.renew(run, timing.leaseMs).catch(() => "held" as const);
    if (is === "lost") lost(new LeaseLost(`Run ${run.id} is executed by somebody else`));
    if (is === "cancelled") cancelling.abort();
    if (!(await needs.mayGoOn(run).catch(() => true))) revoking.abort();
  }, timing.leaseMs / 3);

  const journal = await openJournal(needs, run, lost);
  const signals = { signal, timeout, cancelling: cancelling.signal, revoked: revoking.signal, holding };
  try {
    const ending = await conductRun({ ...needs, ...task, ...signals, journal });
    // A server that stops leaves the run as it is: the next one finds it running, and resumes it.
    if (holding.aborted) {
      await journal.close();
      return await runs.release(run);
    }
    if (ending.error) journal.log(lastWord(ending.status, ending.error), null, levelOf(ending.status));
    else journal.log("Workflow executed successfully");
    await journal.finish({ ...ending, completed_at: now().toISOString() });
  } catch (error) {
    if (!(error instanceof LeaseLost)) throw error;
  } finally {
    clearInterval(lease);
  }
}

function lastWord(status: RunRow["status"], error: string): string {
  return status === "cancelled" ? "The run was cancelled" : `The run failed: ${error}`;
}

function levelOf(status: RunRow["status"]) {
  return status === "cancelled" ? "warning" : "error";
}

function deadlineOf({ started_at, timeout_seconds }: RunRow): number {
  return Date.parse(started_at) + timeout_seconds * 1_000;
}
