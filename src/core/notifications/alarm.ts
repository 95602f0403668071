import type { NodeStatus } from "../../contract/health.ts";

const bad = new Set<NodeStatus["state"]>(["error", "failed", "missing", "Lost"]);
const good = new Set<NodeStatus["state"]>([
  "healthy",
  "running",
  "completed",
  "active",
  "suspended",
  "scaling",
  "stable",
  "limited",
  "created",
  "Bound",
]);

/** Whether something is wrong for sure, or nothing is; in between nothing is said, or every restart would be news. */
export function alarmOf(statuses: readonly NodeStatus[]): "failing" | "healthy" | undefined {
  if (statuses.some(({ state }) => bad.has(state))) return "failing";
  return statuses.length > 0 && statuses.every(({ state }) => good.has(state)) ? "healthy" : undefined;
}

export function isBad({ state }: NodeStatus): boolean {
  return bad.has(state);
}
