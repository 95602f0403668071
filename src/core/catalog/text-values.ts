import type { Fault } from "./kind.ts";

/** Escapes a key for use in a JSON Pointer. */
export const pointer = (...keys: (string | number)[]): string =>
  keys.map((key) => `/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");

/** Scalars as the text that was written: 0 is "0" and true is "true". */
export function toTexts(values: Readonly<Record<string, unknown>> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, String(value)]));
}

const labelValue = /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;
const labelKey = /^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;

/** Labels that Kubernetes would not take. */
export function labelFaults(labels: Readonly<Record<string, unknown>> | undefined, at: string): Fault[] {
  return Object.entries(labels ?? {}).flatMap(([key, value]) => {
    const path = pointer(at, key);
    if (!labelKey.test(key))
      return [
        {
          path,
          code: "wrong-form",
          message: `“${key}” is not a label key: letters, digits, “-”, “_” and “.”, 63 at most, with an optional prefix`,
        },
      ];
    if (!labelValue.test(String(value)))
      return [
        {
          path,
          code: "wrong-form",
          message: `The label ${key} holds what no label may: letters, digits, “-”, “_” and “.”, 63 at most`,
        },
      ];
    return [];
  });
}

const mostAnnotationBytes = 262_144;

export function annotationFaults(annotations: Readonly<Record<string, unknown>> | undefined): Fault[] {
  const entries = Object.entries(annotations ?? {});
  const wrong = entries
    .filter(([key]) => !labelKey.test(key))
    .map(([key]) => ({
      path: pointer("annotations", key),
      code: "wrong-form",
      message: `“${key}” is not an annotation key`,
    }));
  const size = entries.reduce((sum, [key, value]) => sum + key.length + String(value).length, 0);
  if (size > mostAnnotationBytes)
    wrong.push({
      path: "/annotations",
      code: "too-large",
      message: "The annotations are larger than 256 KiB in all",
    });
  return wrong;
}

/** Names that occur more than once in a list, each at its second place. */
export function duplicateFaults<T>(
  items: readonly T[],
  nameOf: (item: T) => string | undefined,
  at: (index: number) => string,
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
    return [{ path: at(index), code: "duplicate", message: `${what} “${name}” is there twice` }];
  });
}

const table = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Base64 of the text's UTF-8, made here because nothing outside the language is at hand. */
export function toBase64(text: string): string {
  const bytes = utf8Of(text);
  let encoded = "";
  for (let index = 0; index < bytes.length; index += 3) {
    const [a = 0, b, c] = bytes.slice(index, index + 3);
    const bits = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
    const digits = [bits >> 18, (bits >> 12) & 63, (bits >> 6) & 63, bits & 63].map((digit) => table[digit]);
    encoded += `${digits[0]}${digits[1]}${b === undefined ? "=" : digits[2]}${c === undefined ? "=" : digits[3]}`;
  }
  return encoded;
}

function utf8Of(text: string): number[] {
  // A lone half of a surrogate pair is no character, and becomes the replacement character as everywhere else.
  const encoded = encodeURIComponent(text.toWellFormed());
  const bytes: number[] = [];
  for (let index = 0; index < encoded.length; index += 1) {
    if (encoded[index] === "%") {
      bytes.push(Number.parseInt(encoded.slice(index + 1, index + 3), 16));
      index += 2;
    } else bytes.push(encoded.charCodeAt(index));
  }
  return bytes;
}
