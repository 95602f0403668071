import type { Result } from "../../../contract/operation.ts";
import type { WorkflowHealth, workflowOperations } from "../../../contract/workflows.ts";

export type Summary = Result<(typeof workflowOperations)["listWorkflows"]>["workflows"][number];

/** How a workflow stands, in the word the screen has for it. */
export function stateOf({ status, last_run, deployed_version }: Summary): string {
  if (last_run?.status === "running") return last_run.intent === "undeploy" ? "taking_away" : "deploying";
  if (status === "archived") return "archived";
  if (last_run?.status === "failed") return "attention";
  if (deployed_version !== undefined) return "deployed";
  return status === "published" ? "attention" : status;
}

/** How the nodes are of what is deployed; nothing of what is not, or is not known yet. */
export function healthOf({ status, deployed_version, health }: Summary): WorkflowHealth | undefined {
  return status === "archived" || deployed_version === undefined ? undefined : health;
}

/** How many of a workflow's nodes are as its word says: `2 of 12`; all of them where nothing is amiss. */
export function healthCount({ word, counts }: WorkflowHealth): string {
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return `${counts[word] ?? 0} of ${total}`;
}
