import type { ResourceChange } from "../../../contract/resources.ts";

/** One field that changed, in words. */
export interface FieldRow {
  key: string;
  /** Where it is, from the outside in. */
  path: readonly string[];
  kind: "added" | "removed" | "changed";
  from: string;
  to: string;
}

/** The fields of a change, as they are shown. */
export function fieldRows(changes: ResourceChange["changes"] | null | undefined): FieldRow[] {
  return (changes ?? []).map((change) => {
    const { path, from, to } = change;
    const kind = "from" in change ? ("to" in change ? "changed" : "removed") : "added";
    return { key: path, path: partsOf(path), kind, from: valueText(from), to: valueText(to) };
  });
}

/** A JSON Pointer's parts; that it is about what is wanted or seen goes without saying. */
function partsOf(pointer: string): string[] {
  const parts = pointer.split("/").slice(1);
  const named = parts.map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
  return named.length > 1 && named[0] === "spec" ? named.slice(1) : named;
}

const longest = 400;

/** A value as somebody would write it. */
export function valueText(value: unknown): string {
  if (value === undefined) return "";
  const text = typeof value === "string" ? value || '""' : JSON.stringify(value);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
