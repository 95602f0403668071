import type { Drift } from "../../../contract/drift.ts";
import type { User } from "../../../contract/user.ts";
import type { Workflow } from "../../../contract/workflows.ts";
import { fromJsonText } from "../../../core/json-text.ts";
import { invalid, notFound } from "../../../core/problem.ts";
import { findDrift } from "../../background/deploy/find-drift.ts";
import type { GrantStore } from "../../storage/grants.ts";
import type { RunStore } from "../../storage/runs.ts";
import { type AimNeeds, connectWithin } from "./aim.ts";
import { demandDeployed } from "./demand-within.ts";

interface DriftNeeds extends Pick<AimNeeds, "workflows" | "inventory" | "connect" | "valueHash" | "now"> {
  grants: Pick<GrantStore, "byId">;
  runs: Pick<RunStore, "deployOf" | "sourceOf">;
}

/** A cluster that has not said by then how everything is, is told of as not reached. */
const longestMs = 20_000;

/** Compares what was deployed last, whatever has been drawn since, with what is in the cluster now. */
export async function driftOfWorkflow(needs: DriftNeeds, user: User, workflow_id: string): Promise<Drift> {
  const { workflows, runs, grants, inventory, valueHash } = needs;
  const text = await workflows.findOwned(workflow_id, user.id);
  if (!text) throw notFound("Workflow");
  const { deployed_version: version } = fromJsonText<Workflow>(text);
  const run = version === undefined ? undefined : await runs.deployOf(workflow_id, version);
  if (version === undefined || !run) throw invalid("This workflow is not deployed");
  const granted = await grants.byId(run.cluster_id, user.id);
  if (!granted) throw notFound("Cluster");
  const { cluster, grant } = granted;
  await demandDeployed(needs, grant, { workflow_id, cluster_id: cluster.id });

  const { design } = await runs.sourceOf({ workflow_id, version });
  const rows = await inventory.of(workflow_id, cluster.id);
  const { namespace } = run;
  const deployed = { workflow_id, design, namespace, values: {}, inventory: rows, valueHash };
  const checked_at = needs.now().toISOString();
  const nodes = await findDrift(connectWithin(needs, granted), deployed, AbortSignal.timeout(longestMs));
  return { version, checked_at, cluster: cluster.name, nodes };
}
