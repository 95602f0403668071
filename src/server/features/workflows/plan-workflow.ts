import type { Plan } from "../../../contract/plan.ts";
import type { PlanRequest, TriggerData } from "../../../contract/runs.ts";
import type { User } from "../../../contract/user.ts";
import { invalid } from "../../../core/problem.ts";
import { planRun } from "../../background/deploy/plan-run.ts";
import { type AimNeeds, aimFor, connectWithin } from "./aim.ts";

/** A cluster that has not said by then what it would do is told of as not reached. */
const longestMs = 20_000;

/** Says what a run would do, by asking the cluster, and writes nothing anywhere. */
export async function planWorkflow(
  needs: AimNeeds,
  user: User,
  workflow_id: string,
  request: PlanRequest,
): Promise<Plan> {
  const aimed = await aimFor(needs, user, workflow_id, { ...request, values: {} });
  const { aim } = aimed;
  const types = new Map(aim.design.nodes.map(({ id, type }) => [id, type]));
  const values = namedValues(request.secrets ?? {}, (id) => types.get(id) === "secret");
  const asking = { signal: AbortSignal.timeout(longestMs), patienceMs: 0 };
  const { plan, faults } = await planRun(
    { ...needs, ...asking, cluster: connectWithin(needs, aimed) },
    { ...aim, values },
  );
  if (faults.length > 0) throw invalid("The workflow has mistakes to correct first", faults);
  return plan;
}

/** Values whose names alone are known. */
function namedValues(names: Record<string, string[]>, isSecret: (node_id: string) => boolean): TriggerData {
  const blank = (keys: string[]) => Object.fromEntries(keys.map((key) => [key, ""]));
  const of = (wanted: boolean) =>
    Object.fromEntries(
      Object.entries(names).flatMap(([id, keys]) => (isSecret(id) === wanted ? [[id, blank(keys)]] : [])),
    );
  return { secrets: of(true), envVars: of(false) };
}
