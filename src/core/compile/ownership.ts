import type { Fault } from "../catalog/fault.ts";
import { isMap, pointer } from "../catalog/text-values.ts";
import type { KubernetesObject } from "../kubernetes-object.ts";
import { protectedPlaces } from "./protected-places.ts";

/** Fields of a node's main object that others may manage too, as JSON Pointers into it. */
export interface Ownership {
  /** Theirs wherever they have them. */
  leave: string[];
  /** Ours, whoever has them. */
  take: string[];
}

type Choice = keyof Ownership | "never";

const choices: ReadonlySet<unknown> = new Set<Choice>(["leave", "take", "never"]);

interface Owned {
  object: KubernetesObject | undefined;
  /** Where anything was left to others or taken from them. */
  ownership?: Ownership;
  faults: Fault[];
}

/** Follows what a node says about who manages which field; without a main object it is only judged. */
export function applyOwnership(object: KubernetesObject | undefined, said: unknown): Owned {
  if (said === undefined || said === null) return { object, faults: [] };
  if (!isMap(said)) {
    const message = "Ownership must be an object: a choice for each field, named by its JSON Pointer";
    return { object, faults: [{ path: "/ownership", code: "wrong-type", message }] };
  }
  const faults = Object.entries(said).flatMap(([field, choice]) => faultsOf(object, field, choice));
  if (faults.length > 0) return { object, faults };

  const chosen = (wanted: Choice) =>
    Object.entries(said).flatMap(([field, choice]) => (choice === wanted ? field : []));
  const [leave, take] = [chosen("leave"), chosen("take")];
  const rest = object && withoutFields(object, chosen("never"));
  return { object: rest, ...(leave.length + take.length > 0 && { ownership: { leave, take } }), faults };
}

/** The object without the fields that the pointers lead to; those that lead nowhere take nothing away. */
export function withoutFields(object: KubernetesObject, pointers: readonly string[]): KubernetesObject {
  // No pointer that was found to be good leads to what makes it an object.
  return without(object, pointers.map(keysOf)) as KubernetesObject;
}

const form = /^(\/([^~/]|~[01])*)+$/;

function keysOf(field: string): string[] {
  return field
    .split("/")
    .slice(1)
    .map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
}

function faultsOf(object: KubernetesObject | undefined, field: string, choice: unknown): Fault[] {
  const path = pointer("ownership", field);
  if (!form.test(field)) {
    const message = `“${field}” is not a JSON Pointer into the object, such as /spec/replicas`;
    return [{ path, code: "wrong-form", message }];
  }
  if (!choices.has(choice)) {
    const message = `Who manages ${field} must be “leave”, “take” or “never”`;
    return [{ path, code: typeof choice === "string" ? "unknown-word" : "wrong-type", message }];
  }
  const keys = keysOf(field);
  const isProtected = object && protectedPlaces(object).some((place) => touches(place, keys));
  if (!isProtected) return [];
  const message = `${field} makes the object what it is, and cannot be left to others or taken from them`;
  return [{ path, code: "ownership-not-allowed", message }];
}

/** Whether one of two places is the other, or in it. */
function touches(a: readonly string[], b: readonly string[]): boolean {
  const depth = Math.min(a.length, b.length);
  return a.slice(0, depth).every((key, index) => key === b[index]);
}

/** All at once: what is taken from a list must not move what else is to be taken from it. */
function without(value: unknown, places: readonly (readonly string[])[]): unknown {
  if (places.length === 0) return value;
  const below = new Map<string, (readonly string[])[]>();
  const gone = new Set<string>();
  for (const [key, ...rest] of places) {
    if (key === undefined) continue;
    if (rest.length === 0) gone.add(key);
    else below.set(key, [...(below.get(key) ?? []), rest]);
  }
  const kept = <T>(entries: readonly [string, T][]) =>
    entries
      .filter(([key]) => !gone.has(key))
      .map(([key, inner]) => [key, without(inner, below.get(key) ?? [])] as const);
  if (Array.isArray(value))
    return kept(value.map((item: unknown, index) => [String(index), item])).map(([, item]) => item);
  return isMap(value) ? Object.fromEntries(kept(Object.entries(value))) : value;
}
