import type { Json } from "../objects.ts";
import type { Cause } from "../status.ts";

export const invalidValue = (field: string, value: Json | undefined, why: string): Cause => ({
  reason: "FieldValueInvalid",
  message: `Invalid value: ${JSON.stringify(value ?? null)}: ${why}`,
  field,
});

export const required = (field: string, why = ""): Cause => ({
  reason: "FieldValueRequired",
  message: `Required value${why && `: ${why}`}`,
  field,
});

export const duplicate = (field: string, value: Json | undefined): Cause => ({
  reason: "FieldValueDuplicate",
  message: `Duplicate value: ${JSON.stringify(value ?? null)}`,
  field,
});

export const notSupported = (field: string, value: Json | undefined, allowed: readonly string[]): Cause => ({
  reason: "FieldValueNotSupported",
  message: `Unsupported value: ${JSON.stringify(value ?? "")}: supported values: ${allowed.map((each) => `"${each}"`).join(", ")}`,
  field,
});

export const forbiddenValue = (field: string, why: string): Cause => ({
  reason: "FieldValueForbidden",
  message: `Forbidden: ${why}`,
  field,
});

export const notFoundValue = (field: string, value: Json | undefined): Cause => ({
  reason: "FieldValueNotFound",
  message: `Not found: ${JSON.stringify(value ?? "")}`,
  field,
});

/** A number that must not be below zero, where it is given. */
export function negative(field: string, value: Json | undefined): Cause[] {
  return typeof value === "number" && value < 0
    ? [invalidValue(field, value, "must be greater than or equal to 0")]
    : [];
}

/** A text of a few that are known, where it is given. */
export function oneOf(field: string, value: Json | undefined, allowed: readonly string[]): Cause[] {
  return value === undefined || allowed.includes(String(value)) ? [] : [notSupported(field, value, allowed)];
}

/** Names that are there more than once, each at its place. */
export function duplicates(
  names: readonly (Json | undefined)[],
  fieldAt: (index: number) => string,
): Cause[] {
  const seen = new Set<Json>();
  return names.flatMap((name, index) => {
    if (name === undefined || name === "") return [];
    if (seen.has(name)) return [duplicate(fieldAt(index), name)];
    seen.add(name);
    return [];
  });
}
