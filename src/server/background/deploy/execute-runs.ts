import type { RunRow } from "../../storage/tables.ts";
import type { Tasks } from "../tasks.ts";
import type { DeployNeeds, Task } from "./deploy-needs.ts";
import { deployRun } from "./deploy-run.ts";

interface ExecuteNeeds extends DeployNeeds {
  tasks: Tasks;
  /** Names this process among all that may share the database. */
  owner: string;
  /** Told of each run that this process has executed, however it went. */
  ended(run: RunRow): void;
}

/** How often abandoned runs are looked for. With the lease's own length it says when a run goes on after a crash. */
const sweepMs = 5_000;

/** Executes runs: those started here, and those whose executor is gone. */
export function createExecutor(needs: ExecuteNeeds) {
  const { tasks, runs, owner, timing, report, ended } = needs;
  const cancelling = new Map<string, AbortController>();
  let sweep: NodeJS.Timeout | undefined;

  function start(task: Task): void {
    const { id } = task.run;
    const cancel = new AbortController();
    cancelling.set(id, cancel);
    tasks.start(async (signal) => {
      try {
        await deployRun(needs, task, signal, cancel);
      } finally {
        cancelling.delete(id);
        ended(task.run);
      }
    });
  }

  async function takeUp(): Promise<void> {
    for (const run of await runs.claim(owner, timing.leaseMs)) start({ run });
  }

  return {
    start,

    /** Ends a run that is executed here at once. One that is executed elsewhere hears of it with its lease. */
    cancel: (run_id: string): void => cancelling.get(run_id)?.abort(),

    /** Takes up what was left, now and from now on. */
    async begin(): Promise<void> {
      await takeUp();
      sweep = setInterval(() => void takeUp().catch(report), sweepMs);
      sweep.unref();
    },

    stop: () => clearInterval(sweep),
  };
}
