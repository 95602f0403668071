import type { Field } from "../../core/catalog/form.ts";

const most = 40;

/** A value in a few letters. */
export function shortText(value: unknown): string {
  if (value === undefined || value === null) return "not set";
  const text = typeof value === "object" ? JSON.stringify(value) : String(value);
  if (text === "") return "empty";
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

/** What holds where nothing is said, to be shown in an empty field. */
export function placeholderOf(field: Field, derived: unknown): string {
  const holds = derived ?? field.usual;
  if (holds !== undefined && typeof holds !== "object") return String(holds);
  return field.example ?? "";
}
