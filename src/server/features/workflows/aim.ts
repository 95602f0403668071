import type { Design } from "../../../contract/design.ts";
import type { TriggerData } from "../../../contract/runs.ts";
import type { User } from "../../../contract/user.ts";
import type { Workflow } from "../../../contract/workflows.ts";
import { demandNamespace, demandRole } from "../../../core/access/grant.ts";
import { demandRequest } from "../../../core/access/harmless.ts";
import { fromJsonText } from "../../../core/json-text.ts";
import { invalid, notFound } from "../../../core/problem.ts";
import { designOf } from "../../../core/versions/design-of.ts";
import type { Aim, PlanNeeds } from "../../background/deploy/planning.ts";
import type { Cluster } from "../../cluster/connection.ts";
import type { Granted } from "../../storage/grants.ts";
import type { RunStore } from "../../storage/runs.ts";
import type { ClusterRow } from "../../storage/tables.ts";
import type { WorkflowStore } from "../../storage/workflows.ts";
import { demandWithin } from "./demand-within.ts";
import { type ClusterChoice, resolveCluster } from "./resolve-cluster.ts";

export interface AimNeeds extends ClusterChoice, Pick<PlanNeeds, "inventory" | "valueHash" | "now"> {
  workflows: Pick<WorkflowStore, "findOwned">;
  runs: Pick<RunStore, "versionText">;
  connect(row: ClusterRow): Cluster;
}

/** A plan or run that is wanted, where it is to be done, and what its user may do there. */
export interface Aimed extends Granted {
  aim: Aim;
}

interface Asked {
  cluster?: string;
  namespace?: string;
  version?: number;
  intent?: Aim["intent"];
  delete?: readonly string[];
  values: TriggerData;
}

/** What somebody asks to be planned or run: of which workflow, where, and which drawing of it. */
export async function aimFor(needs: AimNeeds, user: User, workflow_id: string, asked: Asked): Promise<Aimed> {
  const text = await needs.workflows.findOwned(workflow_id, user.id);
  if (!text) throw notFound("Workflow");
  const workflow = fromJsonText<Workflow>(text);
  const granted = await resolveCluster(needs, user, asked.cluster || workflow.cluster_id);
  const { cluster, grant } = granted;
  demandRole(grant, "editor");
  if (asked.namespace !== undefined) demandNamespace(grant, asked.namespace);
  const { version, intent = "deploy" } = asked;
  if (workflow.status === "archived" && intent === "deploy")
    throw invalid("An archived workflow cannot be run");
  const aim = {
    workflow: { id: workflow_id, name: workflow.name, revision: workflow.revision },
    cluster: { id: cluster.id, name: cluster.name },
    namespace: asked.namespace ?? "default",
    design: version === undefined ? designOf(workflow) : await designOfVersion(needs, workflow_id, version),
    version,
    intent,
    deletes: asked.delete ?? [],
    values: asked.values,
  };
  await demandWithin(needs, grant, aim);
  return { aim, ...granted };
}

/** The cluster as far as somebody was given it; nothing else is asked of it on their behalf. */
export function connectWithin({ connect }: Pick<AimNeeds, "connect">, { cluster, grant }: Granted): Cluster {
  const connected = connect(cluster);
  if (grant.namespaces.length === 0) return connected;
  return { ...connected, ...connected.within((request) => demandRequest(grant, request)) };
}

async function designOfVersion({ runs }: AimNeeds, workflow_id: string, version: number): Promise<Design> {
  const design = await runs.versionText(workflow_id, version);
  if (!design) throw notFound("Version");
  return fromJsonText(design);
}
