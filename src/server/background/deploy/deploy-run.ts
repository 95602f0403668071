import type { TriggerData } from "../../../contract/runs.ts";
import { fromJsonText, toJsonText } from "../../../core/json-text.ts";
import { type Detail, invalid, Problem } from "../../../core/problem.ts";
import type { Cluster } from "../../cluster/connection.ts";
import type { WorkflowEvents } from "../../events/workflow-events.ts";
import type { InventoryStore } from "../../storage/inventory.ts";
import { LeaseLost } from "../../storage/run-leases.ts";
import type { Ending } from "../../storage/run-types.ts";
import type { RunStore } from "../../storage/runs.ts";
import type { InventoryRow, RunRow } from "../../storage/tables.ts";
import type { ClusterView } from "../cluster-view.ts";
import { createWaves } from "./apply-waves.ts";
import { checkObjects } from "./check-objects.ts";
import { type Journal, openJournal } from "./journal.ts";
import { makeNamespaces, namespacesOf } from "./namespaces.ts";
import { type Prepared, prepareRun } from "./prepare-run.ts";
import { seeingAll } from "./unfollowed.ts";
import { lookForUntouched } from "./untouched.ts";
import { type Walked, walkGraph } from "./walk-graph.ts";

export interface DeployNeeds {
  runs: RunStore;
  inventory: InventoryStore;
  connectionOf(run: RunRow): Promise<{ cluster: Cluster; view: ClusterView }>;
  openValues(run: RunRow): string;
  events: WorkflowEvents;
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
}

interface Attempt extends DeployNeeds, Task {
  journal: Journal;
  signal: AbortSignal;
}

/**
 * Makes the cluster match what the run asks for, and says how it went. It compares with what is really there,
 * so a run that a crash interrupted is simply deployed again, by whoever holds its lease.
 */
export async function deployRun(
  needs: DeployNeeds,
  { run, prepared }: Task,
  stopping: AbortSignal,
): Promise<void> {
  const { runs, timing, now } = needs;
  const leaving = new AbortController();
  const timeout = AbortSignal.timeout(Math.max(0, deadlineOf(run) - now().getTime()));
  const signal = AbortSignal.any([stopping, leaving.signal, timeout]);
  const lost = (error: unknown) => {
    if (!(error instanceof LeaseLost)) needs.report(error);
    leaving.abort(error);
  };
  const lease = setInterval(async () => {
    const isHeld = await runs.renew(run, timing.leaseMs).catch(() => true);
    if (!isHeld) lost(new LeaseLost(`Run ${run.id} is executed by somebody else`));
  }, timing.leaseMs / 3);

  const journal = await openJournal(needs, run, lost);
  try {
    const ending = await attempt({ ...needs, run, prepared, journal, signal }, timeout);
    // A server that stops leaves the run as it is: the next one finds it running, and resumes it.
    if (stopping.aborted || leaving.signal.aborted) {
      await journal.close();
      return await runs.release(run);
    }
    journal.log(ending.error ? `The run failed: ${ending.error}` : "Workflow executed successfully");
    await journal.finish({ ...ending, completed_at: now().toISOString() });
  } catch (error) {
    if (!(error instanceof LeaseLost)) throw error;
  } finally {
    clearInterval(lease);
  }
}

function deadlineOf({ started_at, timeout_seconds }: RunRow): number {
  return Date.parse(started_at) + timeout_seconds * 1_000;
}

type Result = Omit<Ending, "completed_at">;

/** Every way a run can end, as a value. */
async function attempt(needs: Attempt, timeout: AbortSignal): Promise<Result> {
  try {
    const walked = await execute(needs);
    if (walked.bug) needs.report(walked.bug);
    return resultOf(walked);
  } catch (error) {
    const isLate = timeout.aborted;
    if (!isLate && !needs.signal.aborted && !(error instanceof Problem)) needs.report(error);
    const sentence = error instanceof Problem ? error.message : "Something went wrong on the server";
    const late = `Not finished within ${needs.run.timeout_seconds} seconds`;
    return failure(isLate ? late : sentence, error instanceof Problem ? error.details : []);
  }
}

async function execute(needs: Attempt): Promise<Walked> {
  const { run, inventory, journal, signal, timing } = needs;
  journal.log(`Deploying version ${run.version} to ${run.cluster_name}`);
  const { cluster, view } = journal.recorder.over(await needs.connectionOf(run));
  const asking = { signal, patienceMs: timing.patienceMs };

  const known = new Map(
    (await inventory.of(run.workflow_id, run.cluster_id)).map((row) => [row.object_key, row]),
  );
  const { nodes, faults, warnings } = needs.prepared ?? (await prepare(needs, cluster, known, asking));
  refuse(faults, "The design cannot be deployed");
  for (const { message, node_id = null } of warnings) journal.log(`Warning: ${message}`, node_id);

  const namespaces = namespacesOf(nodes);
  const includeAll = () => Promise.all(namespaces.map((namespace) => view.include(namespace, signal)));
  // While the cluster checks, what is there is listed; where that fails, it is done again when it is needed.
  const including = includeAll().catch(() => undefined);
  const untouchedOf = lookForUntouched({ cluster, workflow_id: run.workflow_id, known, ...asking });
  const { checked, ...checks } = await checkObjects(cluster, nodes, untouchedOf, asking);
  refuse(checks.faults, "The cluster does not accept the design");
  // Here a plan will be shown and compared, and here the live state will be kept for taking it all back.

  await makeNamespaces({ cluster, run, journal, ...asking }, checks.missingNamespaces);
  await including;
  await includeAll();
  const walked = await walkGraph(
    {
      view: seeingAll(view, cluster, signal),
      journal,
      workflow_id: run.workflow_id,
      signal,
      tickMs: timing.tickMs,
      apply: createWaves({ cluster, run, checked, journal, known, ...asking }),
    },
    nodes,
  );
  await journal.recorder.settled();
  return walked;
}

async function prepare(
  { run, runs, openValues }: Attempt,
  cluster: Cluster,
  known: ReadonlyMap<string, InventoryRow>,
  asking: Parameters<typeof prepareRun>[2],
): Promise<Prepared> {
  const { workflow_id, namespace, sealed_values } = run;
  const values: TriggerData = sealed_values ? fromJsonText(openValues(run) as never) : {};
  const design = await runs.designOf(run);
  return prepareRun(
    cluster,
    { workflow_id, design, namespace, values, inventory: [...known.values()] },
    asking,
  );
}

function refuse(faults: readonly Detail[], sentence: string): void {
  if (faults.length > 0) throw invalid(sentence, faults);
}

function resultOf({ nodes, failed }: Walked): Result {
  const warnings = toJsonText(nodes.flatMap(({ warning }) => warning ?? []));
  if (!failed) return { status: "completed", outcome: "succeeded", error: null, warnings };
  const because = failed.reason ? `${failed.reason}: ${failed.message}` : failed.message;
  const isTouched = nodes.some(({ resources }) => resources.length > 0);
  const outcome = isTouched ? ("partial" as const) : null;
  return { status: "failed", outcome, error: `“${failed.node.name}” failed: ${because}`, warnings };
}

function failure(sentence: string, details: readonly Detail[]): Result {
  const error = [sentence, ...details.map(({ message }) => message)].join("; ").slice(0, 4_000);
  return { status: "failed", outcome: null, error, warnings: toJsonText<string[]>([]) };
}
