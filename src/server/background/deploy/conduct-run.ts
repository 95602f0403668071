import type { RunResult } from "../../../contract/runs.ts";
import { fromJsonText, toJsonText } from "../../../core/json-text.ts";
import { sayTakingBack } from "../../../core/plan/log-words.ts";
import { Problem } from "../../../core/problem.ts";
import type { Cluster } from "../../cluster/connection.ts";
import type { Ending } from "../../storage/run-types.ts";
import type { InventoryRow, PreimageRow, RunRow, TakingBack } from "../../storage/tables.ts";
import { createWaves } from "./apply-waves.ts";
import type { Conducting } from "./deploy-needs.ts";
import { aimOf, judge, refuse } from "./judge-plan.ts";
import { keepDoomed } from "./keep-doomed.ts";
import { makeNamespaces, namespacesOf } from "./namespaces.ts";
import { planRun } from "./plan-run.ts";
import type { Planned } from "./planning.ts";
import { prune } from "./prune.ts";
import { accessGone } from "./run-access.ts";
import { outcomeOf, takeBack } from "./take-back.ts";
import { seeingAll } from "./unfollowed.ts";
import { type Walked, walkGraph } from "./walk-graph.ts";

export type Result = Omit<Ending, "completed_at">;

/** How long taking back may take, whatever time the run itself had. */
const takeBackMs = 300_000;

/** Every way a run can end, as a value. What went wrong after something was written is taken back, if that is wanted. */
export async function conductRun(needs: Conducting): Promise<Result> {
  const { run } = needs;
  if (run.taking_back) return back(needs, fromJsonText(run.taking_back));
  const forward = await attempt(needs);
  // Whoever leaves the run to another does not judge it.
  if (needs.holding.aborted || forward.status === "completed") return forward;
  await needs.journal.recorder.lastLook(forward.status);
  const written = await needs.runs.preimagesOf(run.id);
  if (forward.outcome === "partial") return { ...forward, result: toJsonText(asWritten(written)) };
  if (written.length === 0)
    return { ...forward, outcome: forward.status === "cancelled" ? "cancelled" : null };
  const why: TakingBack = {
    status: forward.status === "cancelled" ? "cancelled" : "failed",
    error: forward.error ?? "",
  };
  if (await keepsOnFailure(needs))
    return { ...forward, outcome: "partial", result: toJsonText(asWritten(written)) };
  needs.journal.log(sayTakingBack(lowerFirst(why.error)));
  await needs.journal.takeBack(why);
  return back(needs, why);
}

/** Whoever cancels a run may say otherwise than who started it. */
async function keepsOnFailure({ run, runs }: Conducting): Promise<boolean> {
  const { on_failure } = (await runs.find(run.workflow_id, run.id)) ?? run;
  return on_failure === "keep";
}

async function attempt(needs: Conducting): Promise<Result> {
  try {
    return await goForward(needs);
  } catch (error) {
    const isLate = needs.timeout.aborted;
    if (needs.cancelling.aborted && !isLate) return ending("cancelled", "Cancelled");
    if (needs.revoked.aborted) return ending("failed", accessGone);
    if (!isLate && !needs.signal.aborted && !(error instanceof Problem)) needs.report(error);
    if (isLate) return ending("failed", `Not finished within ${needs.run.timeout_seconds} seconds`);
    if (!(error instanceof Problem)) return ending("failed", "Something went wrong on the server");
    return ending("failed", [error.message, ...error.details.map(({ message }) => message)].join("; "));
  }
}

function ending(status: RunRow["status"], error: string, more: Partial<Result> = {}): Result {
  const none = { outcome: null, warnings: toJsonText<string[]>([]), result: null };
  return { ...none, status, error: error.slice(0, 4_000), ...more };
}

async function goForward(needs: Conducting): Promise<Result> {
  const { run, runs, journal, signal, timing } = needs;
  const verb = run.intent === "undeploy" ? "Taking away" : "Deploying";
  journal.log(
    `${verb} version ${run.version} ${run.intent === "undeploy" ? "from" : "to"} ${run.cluster_name}`,
  );
  const { cluster, view } = journal.recorder.over(await needs.connectionOf(run));
  const asking = { signal, underWay: needs.holding, patienceMs: timing.patienceMs };
  const includeAll = (names: string[]) =>
    Promise.all(names.map((namespace) => view.include(namespace, signal)));
  let including: Promise<unknown> = Promise.resolve();
  // While the cluster checks, what is there is listed; where that fails, it is done again when it is needed.
  const foreseen = (names: string[]) => {
    including = includeAll(names).catch(() => undefined);
  };

  const written = await runs.preimagesOf(run.id);
  const planned = needs.planned ?? (await planNow(needs, cluster, foreseen));
  refuse(planned);
  if (written.length === 0) judge(run, planned);
  if (!run.plan) journal.plan(planned.plan);
  const { nodes, warnings } = planned.prepared;
  journal.began(nodes.length);
  for (const { message, node_id = null } of warnings) journal.log(`Warning: ${message}`, node_id, "warning");

  await makeNamespaces({ cluster, run, journal, ...asking }, planned.checks.missingNamespaces);
  await including;
  await includeAll(namespacesOf(nodes));
  const { checked } = planned.checks;
  const { valueHash } = needs;
  const seal = (object_key: string, text: string) => needs.sealState(run, object_key, text);
  const waves = {
    cluster,
    run,
    checked,
    journal,
    known: planned.known,
    valueHash,
    seal,
    written: written.length,
  };
  const walked = await walkGraph(
    {
      ...{ view: seeingAll(view, cluster, signal), journal, workflow_id: run.workflow_id, signal },
      ...{ tickMs: timing.tickMs, ...createWaves({ ...waves, ...asking }) },
    },
    nodes,
  );
  if (walked.bug) needs.report(walked.bug);
  if (walked.failed) return failure(walked, walked.failed);
  const keep = keepDoomed(needs);
  return finish(walked, await prune({ cluster, journal, keep, ...asking }, planned.removals, planned.gone));
}

async function planNow(
  needs: Conducting,
  cluster: Cluster,
  foreseen: (names: string[]) => void,
): Promise<Planned> {
  const { signal, timing } = needs;
  return planRun(
    { ...needs, cluster, foreseen, signal, patienceMs: timing.patienceMs },
    await aimOf(needs),
    needs.prepared,
  );
}

function failure({ nodes }: Walked, failed: NonNullable<Walked["failed"]>): Result {
  const because = failed.reason ? `${failed.reason}: ${failed.message}` : failed.message;
  return ending("failed", `“${failed.node.name}” failed: ${because}`, { warnings: warningsOf(nodes) });
}

function finish({ nodes }: Walked, undeleted: readonly string[]): Result {
  const warnings = warningsOf(nodes);
  if (undeleted.length > 0) return ending("failed", undeleted.join("; "), { outcome: "partial", warnings });
  return { status: "completed", outcome: "succeeded", error: null, warnings, result: null };
}

function warningsOf(nodes: Walked["nodes"]) {
  return toJsonText(nodes.flatMap(({ warning }) => warning ?? []));
}

function asWritten(written: readonly PreimageRow[]): RunResult {
  return written.map(({ object_key: key, node_id }) => ({ key, node_id, state: "new" as const }));
}

/** Goes on until all is back, with another executor after a crash. */
async function back(needs: Conducting, { status, error }: TakingBack): Promise<Result> {
  const { run, runs, inventory, journal, timing, holding } = needs;
  const signal = AbortSignal.any([holding, AbortSignal.timeout(takeBackMs)]);
  const { cluster } = journal.recorder.over(await needs.connectionOf(run));
  const rows = await inventory.of(run.workflow_id, run.cluster_id);
  const known = new Map(rows.map((row) => [row.object_key, row]));
  const open = (object_key: string, text: string) => needs.openState(run, object_key, text);
  const preimages = await runs.preimagesOf(run.id);
  const asking = { cluster, run, journal, known, open, signal, patienceMs: timing.patienceMs };
  try {
    const namespaces = rows.filter(({ object_key, run_id }) => isNamespace(object_key) && run_id === run.id);
    const result = [...(await takeBack(asking, preimages)), ...namespaces.map(keptNamespace)];
    return ending(status, error, { outcome: outcomeOf(result), result: toJsonText(result) });
  } catch (problem) {
    if (!signal.aborted) needs.report(problem);
    const result = preimages.map(({ object_key: key, node_id }) => ({
      key,
      node_id,
      state: "unknown" as const,
    }));
    return ending(status, `${error}; taking back did not come to an end`, {
      outcome: "unknown",
      result: toJsonText(result),
    });
  }
}

const isNamespace = (object_key: string) => object_key.startsWith("/Namespace/");

function keptNamespace({ object_key: key }: InventoryRow): RunResult[number] {
  return { key, state: "kept", reason: "Namespaces are never deleted by taking back" };
}

function lowerFirst(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}
