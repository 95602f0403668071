import { list, map, number, type Obj, text } from "../objects.ts";
import { usedOf } from "../quotas.ts";
import { resourcesOfDefinition } from "../resources.ts";
import type { Store } from "../store.ts";
import { type System, withCondition } from "../system.ts";
import { isEnding, isReady } from "./pods.ts";

/** A quota tells what is used of it. */
export function reconcileQuota(system: System, quota: Obj, store: Store): void {
  const hard = map(quota.spec?.hard);
  const { namespace = "" } = quota.metadata;
  const used = Object.fromEntries(
    Object.keys(hard).map((name) => [name, String(usedOf(store, name, namespace))]),
  );
  system.change(
    quota,
    (draft) => {
      draft.status = { hard, used };
    },
    "status",
  );
}

/** How many pods of a budget are there, and how many of them could be spared. */
export function reconcileBudget(system: System, budget: Obj): void {
  const { spec = {}, metadata } = budget;
  const wanted = Object.entries(map(map(spec.selector).matchLabels));
  const pods = system
    .list("Pod", metadata.namespace)
    .filter((pod) => !isEnding(pod) && wanted.every(([key, value]) => pod.metadata.labels?.[key] === value));
  const [expected, healthy] = [pods.length, pods.filter(isReady).length];
  const desired =
    spec.minAvailable === undefined
      ? expected - share(spec.maxUnavailable, expected)
      : share(spec.minAvailable, expected);
  system.change(
    budget,
    (draft) => {
      draft.status = {
        observedGeneration: metadata.generation ?? 1,
        currentHealthy: healthy,
        desiredHealthy: Math.max(0, desired),
        disruptionsAllowed: Math.max(0, healthy - desired),
        expectedPods: expected,
      };
    },
    "status",
  );
}

function share(given: unknown, of: number): number {
  return text(given).endsWith("%")
    ? Math.ceil((Number.parseFloat(text(given)) * of) / 100)
    : number(given, 1);
}

/** A definition makes its kind served. */
export function reconcileDefinition(system: System, definition: Obj, store: Store): void {
  for (const resource of resourcesOfDefinition(definition.spec ?? {})) {
    const isServed = store.resources.some(
      ({ group, version, kind }) =>
        group === resource.group && version === resource.version && kind === resource.kind,
    );
    if (!isServed) store.resources.push(resource);
  }
  system.change(
    definition,
    (draft) => {
      const accepted = withCondition(
        list(draft.status?.conditions),
        "NamesAccepted",
        "True",
        "NoConflicts",
        "no conflicts found",
      );
      draft.status = {
        ...draft.status,
        acceptedNames: map(definition.spec?.names),
        conditions: withCondition(
          accepted,
          "Established",
          "True",
          "InitialNamesAccepted",
          "the initial names have been accepted",
        ),
        storedVersions: list(definition.spec?.versions).map(({ name }) => text(name)),
      };
    },
    "status",
  );
}

/** With its definition a kind goes, and everything of that kind. */
export function withdrawDefinition(definition: Obj, store: Store): void {
  for (const { group, version, kind } of resourcesOfDefinition(definition.spec ?? {})) {
    const index = store.resources.findIndex(
      (each) => each.group === group && each.version === version && each.kind === kind,
    );
    const resource = store.resources[index];
    if (!resource) continue;
    for (const object of store.all(resource)) store.remove(resource, object);
    store.resources.splice(index, 1);
  }
}
