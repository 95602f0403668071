import type { ClusterMetadata } from "../../../contract/clusters.ts";

type Capacity = Pick<ClusterMetadata, "cpuCapacity" | "memoryCapacity">;

/** What all nodes have together: processors as a number, memory in bytes with a unit. Empty where nothing is known. */
export function capacityOf(nodes: readonly Record<string, unknown>[]): Capacity {
  const cpu = nodes.reduce((sum, node) => sum + amountOf(node.cpu), 0);
  const memory = nodes.reduce((sum, node) => sum + amountOf(node.memory), 0);
  return {
    cpuCapacity: cpu > 0 ? String(Math.round(cpu * 1_000) / 1_000) : "",
    memoryCapacity: memory > 0 ? `${Math.round(memory / 2 ** 20)}Mi` : "",
  };
}

const units: ReadonlyMap<string, number> = new Map([
  ["", 1],
  ["m", 1e-3],
  ...["k", "M", "G", "T", "P", "E"].map((unit, power) => [unit, 1e3 ** (power + 1)] as const),
  ...["Ki", "Mi", "Gi", "Ti", "Pi", "Ei"].map((unit, power) => [unit, 2 ** (10 * (power + 1))] as const),
]);

function amountOf(quantity: unknown): number {
  const [, digits = "", unit = ""] = /^(\d{1,18}(?:\.\d{1,9})?)([a-zA-Z]{0,2})$/.exec(String(quantity)) ?? [];
  return Number(digits) * (units.get(unit) ?? 0);
}
