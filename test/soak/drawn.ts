import type { Client } from "../../src/client/client.ts";
import { api } from "../../src/contract/api.ts";
import type { WorkflowRun } from "../../src/contract/runs.ts";
import type { Workflow } from "../../src/contract/workflows.ts";
import { eventually } from "../support/eventually.ts";
import type { kubernetesClient } from "../support/kubernetes-client.ts";
import type { Ledger } from "./invariants.ts";

/** A workflow, and what its owner was told of it. */
export interface Drawn {
  id: string;
  title: string;
  /** The colour that was answered for last, and those since that were not answered at all. */
  colours: Set<string>;
  latestVersion: number;
  /** How many versions may have been made without our hearing of it. */
  unheard: number;
}

/** A Deployment whose environment says which colour it has, behind a Service. */
export function designOf(title: string, colour: string) {
  const position = { x: 0, y: 0 };
  const web = { name: `web-${title}`, image: "shop:1", port: 80, replicas: 2, env: { COLOUR: colour } };
  return {
    nodes: [
      { id: "web", type: "deployment", position, data: web },
      { id: "door", type: "service", position, data: { name: `door-${title}` } },
    ],
    edges: [{ id: "e", source: "door", target: "web" }],
  };
}

export function colourOf({ nodes }: Pick<Workflow, "nodes">): string {
  const web = nodes.find(({ id }) => id === "web");
  return (web?.data as { env?: { COLOUR?: string } } | undefined)?.env?.COLOUR ?? "";
}

export async function draw(client: Client, title: string): Promise<Drawn> {
  const { id } = await client.call(api.createWorkflow, {
    body: { name: title, ...designOf(title, "first") },
  });
  return { id, title, colours: new Set(["first"]), latestVersion: 0, unheard: 0 };
}

const endMs = 120_000;

/** The latest run of a workflow once it is over; nothing where there was none. */
export async function endedRun(client: Client, id: string): Promise<WorkflowRun | undefined> {
  const { latest } = await eventually(async () => {
    const { runs } = await client.call(api.listRuns, { params: { id }, query: { limit: 1 } });
    return runs[0]?.status === "running" ? undefined : { latest: runs[0] };
  }, endMs);
  return latest;
}

interface JudgeNeeds {
  ledger: Ledger;
  cluster: ReturnType<typeof kubernetesClient>;
}

interface Live {
  spec: { template: { spec: { containers: { env?: { name: string; value?: string }[] }[] } } };
}

/** Nothing stands in its way, so a run has to succeed, and the cluster to show what it was about. */
export async function judgeVerdict(
  { ledger, cluster }: JudgeNeeds,
  { id, title, colours }: Drawn,
  run: WorkflowRun | undefined,
): Promise<void> {
  const { outcome, error } = run ?? {};
  ledger.hold("verdicts", outcome === "succeeded", () => `${id}: ${outcome ?? "no run"}, ${error ?? ""}`);
  const path = `/apis/apps/v1/namespaces/soak/deployments/web-${title}`;
  const live = (await cluster.find(path)) as unknown as Live | undefined;
  const env = live?.spec.template.spec.containers[0]?.env ?? [];
  const colour = env.find(({ name }) => name === "COLOUR")?.value ?? "";
  ledger.hold(
    "verdicts",
    colours.has(colour),
    () => `${id}: ${colour} runs, ${[...colours].join(" or ")} is drawn`,
  );
}
