import type { KubernetesObject } from "../kubernetes-object.ts";
import { type Health, listOf, plural, ready } from "./health.ts";

export function endpointsHealth(object: KubernetesObject): Health {
  const { subsets } = object as KubernetesObject & { subsets?: unknown };
  const addresses = listOf<{ addresses?: unknown }>(subsets).flatMap((each) => listOf(each.addresses));
  return reachable(addresses.length);
}

export function endpointSliceHealth(object: KubernetesObject): Health {
  const { endpoints } = object as KubernetesObject & { endpoints?: unknown };
  const all = listOf<{ conditions?: { ready?: boolean } }>(endpoints);
  // An endpoint that does not say is ready: so the API has it.
  return reachable(all.filter(({ conditions }) => conditions?.ready !== false).length);
}

function reachable(count: number): Health {
  if (count === 0) return ready("partial", "Nothing is ready behind it");
  return ready("healthy", `${plural(count, "endpoint")} ready`);
}
