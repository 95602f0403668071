import { type KubernetesObject, ownLabels } from "../kubernetes-object.ts";
import { isMap } from "./text-values.ts";

/** What a node said before, for the choice among several ways of saying the same. */
export type Said = Readonly<Record<string, unknown>>;

/** Labels that a node's name and identity make, and no setting. */
const madeLabels: ReadonlySet<string> = new Set(["app", ...Object.values(ownLabels)]);

/** An object's name and the like as settings. */
export function readMetadata({ metadata }: KubernetesObject, said: Said = {}): Record<string, unknown> {
  const { version, ...others } = peopleLabels(metadata.labels);
  const isVersion = said.version !== undefined && version !== undefined;
  const labels = isVersion || version === undefined ? others : { ...others, version };
  return given({
    name: metadata.name,
    namespace: metadata.namespace,
    ...(isVersion && { version }),
    labels: filled(labels),
    annotations: filled(asMap(metadata.annotations)),
  });
}

export function peopleLabels(labels: unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(asMap(labels)).filter(([key]) => !madeLabels.has(key)));
}

/** The entries that say something. */
export function given(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

/** A map or list with anything in it. */
export function filled<T extends object>(value: T): T | undefined {
  return Object.keys(value).length > 0 ? value : undefined;
}

export function asMap(value: unknown): Record<string, unknown> {
  return isMap(value) ? value : {};
}

export function asMaps(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isMap) : [];
}
