import { causesOf } from "./rest.ts";

/** A field that an apply would change, and who else manages it. */
export interface FieldConflict {
  manager: string;
  /** As the cluster writes it, such as `.spec.template.spec.containers[name="web"].image`. */
  field: string;
}

/** What a refused apply would have taken from others; nothing where it was refused for another reason. */
export function conflictsOf(error: unknown): FieldConflict[] {
  return causesOf(error)
    .filter(({ reason }) => reason === "FieldManagerConflict")
    .map(({ message, field }) => ({ manager: managerIn(message), field }));
}

/** Of `conflict with "kubectl" using apps/v1` and its like: the name stands in Go's quotes. */
function managerIn(message: string): string {
  const [quoted = ""] = /"(?:[^"\\]|\\.)*"/.exec(message) ?? [];
  try {
    return String(JSON.parse(quoted));
  } catch {
    return quoted.slice(1, -1);
  }
}
