import { create } from "zustand";
import { persist } from "zustand/middleware";
import type { Grouping, SortBy } from "./resources-search.ts";

/** What each needs; the details take what is left. */
export const columns = [
  { id: "type", head: "Kind", sort: "type", width: "9rem" },
  { id: "namespace", head: "Namespace", sort: "namespace", width: "9rem" },
  { id: "cluster", head: "Cluster", sort: "cluster", width: "8rem" },
  { id: "status", head: "Status", sort: "status", width: "8rem" },
  { id: "facts", head: "Details", sort: undefined, width: "7rem" },
  { id: "workflow", head: "Workflow", sort: undefined, width: "9rem" },
  { id: "tags", head: "Tags", sort: undefined, width: "9rem" },
  { id: "age", head: "Created", sort: "created", width: "9rem" },
] as const satisfies readonly { id: string; head: string; sort: SortBy | undefined; width: string }[];

export type ColumnId = (typeof columns)[number]["id"];
export type ColumnOf = (typeof columns)[number];

interface Chosen {
  /** Nothing until somebody has chosen. */
  ids: readonly string[] | undefined;
}

/** The columns somebody wants, on this device. */
export const useChosenColumns = create<Chosen>()(
  persist((): Chosen => ({ ids: undefined }), { name: "orrery-resource-columns" }),
);

const usual: readonly ColumnId[] = ["type", "namespace", "status", "facts", "age"];

const said: Readonly<Record<Grouping, ColumnId>> = {
  kind: "type",
  namespace: "namespace",
  workflow: "workflow",
};

/**
 * The columns to show, in their order: the usual ones where nobody has chosen, with the cluster where there are several.
 * What the heads of groups say is not said again.
 */
export function shownColumns(
  ids: readonly string[] | undefined,
  clusters: number,
  grouping?: Grouping,
): ColumnOf[] {
  const wanted = new Set<string>(ids ?? (clusters > 1 ? [...usual, "cluster"] : usual));
  if (grouping) wanted.delete(said[grouping]);
  return columns.filter(({ id }) => wanted.has(id));
}
