import { scalableKinds, servingKinds, workloadKinds } from "./workloads.ts";

/** What an edge between two kinds means, whichever way it is drawn. */
export type Relation = "routes" | "serves" | "configures" | "mounts" | "scales" | "guards" | "precedes";

/** The meaning of an edge by the kinds at its ends; nothing where the two have nothing to do with each other. */
export function relationOf(a: string, b: string, edgeType?: string): Relation | undefined {
  if (edgeType === "dependency") return "precedes";
  return meaning(a, b) ?? meaning(b, a) ?? (areWorkloads(a, b) ? "precedes" : undefined);
}

/** Whether an edge between two kinds begins at the first: what points, reads or scales comes before whom it is about. */
export function runsFrom(first: string, second: string): boolean {
  return meaning(first, second) !== undefined || meaning(second, first) === undefined;
}

function meaning(from: string, to: string): Relation | undefined {
  if (from === "ingress" && to === "service") return "routes";
  if (from === "service" && servingKinds.has(to)) return "serves";
  if ((from === "configmap" || from === "secret") && workloadKinds.has(to)) return "configures";
  if (from === "persistentvolumeclaim" && workloadKinds.has(to)) return "mounts";
  if (from === "hpa" && scalableKinds.has(to)) return "scales";
  if (from === "networkpolicy" && servingKinds.has(to)) return "guards";
  return undefined;
}

function areWorkloads(a: string, b: string): boolean {
  return workloadKinds.has(a) && workloadKinds.has(b);
}

/** The kinds a node takes its namespace from where it names none. */
export const namespaceGivers: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ["service", servingKinds],
  ["ingress", new Set(["service"])],
  ["hpa", new Set(scalableKinds.keys())],
  ["networkpolicy", servingKinds],
]);
