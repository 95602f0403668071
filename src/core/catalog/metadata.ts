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
  return {
    name,
    namespace,
    labels: { ...toTexts(settings.labels), ...(version && { version }), ...appLabel(name), ...own },
    ...(settings.annotations && { annotations: toTexts(settings.annotations) }),
  };
}

export function metadataFaults({ labels, annotations }: Marked): Fault[] {
  return [...labelFaults(labels, "labels"), ...annotationFaults(annotations, "annotations")];
}

/** The label selectors go by. */
export function appLabel(name: string): { app: string } {
  return { app: labelSafe(name) };
}
