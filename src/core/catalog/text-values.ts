import type { Fault } from "./fault.ts";

export type Keys = readonly (string | number)[];

/** Escapes a key for use in a JSON Pointer. */
export const pointer = (...keys: (string | number)[]): string =>
  keys.map((key) => `/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");

export const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Scalars as the text that was written: 0 is "0" and true is "true". */
export function toTexts(values: Readonly<Record<string, unknown>> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, String(value)]));
}

/** The entries of a list of settings that Kubernetes knows; canvases keep ids and the like beside them. */
export function pick(
  given: Readonly<Record<string, unknown>>,
  keys: readonly string[],
): Record<string, unknown> {
  return Object.fromEntries(keys.flatMap((key) => (given[key] === undefined ? [] : [[key, given[key]]])));
}

const labelValue = /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;
const labelKey = /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const prefix = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/** Whether an object can be called so. */
export function isObjectName(name: string): boolean {
  return name.length <= 253 && prefix.test(name);
}

/** Labels that Kubernetes would not take. */
export function labelFaults(labels: Readonly<Record<string, unknown>> | undefined, ...at: Keys): Fault[] {
  return Object.entries(labels ?? {}).flatMap(([key, value]) => {
    const path = pointer(...at, key);
    if (!isQualified(key)) {
      const message = `“${key}” is not a label key: letters, digits, “-”, “_” and “.”, 63 at most, with an optional prefix`;
      return [{ path, code: "wrong-form", message }];
    }
    if (labelValue.test(String(value))) return [];
    const message = `The label ${key} holds what no label may: letters, digits, “-”, “_” and “.”, 63 at most`;
    return [{ path, code: "wrong-form", message }];
  });
}

function isQualified(key: string): boolean {
  const slash = key.indexOf("/");
  const before = key.slice(0, Math.max(0, slash));
  const isPrefixed = slash === -1 || (before.length <= 253 && prefix.test(before));
  return isPrefixed && labelKey.test(key.slice(slash + 1));
}

const mostAnnotationBytes = 262_144;

export function annotationFaults(
  annotations: Readonly<Record<string, unknown>> | undefined,
  ...at: Keys
): Fault[] {
  const entries = Object.entries(annotations ?? {});
  const faults = entries
    // Kubernetes judges these keys in lower case, unlike those of labels.
    .filter(([key]) => !isQualified(key.toLowerCase()))
    .map(([key]): Fault => {
      const message = `“${key}” is not an annotation key`;
      return { path: pointer(...at, key), code: "wrong-form", message };
    });
  const size = entries.reduce((sum, [key, value]) => sum + bytesOf(key) + bytesOf(String(value)), 0);
  if (size > mostAnnotationBytes)
    faults.push({
      path: pointer(...at),
      code: "too-large",
      message: "The annotations are larger than 256 KiB in all",
    });
  return faults;
}

function bytesOf(text: string): number {
  let bytes = 0;
  for (const char of text) {
    const point = char.codePointAt(0) ?? 0;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return bytes;
}

/** Names that occur more than once in a list, each at its second place. */
export function duplicateFaults<T>(
  items: readonly T[],
  nameOf: (item: T) => string | undefined,
  at: (index: number, item: T) => string,
  what: string,
): Fault[] {
  const seen = new Set<string>();
  return items.flatMap((item, index) => {
    const name = nameOf(item);
    if (name === undefined) return [];
    if (!seen.has(name)) {
      seen.add(name);
      return [];
    }
    return [{ path: at(index, item), code: "duplicate", message: `${what} “${name}” is there twice` }];
  });
}
