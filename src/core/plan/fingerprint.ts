import { isMap } from "../catalog/text-values.ts";
import type { KubernetesObject } from "../kubernetes-object.ts";
import { canonical } from "./json-values.ts";

/** What changes without anybody wishing for something else. */
const unsteadyMetadata = ["managedFields", "resourceVersion", "generation", "selfLink"];
const revision = "deployment.kubernetes.io/revision";

/**
 * All of an object that a plan could rest on, as a text that is the same as long as that is: to be hashed, and never
 * kept as it is, since it holds a Secret's values. What is not there has a text too.
 */
export function stateOf(live: KubernetesObject | undefined, desired?: KubernetesObject): string {
  if (!live) return canonical(null);
  const { status: _, metadata, spec, ...others } = live;
  const { annotations, ...kept } = omit(metadata, unsteadyMetadata);
  const steady = isMap(annotations) ? omit(annotations, [revision]) : {};
  return canonical({
    ...others,
    metadata: { ...kept, ...(Object.keys(steady).length > 0 && { annotations: steady }) },
    ...(spec && { spec: isScaledByOthers(desired) ? omit(spec, ["replicas"]) : spec }),
  });
}

/** Whoever leaves the number of replicas open leaves it to an autoscaler. */
function isScaledByOthers(desired: KubernetesObject | undefined): boolean {
  return desired !== undefined && desired.spec?.replicas === undefined;
}

function omit(map: object, keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(map).filter(([key]) => !keys.includes(key)));
}
