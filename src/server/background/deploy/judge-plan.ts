import type { TriggerData } from "../../../contract/runs.ts";
import { fromJsonText } from "../../../core/json-text.ts";
import { conflict, type Detail, invalid, type Problem } from "../../../core/problem.ts";
import type { RunRow } from "../../storage/tables.ts";
import type { Conducting } from "./deploy-needs.ts";
import type { Aim, Planned } from "./planning.ts";
import { faultsOf } from "./prepare-run.ts";

/** What a run is to do, as it was asked for. */
export async function aimOf({ run, runs, openValues }: Conducting): Promise<Aim> {
  const { design, restored_from, name, revision } = await runs.sourceOf(run);
  const values: TriggerData = run.sealed_values ? fromJsonText(openValues(run) as never) : {};
  return {
    workflow: { id: run.workflow_id, name, revision },
    cluster: { id: run.cluster_id, name: run.cluster_name },
    namespace: run.namespace,
    design,
    version: restored_from ?? undefined,
    intent: run.intent,
    deletes: fromJsonText(run.deletes),
    values,
  };
}

/** All that is wrong comes back together, and nothing has been written. */
export function refuse({ prepared, checks }: Planned): void {
  const faults = faultsOf(prepared);
  if (faults.length > 0) throw invalid("The design cannot be deployed", faults);
  const contested = prepared.nodes.flatMap(({ node_id, objects }) =>
    objects.flatMap((object) =>
      (checks.checked.get(object)?.contested ?? []).map(({ field, manager }): Detail => {
        const what = `${object.kind} “${object.metadata.name}”: ${field} is managed by “${manager}”`;
        const message = `${what}: take it, leave it to them, or never manage it`;
        return { node_id, path: "/ownership", code: "field-owned-by-another", message };
      }),
    ),
  );
  const refusals = [...checks.faults, ...contested];
  if (refusals.length > 0) throw invalid("The cluster does not accept the design", refusals);
}

/** What a run may do that is bound to a plan, and one that is not. */
export function judge(run: RunRow, { plan }: Planned): void {
  if (run.plan_hash !== null) {
    if (run.plan_hash !== plan.plan_hash) throw movedSince();
    return;
  }
  // Archiving says itself what goes.
  if (run.intent === "undeploy" || plan.confirm.level < 2) return;
  throw conflict(needsPlan(plan.counts.delete));
}

export function movedSince(): Problem {
  return conflict("The design or the cluster has changed since this plan was made: make a new one");
}

function needsPlan(count: number): string {
  return `This run would delete ${count} objects: make a plan, look at it, and run with its plan_hash`;
}
