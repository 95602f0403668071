import type { ClusterMetadata } from "../../../contract/clusters.ts";
import { amountOf } from "../../../core/catalog/amounts.ts";

type Capacity = Pick<ClusterMetadata, "cpuCapacity" | "memoryCapacity">;
type Amounts = Readonly<Record<string, unknown>>;

/** What all nodes have together: processors as a number, memory in bytes with a unit. Empty where nothing is known. */
export function capacityOf(nodes: readonly Amounts[]): Capacity {
  const cpu = millisOf(nodes, "cpu");
  const memory = bytesOf(nodes, "memory");
  return {
    cpuCapacity: cpu > 0 ? String(cpu / 1_000) : "",
    memoryCapacity: memory > 0 ? `${Math.round(memory / 2 ** 20)}Mi` : "",
  };
}

/** Processors in thousandths, rounded up for each as Kubernetes does. */
export function millisOf(amounts: readonly Amounts[], name: string): number {
  return total(amounts, (each) => roundedUp(numberOf(each[name]) * 1_000));
}

export function bytesOf(amounts: readonly Amounts[], name: string): number {
  return total(amounts, (each) => roundedUp(numberOf(each[name])));
}

/** Numbers are not exact: what is a hair above a whole is that. */
function roundedUp(amount: number): number {
  return Math.ceil(amount - 1e-6);
}

function total(amounts: readonly Amounts[], of: (each: Amounts) => number): number {
  return Math.min(
    Number.MAX_SAFE_INTEGER,
    amounts.reduce((sum, each) => sum + of(each), 0),
  );
}

/** What is no quantity, or none of something, counts for nothing: a cluster may say what it likes. */
function numberOf(quantity: unknown): number {
  if (typeof quantity !== "string" && typeof quantity !== "number") return 0;
  const amount = amountOf(quantity) ?? 0;
  return Number.isFinite(amount) && amount > 0 ? amount : 0;
}
