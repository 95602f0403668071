import { at, type JsonMap, list, map, type Obj, text } from "../objects.ts";
import { amountOf, requestOf } from "../quantities.ts";
import type { System } from "../system.ts";
import { isFinished } from "./pods.ts";

/** Whether a node is one that a pod spec asks for. */
export function suits(node: Obj, podSpec: unknown): boolean {
  const { labels = {} } = node.metadata;
  const wanted = Object.entries(map(at(podSpec, "nodeSelector")));
  if (!wanted.every(([key, value]) => labels[key] === value)) return false;
  const terms = list(
    at(
      podSpec,
      "affinity",
      "nodeAffinity",
      "requiredDuringSchedulingIgnoredDuringExecution",
      "nodeSelectorTerms",
    ),
  );
  return (
    terms.length === 0 ||
    terms.some((term) => list(term.matchExpressions).every((each) => matches(labels, each)))
  );
}

function matches(labels: Record<string, string>, { key, operator, values }: JsonMap): boolean {
  const value = labels[text(key)];
  const isAmong = value !== undefined && Array.isArray(values) && values.includes(value);
  switch (operator) {
    case "In":
      return isAmong;
    case "NotIn":
      return !isAmong;
    case "Exists":
      return value !== undefined;
    case "DoesNotExist":
      return value === undefined;
    default:
      return true;
  }
}

/** What of a node nobody has asked for yet. */
export function freeOn(system: System, node: Obj, resource: string): number {
  const used = system
    .list("Pod")
    .filter((pod) => pod.spec?.nodeName === node.metadata.name && !isFinished(pod))
    .reduce((sum, pod) => sum + requestOf(pod.spec, resource), 0);
  return amountOf(map(node.status?.allocatable)[resource]) - used;
}

/** The resources that a node has too little of for a pod. */
export function lacking(system: System, node: Obj, podSpec: unknown): string[] {
  return ["cpu", "memory"].filter((resource) => {
    const asked = requestOf(podSpec, resource);
    return asked > 0 && asked > freeOn(system, node, resource);
  });
}
