import { isMap } from "../catalog/text-values.ts";
import { type KubernetesObject, ownLabels } from "../kubernetes-object.ts";

/** What makes an object the one it is, ours, and found by those who look for it. */
export function protectedPlaces(object: KubernetesObject): string[][] {
  const identity = [["apiVersion"], ["kind"], ["metadata", "name"], ["metadata", "namespace"]];
  const templates = [
    ["spec", "template"],
    ["spec", "jobTemplate", "spec", "template"],
  ].filter((place) => valueAt(object, place) !== undefined);
  const holders = [["metadata"], ...templates.map((place) => [...place, "metadata"])];
  const labels = ["app", ...Object.values(ownLabels)];
  return [
    ...identity,
    ...holders.flatMap((holder) => labels.map((label) => [...holder, "labels", label])),
    // Pods are found by the selector, and it cannot be changed later.
    ...(templates.length > 0 ? [["spec", "selector"]] : []),
  ];
}

export function valueAt(whole: unknown, place: readonly string[]): unknown {
  let found = whole;
  for (const key of place) found = isMap(found) && Object.hasOwn(found, key) ? found[key] : undefined;
  return found;
}
