import { kindTitle } from "../catalog/titles.ts";
import { type Relation, relationOf, runsFrom } from "./relations.ts";
import { scalableKinds, servingKinds, workloadKinds } from "./workloads.ts";

/** A way around where two kinds have no relation: a node between them, or an order of starting. */
export type Way = { between: string } | { order: true };

export type Fit =
  /** `source` says at which of the two an edge begins, so that all edges of a relation run one way. */
  { relation: Relation; source: "first" | "second" } | { why: string; ways: readonly Way[] };

/** What an edge from one kind to another would mean, or why there is none and what would work. */
export function fitOf(first: string, second: string): Fit {
  const relation = relationOf(first, second);
  if (relation) return { relation, source: runsFrom(first, second) ? "first" : "second" };
  return misfit(first, second);
}

function misfit(first: string, second: string): Fit {
  const { why, between } = reasonFor(first, second) ?? reasonFor(second, first) ?? unrelated(first, second);
  const isReachable = [first, second].every((kind) => workloadKinds.has(kind) || !readable.has(kind));
  return {
    why,
    ways: [...(between ? [{ between }] : []), ...(isReachable ? [{ order: true as const }] : [])],
  };
}

interface Reason {
  why: string;
  between?: string;
}

const reasons: Readonly<Record<string, (other: string) => Reason | undefined>> = {
  object: () => ({ why: "An object written as YAML is connected by what it names, not by an edge." }),
  ingress: ofIngress,
  service: ofService,
  hpa: ofAutoscaler,
  networkpolicy: () => ({ why: "A NetworkPolicy applies to Deployments, StatefulSets and DaemonSets." }),
  configmap: () => ({
    why: "A ConfigMap is read by workloads: a Deployment, StatefulSet, DaemonSet or Job.",
  }),
  secret: () => ({ why: "A Secret is read by workloads: a Deployment, StatefulSet, DaemonSet or Job." }),
  persistentvolumeclaim: () => ({ why: "A claim is mounted by workloads that keep files." }),
};

const readable: ReadonlySet<string> = new Set([
  "configmap",
  "secret",
  "persistentvolumeclaim",
  "ingress",
  "hpa",
]);

function reasonFor(kind: string, other: string): Reason | undefined {
  return reasons[kind]?.(other);
}

function ofIngress(other: string): Reason {
  if (servingKinds.has(other))
    return { why: "An Ingress sends traffic to a Service, not to pods.", between: "service" };
  if (other === "secret")
    return { why: "An Ingress reads a Secret for TLS by name: choose it in the Ingress." };
  return { why: "An Ingress sends traffic to a Service." };
}

function ofService(other: string): Reason | undefined {
  if (other === "job" || other === "cronjob")
    return { why: `A Service sends traffic to pods that stay, and those of a ${titleOf(other)} end.` };
  if (other === "service") return { why: "A Service sends traffic to a workload, not to another Service." };
  return undefined;
}

function ofAutoscaler(other: string): Reason {
  if (other === "daemonset")
    return { why: "A DaemonSet runs one pod on each machine: there is nothing to scale." };
  if (workloadKinds.has(other) && !scalableKinds.has(other))
    return { why: `A ${titleOf(other)} runs until it is done: there is nothing to scale.` };
  return { why: "An autoscaler sets how many pods a Deployment or StatefulSet has." };
}

function unrelated(first: string, second: string): Reason {
  return { why: `Nothing is known that joins ${titleOf(first)} and ${titleOf(second)}.` };
}

function titleOf(kind: string): string {
  return kindTitle(kind) ?? kind;
}

interface Ends {
  source: string;
  target: string;
  type?: string | undefined;
}

/** The way by which one node already comes before another, both ends included; nothing where it does not. */
export function chainBetween(edges: Iterable<Ends>, from: string, to: string): string[] | undefined {
  const after = Map.groupBy(edges, ({ source }) => source);
  const cameFrom = new Map([[from, from]]);
  const waiting = [from];
  for (let at = waiting.shift(); at !== undefined; at = waiting.shift()) {
    if (at === to) return wayBack(cameFrom, from, to);
    for (const { target } of after.get(at) ?? []) {
      if (cameFrom.has(target)) continue;
      cameFrom.set(target, at);
      waiting.push(target);
    }
  }
  return undefined;
}

function wayBack(cameFrom: ReadonlyMap<string, string>, from: string, to: string): string[] {
  const way = [to];
  for (let at = to; at !== from; ) {
    at = cameFrom.get(at) ?? from;
    way.unshift(at);
  }
  return way;
}
