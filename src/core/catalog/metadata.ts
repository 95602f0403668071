import type { KubernetesObject } from "../kubernetes-object.ts";
import type { Fault } from "./fault.ts";
import type { Surroundings } from "./kind.ts";
import { labelSafe } from "./label-safe.ts";
import { annotationFaults, labelFaults, toTexts } from "./text-values.ts";

interface Marked {
  name: string;
  labels?: Record<string, unknown>;
  annotations?: Record<string, unknown>;
  version?: string;
}

/** Metadata of a node's object: people's labels and annotations, under ours. */
export function metadataOf(
  settings: Marked,
  { namespace, labels: own }: Pick<Surroundings, "namespace" | "labels">,
): KubernetesObject["metadata"] {
  const { name, version } = settings;
  const annotations = toTexts(settings.annotations);
  return {
    name,
    namespace,
    labels: { ...toTexts(settings.labels), ...(version && { version }), ...appLabel(name), ...own },
    // Owned with nothing in them, they would be somebody else's as soon as a controller adds one of its own.
    ...(Object.keys(annotations).length > 0 && { annotations }),
  };
}

export function metadataFaults({ labels, annotations }: Marked): Fault[] {
  return [...labelFaults(labels, "labels"), ...annotationFaults(annotations, "annotations")];
}

/** The label selectors go by. */
export function appLabel(name: string): { app: string } {
  return { app: labelSafe(name) };
}
