import type { NodeStatus } from "../../contract/health.ts";
import type { WorkflowHealth } from "../../contract/workflows.ts";

type Word = WorkflowHealth["word"];

const words: Partial<Record<NodeStatus["state"], Word>> = {
  ...{ error: "failing", failed: "failing", Lost: "failing", missing: "failing" },
  ...{ partial: "degraded", limited: "degraded" },
  ...{ pending: "progressing", Pending: "progressing", running: "progressing", scaling: "progressing" },
  unknown: "unknown",
};

const worstFirst = ["failing", "degraded", "progressing", "unknown", "healthy"] as const;

/** How a workflow is by how its nodes are: as the worst of them. Nothing is said where nothing is known. */
export function workflowHealth(statuses: readonly NodeStatus[]): WorkflowHealth | undefined {
  if (statuses.length === 0) return undefined;
  const counts = { healthy: 0, progressing: 0, degraded: 0, failing: 0, unknown: 0 };
  for (const { state } of statuses) counts[words[state] ?? "healthy"] += 1;
  return { word: worstFirst.find((word) => counts[word] > 0) ?? "unknown", counts };
}
