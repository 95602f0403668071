import type { Fault } from "../catalog/fault.ts";
import { serverOwned } from "../catalog/object.ts";
import { isMap, type Keys, pointer } from "../catalog/text-values.ts";
import type { KubernetesObject } from "../kubernetes-object.ts";
import { merge } from "./merge.ts";
import { protectedPlaces, valueAt } from "./protected-places.ts";

/** Merges a node's overlay into its main object, so that nothing of Kubernetes is out of reach. */
export function applyOverlay(
  object: KubernetesObject,
  overlay: unknown,
): { object: KubernetesObject; faults: Fault[] } {
  if (overlay === null) return { object, faults: [] };
  if (!isMap(overlay)) {
    const message = "The overlay must be an object, a part of what the node becomes";
    return { object, faults: [{ path: "/overlay", code: "wrong-type", message }] };
  }
  const merged = merge(object, overlay);
  const faults = [...forbiddenFaults(object, overlay), ...changeFaults(object, merged, overlay)];
  // Nothing that makes it an object has changed, or there is a fault.
  return { object: faults.length > 0 ? object : (merged as unknown as KubernetesObject), faults };
}

/** What an overlay may not speak of at all. */
function forbiddenFaults({ kind }: KubernetesObject, overlay: Record<string, unknown>): Fault[] {
  const { metadata } = overlay;
  const owned = [...serverOwned, "generateName"].filter(
    (key) => isMap(metadata) && Object.hasOwn(metadata, key),
  );
  const values = kind === "Secret" ? ["data", "stringData"].filter((key) => Object.hasOwn(overlay, key)) : [];
  const message = "Secret values do not belong in a drawing: give them to a run";
  return [
    ...(Object.hasOwn(overlay, "status") ? [refusal(["status"])] : []),
    ...owned.map((key) => refusal(["metadata", key])),
    ...values.map((key): Fault => ({ path: pointer("overlay", key), code: "secret-in-drawing", message })),
  ];
}

/** The finished object is judged, however the overlay came to change it. */
function changeFaults(
  object: KubernetesObject,
  merged: Record<string, unknown>,
  overlay: Record<string, unknown>,
): Fault[] {
  const changed = protectedPlaces(object).filter(
    (place) => JSON.stringify(valueAt(object, place)) !== JSON.stringify(valueAt(merged, place)),
  );
  const faults = changed.map((place) => refusal(saidPart(overlay, place)));
  return [...new Map(faults.map((fault) => [fault.path, fault])).values()];
}

/** How far into a place the overlay itself reaches. */
function saidPart(overlay: Record<string, unknown>, place: readonly string[]): readonly string[] {
  const depth = place.findIndex((_, index) => !isMap(valueAt(overlay, place.slice(0, index + 1))));
  return depth === -1 ? place : place.slice(0, depth + 1);
}

function refusal(place: Keys): Fault {
  const message = `An overlay cannot change ${place.join(".")}`;
  return { path: pointer("overlay", ...place), code: "overlay-not-allowed", message };
}
