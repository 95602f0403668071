import { at, list, map } from "./objects.ts";

const suffixes: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 1024,
  Mi: 1024 ** 2,
  Gi: 1024 ** 3,
  Ti: 1024 ** 4,
  Pi: 1024 ** 5,
  Ei: 1024 ** 6,
};

/** A quantity as a number. */
export function amountOf(quantity: unknown): number {
  const [, digits = "0", suffix = ""] =
    /^([+-]?[\d.]+(?:[eE][+-]?\d+)?)([a-zA-Z]*)$/.exec(String(quantity ?? "0")) ?? [];
  return Number(digits) * (suffixes[suffix] ?? 1);
}

/** The sum of what a pod's containers ask for. */
export function requestOf(podSpec: unknown, resource: string): number {
  return list(map(podSpec).containers).reduce(
    (sum, container) => sum + amountOf(at(container, "resources", "requests", resource)),
    0,
  );
}
