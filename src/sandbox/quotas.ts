import { map, type Obj, text } from "./objects.ts";
import { amountOf, requestOf } from "./quantities.ts";
import type { Resource } from "./resources.ts";
import { forbidden } from "./status.ts";
import type { Store } from "./store.ts";

export interface Quotas {
  check(resource: Resource, object: Obj): void;
}

/** Refuses what would go beyond a namespace's ResourceQuota. */
export function createQuotas(store: Store): Quotas {
  return {
    check(resource, object) {
      const quotas = store.resourceOf("v1", "ResourceQuota");
      if (!quotas || !object.metadata.namespace) return;
      for (const quota of store.all(quotas, object.metadata.namespace))
        checkOne(store, quota, resource, object);
    },
  };
}

function checkOne(store: Store, quota: Obj, resource: Resource, object: Obj): void {
  const over = Object.entries(map(quota.spec?.hard)).flatMap(([name, hard]) => {
    const wanted = wantedBy(name, resource, object);
    const used = wanted > 0 ? usedOf(store, name, object.metadata.namespace ?? "") : 0;
    return wanted > 0 && used + wanted > amountOf(hard)
      ? [{ name, wanted, used, hard: text(hard, String(hard)) }]
      : [];
  });
  if (over.length === 0) return;
  const told = (field: "wanted" | "used" | "hard") =>
    over.map((each) => `${each.name}=${each[field]}`).join(",");
  throw forbidden(
    resource,
    object.metadata.name,
    `exceeded quota: ${quota.metadata.name}, requested: ${told("wanted")}, used: ${told("used")}, limited: ${told("hard")}`,
  );
}

/** `count/deployments.apps`, `pods`: kinds that are counted. */
const countedOf = (name: string): string =>
  name.startsWith("count/") ? (name.slice(6).split(".")[0] ?? "") : name;

function wantedBy(name: string, resource: Resource, { spec }: Obj): number {
  if (countedOf(name) === resource.plural) return 1;
  return resource.kind === "Pod" ? amountAsked(name, spec) : 0;
}

function amountAsked(name: string, podSpec: unknown): number {
  return requestOf(podSpec, name.replace(/^requests\./, ""));
}

/** How much of what a quota limits is used in a namespace. */
export function usedOf(store: Store, name: string, namespace: string): number {
  const resource = store.resources.find(({ plural }) => plural === countedOf(name));
  if (resource && resource.kind !== "Pod") return store.all(resource, namespace).length;
  const pods = store.resourceOf("v1", "Pod");
  const live = pods ? store.all(pods, namespace).filter(({ status }) => !isOver(status?.phase)) : [];
  return resource ? live.length : live.reduce((sum, pod) => sum + amountAsked(name, pod.spec), 0);
}

const isOver = (phase: unknown) => phase === "Succeeded" || phase === "Failed";
