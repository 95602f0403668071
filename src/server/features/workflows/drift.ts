import type { Drift } from "../../../contract/drift.ts";
import type { User } from "../../../contract/user.ts";
import type { Workflow } from "../../../contract/workflows.ts";
import { fromJsonText } from "../../../core/json-text.ts";
import { invalid, notFound } from "../../../core/problem.ts";
import { findDrift } from "../../background/deploy/find-drift.ts";
import type { ClusterStore } from "../../storage/clusters.ts";
import type { RunStore } from "../../storage/runs.ts";
import type { AimNeeds } from "./aim.ts";

interface DriftNeeds extends Pick<AimNeeds, "workflows" | "inventory" | "connect" | "valueHash" | "now"> {
  clusters: Pick<ClusterStore, "findOwnedById">;
  runs: Pick<RunStore, "deployOf" | "sourceOf">;
}

/** A cluster that has not said by then how everything is, is told of as not reached. */
const longestMs = 20_000;

/** Compares what was deployed last, whatever has been drawn since, with what is in the cluster now. */
export async function driftOfWorkflow(needs: DriftNeeds, user: User, workflow_id: string): Promise<Drift> {
  const { workflows, runs, clusters, inventory, connect, valueHash } = needs;
  const text = await workflows.findOwned(workflow_id, user.id);
  if (!text) throw notFound("Workflow");
  const { deployed_version: version } = fromJsonText<Workflow>(text);
  const run = version === undefined ? undefined : await runs.deployOf(workflow_id, version);
  if (version === undefined || !run) throw invalid("This workflow is not deployed");
  const row = await clusters.findOwnedById(run.cluster_id, user.id);
  if (!row) throw notFound("Cluster");

  const { design } = await runs.sourceOf({ workflow_id, version });
  const rows = await inventory.of(workflow_id, row.id);
  const { namespace } = run;
  const deployed = { workflow_id, design, namespace, values: {}, inventory: rows, valueHash };
  const checked_at = needs.now().toISOString();
  const nodes = await findDrift(connect(row), deployed, AbortSignal.timeout(longestMs));
  return { version, checked_at, cluster: row.name, nodes };
}
