import { isMap } from "../catalog/text-values.ts";

/** Those of the fields that are there. */
export function picked(from: unknown, fields: readonly string[]): Record<string, unknown> {
  if (!isMap(from)) return {};
  return Object.fromEntries(
    fields.flatMap((field) =>
      from[field] === undefined || from[field] === null ? [] : [[field, from[field]]],
    ),
  );
}

/** A field under another name, where there is something to name. */
export function named(name: string, value: unknown): Record<string, unknown> {
  return value === undefined || value === null || value === "" ? {} : { [name]: value };
}

/** A field of what may not be a map at all. */
export function nameIn(from: unknown, field: string): unknown {
  return isMap(from) ? from[field] : undefined;
}
