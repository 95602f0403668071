import { at, list, map, type Obj, text } from "./objects.ts";
import type { Resource } from "./resources.ts";
import { forbidden } from "./status.ts";
import type { Store } from "./store.ts";

export type Quotas = ReturnType<typeof createQuotas>;

const suffixes: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 1024,
  Mi: 1024 ** 2,
  Gi: 1024 ** 3,
  Ti: 1024 ** 4,
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

/** Refuses what would go beyond a namespace's ResourceQuota. */
export function createQuotas(store: Store) {
  function usedBy(name: string, namespace: string): number {
    const [counted] = name.startsWith("count/") ? [name.slice(6).split(".")[0]] : [name];
    const resource = store.resources.find(({ plural }) => plural === counted);
    if (resource) return store.all(resource, namespace).length;
    const pods = store.resourceOf("v1", "Pod");
    const asked = name.replace(/^requests\./, "");
    const live = pods
      ? store
          .all(pods, namespace)
          .filter(({ status }) => !["Succeeded", "Failed"].includes(text(status?.phase)))
      : [];
    return live.reduce((sum, pod) => sum + requestOf(pod.spec, asked), 0);
  }

  return {
    check(resource: Resource, object: Obj): void {
      const quotas = store.resourceOf("v1", "ResourceQuota");
      const namespace = object.metadata.namespace ?? "";
      for (const quota of quotas ? store.all(quotas, namespace) : [])
        for (const [name, hard] of Object.entries(map(quota.spec?.hard))) {
          const isCount = name === resource.plural || name.startsWith(`count/${resource.plural}`);
          const wanted = isCount
            ? 1
            : resource.kind === "Pod"
              ? requestOf(object.spec, name.replace(/^requests\./, ""))
              : 0;
          const used = wanted > 0 ? usedBy(name, namespace) : 0;
          if (wanted > 0 && used + wanted > amountOf(hard))
            throw forbidden(
              resource,
              object.metadata.name,
              `exceeded quota: ${quota.metadata.name}, requested: ${name}=${wanted}, used: ${name}=${used}, limited: ${name}=${text(hard, String(hard))}`,
            );
        }
    },
  };
}
