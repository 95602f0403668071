import type { Tasks } from "../tasks.ts";
import { type DeployNeeds, deployRun, type Task } from "./deploy-run.ts";

interface ExecuteNeeds extends DeployNeeds {
  tasks: Tasks;
  /** Names this process among all that may share the database. */
  owner: string;
}

/** How often abandoned runs are looked for. With the lease's own length it says when a run goes on after a crash. */
const sweepMs = 5_000;

/** Executes runs: those started here, and those whose executor is gone. */
export function createExecutor(needs: ExecuteNeeds) {
  const { tasks, runs, owner, timing, report } = needs;
  let sweep: NodeJS.Timeout | undefined;

  function start(task: Task): void {
    tasks.start((signal) => deployRun(needs, task, signal));
  }

  async function takeUp(): Promise<void> {
    for (const run of await runs.claim(owner, timing.leaseMs)) start({ run });
  }

  return {
    start,

    /** Takes up what was left, now and from now on. */
    async begin(): Promise<void> {
      await takeUp();
      sweep = setInterval(() => void takeUp().catch(report), sweepMs);
      sweep.unref();
    },

    stop: () => clearInterval(sweep),
  };
}
