import { api } from "../../../contract/api.ts";
import type { User } from "../../../contract/user.ts";
import { demandRole, type Standing } from "../../../core/access/grant.ts";
import { fromJsonText } from "../../../core/json-text.ts";
import { conflict, notFound } from "../../../core/problem.ts";
import type { WorkflowEvents } from "../../events/workflow-events.ts";
import type { Mount } from "../../http/mount.ts";
import type { GrantStore } from "../../storage/grants.ts";
import type { RunStore } from "../../storage/runs.ts";
import type { RunRow } from "../../storage/tables.ts";
import type { WorkflowStore } from "../../storage/workflows.ts";
import { setStatus } from "./archive-workflow.ts";
import { driftOfWorkflow } from "./drift.ts";
import { toWorkflowRuns } from "./list-runs.ts";
import { planWorkflow } from "./plan-workflow.ts";
import { toRunRecord } from "./run-record.ts";
import { type RunNeeds, runWorkflow } from "./run-workflow.ts";

interface RunRoutesNeeds extends RunNeeds {
  runs: RunStore;
  workflows: WorkflowStore;
  events: WorkflowEvents;
  grants: GrantStore;
  /** Ends a run at once, where it is executed here. */
  cancel(run_id: string): void;
}

export function runRoutes(mount: Mount, needs: RunRoutesNeeds): void {
  const { workflows, runs, events } = needs;

  async function owned(id: string, owner_id: string) {
    const text = await workflows.findOwned(id, owner_id);
    if (!text) throw notFound("Workflow");
    return fromJsonText(text);
  }

  mount.endpoint(api.runWorkflow, ({ params, body, user }) => runWorkflow(needs, user, params.id, body));

  mount.endpoint(api.planWorkflow, ({ params, body, user }) => planWorkflow(needs, user, params.id, body));

  mount.endpoint(api.getDrift, ({ params, user }) => driftOfWorkflow(needs, user, params.id));

  mount.endpoint(api.setWorkflowStatus, async ({ params, body, user }) => {
    const answer = await setStatus(needs, user, params.id, body);
    events.changed({ workflow_id: params.id, status: answer.status });
    return answer;
  });

  mount.endpoint(api.cancelRun, async ({ params, body, user }) => {
    await owned(params.id, user.id);
    const run = await runs.find(params.id, params.runId);
    if (!run) throw notFound("Run");
    await demandCancel(needs, user, run);
    if (!(await runs.requestCancel(run.id, body.on_failure))) throw conflict("This run has ended already");
    needs.cancel(run.id);
    return { message: "The run is being cancelled", run_id: run.id };
  });

  mount.endpoint(api.listRuns, async ({ params, query, user }) => {
    await owned(params.id, user.id);
    const listed = await runs.list(params.id, query);
    return { runs: toWorkflowRuns(listed), total: listed.total, page: query.page, limit: query.limit };
  });

  mount.endpoint(api.getRun, async ({ params, user }) => {
    const isOwn = await workflows.findOwned(params.id, user.id);
    const recorded = isOwn && (await runs.recordOf(params.id, params.runId));
    if (!recorded) throw notFound("Run");
    return toRunRecord(recorded);
  });

  mount.stream(api.followWorkflow, async ({ params, user }) => {
    await owned(params.id, user.id);
    return {
      grants: await sharedStandings(needs, user, params.id),
      source: events.topic(params.id),
      opening: async () => ({ name: "metadata", data: await owned(params.id, user.id) }),
    };
  });
}

type Sharing = Pick<RunRoutesNeeds, "grants" | "workflows">;

/** Cancelling writes too. Where access has gone, nothing is written any more, and ending the run is all that is left. */
async function demandCancel({ grants }: Sharing, user: User, { cluster_id }: RunRow): Promise<void> {
  const granted = await grants.byId(cluster_id, user.id);
  if (granted) demandRole(granted.grant, "editor");
}

/** The clusters of others that a workflow is deployed to: without access to them there is nothing to follow there. */
async function sharedStandings({ grants, workflows }: Sharing, user: User, id: string): Promise<Standing[]> {
  const standings: Standing[] = [];
  for (const cluster_id of await workflows.deployedTo(id)) {
    const granted = await grants.byId(cluster_id, user.id);
    if (granted && granted.grant.role !== "owner") standings.push({ cluster_id, role: "viewer" });
  }
  return standings;
}
