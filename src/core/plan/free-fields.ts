import { isMap } from "../catalog/text-values.ts";
import type { KubernetesObject } from "../kubernetes-object.ts";
import { stepsOf } from "./pointers.ts";

/**
 * The object without fields that may be anything, and without what they alone filled. An item of a list stays, as the
 * places of those after it would change: what is told of it is to be left out by `isFree`.
 */
export function withoutFree(object: KubernetesObject, free: readonly string[]): KubernetesObject {
  return free.reduce(
    // Nobody can free what makes it an object.
    (rest, pointer) => withoutSteps(rest, stepsOf(pointer)) as KubernetesObject,
    object,
  );
}

/** Whether a field is one of those that may be anything, or in one. */
export function isFree(path: string, free: readonly string[]): boolean {
  return free.some((each) => path === each || path.startsWith(`${each}/`));
}

function withoutSteps(value: unknown, [step, ...rest]: readonly string[]): unknown {
  if (step === undefined) return undefined;
  if (Array.isArray(value))
    return rest.length === 0
      ? value
      : value.map((item, index) => (String(index) === step ? (withoutSteps(item, rest) ?? {}) : item));
  if (!isMap(value) || !Object.hasOwn(value, step)) return value;
  const left = withoutSteps(value[step], rest);
  const kept = Object.entries({ ...value, [step]: left }).filter(([, inner]) => inner !== undefined);
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}
