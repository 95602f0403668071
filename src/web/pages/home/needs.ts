import type { Cluster } from "../../../contract/clusters.ts";
import type { WorkflowHealth } from "../../../contract/workflows.ts";
import { healthOf, type Summary } from "../workflows/summary.ts";

export type Need =
  | { sort: "health"; id: string; name: string; health: WorkflowHealth }
  | { sort: "run"; id: string; name: string; word: string }
  | { sort: "cluster"; name: string; why: string };

/** What somebody has to look at, the worst first: what fails, runs that failed, then clusters that do not answer. */
export function needsIn(
  workflows: readonly Summary[],
  clusters: readonly Pick<Cluster, "name" | "status" | "warning">[],
): Need[] {
  const ailing = workflows.flatMap((workflow): Need[] => {
    const { id, name, last_run } = workflow;
    const health = healthOf(workflow);
    const isAiling = health?.word === "failing" || health?.word === "degraded";
    return isAiling && last_run?.status !== "running" ? [{ sort: "health", id, name, health }] : [];
  });
  const runs = workflows
    .filter(({ status, last_run }) => status !== "archived" && last_run?.status === "failed")
    .map(({ id, name, last_run }): Need => ({ sort: "run", id, name, word: last_run?.outcome ?? "failed" }));
  const lost = clusters
    .filter(({ status }) => status === "error" || status === "disconnected")
    .map(({ name, warning }): Need => ({ sort: "cluster", name, why: warning ?? "It does not answer" }));
  return [...ailing, ...runs, ...lost];
}
