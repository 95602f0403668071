import type { KubernetesObject } from "../../core/kubernetes-object.ts";

/** What a source keeps of each object it has seen, and of which. */
export interface Projection<Kept = unknown> {
  /** Tells it from others: readers of one scope that name the same share one source. */
  name: string;
  /** Whether an object is worth parsing, by its bytes. May be wrong in saying so, never in denying it. */
  wants?(bytes: Buffer): boolean;
  keep(object: KubernetesObject): Kept;
  show(kept: Kept): KubernetesObject;
  /** The version of the object that was kept. */
  versionOf(kept: Kept): string | undefined;
}

/** Everything, for objects whose health is to be told. */
export const whole: Projection<KubernetesObject> = {
  name: "whole",
  keep: (object) => object,
  show: (kept) => kept,
  versionOf: ({ metadata }) => metadata.resourceVersion,
};
