import type { User } from "../../../contract/user.ts";
import type { Workflow } from "../../../contract/workflows.ts";
import { fromJsonText, toJsonText } from "../../../core/json-text.ts";
import { notFound } from "../../../core/problem.ts";
import { movedSince } from "../../background/deploy/judge-plan.ts";
import { planRun } from "../../background/deploy/plan-run.ts";
import type { RunRow } from "../../storage/tables.ts";
import type { WorkflowStore } from "../../storage/workflows.ts";
import { type Aimed, aimFor, connectWithin } from "./aim.ts";
import { placeOf, type RunNeeds } from "./run-workflow.ts";

const timeoutSeconds = 600;
const longestMs = 20_000;

interface StatusNeeds extends RunNeeds {
  workflows: Pick<WorkflowStore, "findOwned" | "edit" | "deployedTo">;
}

interface NextStatus {
  status: Workflow["status"];
  cleanup?: boolean | undefined;
  plan_hash?: string | undefined;
}

/** Changes a workflow's status. Archiving it also takes away what it deployed, unless that is to be left. */
export async function setStatus(
  needs: StatusNeeds,
  user: User,
  id: string,
  { status, cleanup = true, plan_hash }: NextStatus,
) {
  const document = async () => {
    const text = await needs.workflows.findOwned(id, user.id);
    if (!text) throw notFound("Workflow");
    return fromJsonText<Workflow>(text);
  };
  const message = "Workflow status updated successfully";
  const [cluster, ...others] = status === "archived" && cleanup ? await needs.workflows.deployedTo(id) : [];
  if (cluster !== undefined && (await document()).status !== "archived") {
    const run = await archiveWorkflow(needs, user, id, { cluster, plan_hash });
    const warning = others.length > 0 && { warning: "What it deployed to other clusters was left there" };
    return { message, ...warning, run_id: run.id, status, workflow: await document() };
  }
  const fields = { status, updated_at: needs.now().toISOString() };
  if (!(await needs.workflows.edit(id, user.id, { fields, drawing: {} }))) throw notFound("Workflow");
  return { message, status, workflow: await document() };
}

/** Archives a workflow by a run that takes away what it deployed, claims and secrets with values left. */
async function archiveWorkflow(
  needs: RunNeeds,
  user: User,
  workflow_id: string,
  { cluster, plan_hash }: { cluster: string; plan_hash: string | undefined },
): Promise<RunRow> {
  const asked = { cluster, intent: "undeploy" as const, values: {} };
  const aimed = await aimFor(needs, user, workflow_id, asked);
  const { aim } = aimed;
  if (plan_hash !== undefined) await compare(needs, aimed, plan_hash);
  const run = await needs.runs.start(
    {
      ...placeOf(aim, user),
      id: needs.newId(),
      timeout_seconds: timeoutSeconds,
      on_failure: "keep",
      plan_hash: plan_hash ?? null,
      sealed_values: null,
      secret_hashes: {},
      started_at: needs.now().toISOString(),
      lease_owner: needs.owner,
      leaseMs: needs.leaseMs,
    },
    toJsonText(aim.design),
  );
  needs.execute({ run });
  return run;
}

async function compare(needs: RunNeeds, aimed: Aimed, plan_hash: string): Promise<void> {
  const asking = { signal: AbortSignal.timeout(longestMs), patienceMs: 0 };
  const { plan } = await planRun({ ...needs, ...asking, cluster: connectWithin(needs, aimed) }, aimed.aim);
  if (plan.plan_hash !== plan_hash) throw movedSince();
}
