import type { Fault } from "../catalog/fault.ts";
import { pointer } from "../catalog/text-values.ts";
import { type KubernetesObject, ownLabels } from "../kubernetes-object.ts";

type Json = unknown;

const fixed = new Set(["apiVersion", "kind", "status"]);
const fixedMetadata = new Set([
  "name",
  "namespace",
  "generateName",
  "uid",
  "resourceVersion",
  "generation",
  "managedFields",
  "ownerReferences",
  "creationTimestamp",
  "deletionTimestamp",
  "selfLink",
]);
const ours = new Set<string>(Object.values(ownLabels));

/**
 * Merges a node's overlay into its main object, so that nothing of Kubernetes is out of reach: objects deeply,
 * lists of named things by their names, every other list as a whole; `null` takes away.
 */
export function applyOverlay(
  object: KubernetesObject,
  overlay: unknown,
): { object: KubernetesObject; faults: Fault[] } {
  if (overlay === undefined || overlay === null) return { object, faults: [] };
  if (!isObject(overlay)) {
    const message = "The overlay must be an object, a part of what the node becomes";
    return { object, faults: [{ path: "/overlay", code: "wrong-type", message }] };
  }
  const faults = overlayFaults(object, overlay);
  return { object: faults.length > 0 ? object : (merge(object, overlay, 0) as KubernetesObject), faults };
}

function overlayFaults(object: KubernetesObject, overlay: Record<string, Json>): Fault[] {
  const refuse = (...keys: string[]): Fault => ({
    path: pointer("overlay", ...keys),
    code: "overlay-not-allowed",
    message: `An overlay cannot change ${keys.join(".")}`,
  });
  const faults = Object.keys(overlay)
    .filter((key) => fixed.has(key) && overlay[key] !== (object as unknown as Record<string, Json>)[key])
    .map((key) => refuse(key));
  const { metadata, spec } = overlay;
  if (isObject(metadata)) {
    const same = object.metadata as unknown as Record<string, Json>;
    faults.push(
      ...Object.keys(metadata)
        .filter((key) => fixedMetadata.has(key) && metadata[key] !== same[key])
        .map((key) => refuse("metadata", key)),
      ...ownLabelsIn(metadata).map((key) => refuse("metadata", "labels", key)),
    );
  } else if (metadata !== undefined) faults.push(refuse("metadata"));
  const template = isObject(spec) ? spec.template : undefined;
  const podMetadata = isObject(template) ? template.metadata : undefined;
  if (isObject(podMetadata))
    faults.push(
      ...ownLabelsIn(podMetadata).map((key) => refuse("spec", "template", "metadata", "labels", key)),
    );
  return faults;
}

function ownLabelsIn({ labels }: Record<string, Json>): string[] {
  if (labels === null) return [...ours];
  return isObject(labels) ? Object.keys(labels).filter((key) => ours.has(key) || key === "app") : [];
}

const deepest = 64;

function merge(base: Json, over: Json, depth: number): Json {
  if (depth > deepest) return over;
  if (Array.isArray(base) && Array.isArray(over) && isNamed(base) && isNamed(over))
    return mergeNamed(base, over, depth);
  if (!isObject(base) || !isObject(over)) return over;
  const merged: Record<string, Json> = { ...base };
  for (const [key, value] of Object.entries(over)) {
    if (value === null) delete merged[key];
    else set(merged, key, Object.hasOwn(base, key) ? merge(base[key], value, depth + 1) : value);
  }
  return merged;
}

/** Defined, not assigned: `__proto__` is a key like any other. */
function set(target: Record<string, Json>, key: string, value: Json): void {
  Object.defineProperty(target, key, { value, enumerable: true, writable: true, configurable: true });
}

type Named = Record<string, Json> & { name: string };

function isNamed(list: readonly Json[]): list is Named[] {
  return list.length > 0 && list.every((item) => isObject(item) && typeof item.name === "string");
}

function mergeNamed(base: readonly Named[], over: readonly Named[], depth: number): Json[] {
  const byName = new Map<string, Json>(base.map((item) => [item.name, item]));
  for (const item of over)
    byName.set(item.name, byName.has(item.name) ? merge(byName.get(item.name), item, depth + 1) : item);
  return [...byName.values()];
}

function isObject(value: Json): value is Record<string, Json> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
