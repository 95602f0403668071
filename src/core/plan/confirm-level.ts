import type { Plan, PlannedObject, Restart } from "../../contract/plan.ts";

interface Extent {
  /** The workflow's, to be typed before what cannot be had back is deleted. */
  name: string;
  deletes: readonly PlannedObject[];
  /** How many objects the workflow has in the cluster. */
  total: number;
  /** The keys that were asked to be deleted by name. A Secret with values is kept unless it is among them. */
  named: readonly string[];
  restarts: readonly Pick<Restart, "pods">[];
}

const mostDeletions = 20;
const mostPercent = 30;

/** How much has to be confirmed before a plan is carried out. */
export function confirmOf({ name, deletes, total, named, restarts }: Extent): Plan["confirm"] {
  if (deletes.some((object) => isPrecious(object, named))) return { level: 3, name };
  const isMuch = deletes.length > mostDeletions || deletes.length * 100 > total * mostPercent;
  if (deletes.length > 0 && isMuch) return { level: 2 };
  return { level: deletes.length > 0 || restarts.length > 0 ? 1 : 0 };
}

/** What a later run could not make again: data, values that nobody else keeps, and all there is in a namespace. */
function isPrecious({ kind, key }: PlannedObject, named: readonly string[]): boolean {
  return (
    key.startsWith("/PersistentVolumeClaim/") ||
    key.startsWith("/Namespace/") ||
    (kind === "Secret" && named.includes(key))
  );
}
