import type { ResourceQuery } from "../../../contract/resources.ts";
import { flag, oneOf, searchParams, text, wholeNumber } from "../../search-params.ts";

const sorts = ["name", "type", "namespace", "cluster", "status", "created"] as const;
export type SortBy = (typeof sorts)[number];

export const groupings = ["kind", "namespace", "workflow"] as const;
export type Grouping = (typeof groupings)[number];

/** What the address of the explorer says. */
export const resourcesSearch = searchParams({
  q: text,
  cluster: text,
  namespace: text,
  kind: text,
  status: text,
  tag: text,
  workflow: text,
  starred: flag,
  /** Also what keeps the cluster going. */
  system: flag,
  sort: oneOf(...sorts),
  order: oneOf("asc", "desc"),
  group: oneOf(...groupings),
  /** Groups that are folded, by their keys. */
  closed: text,
  /** The row at the top. */
  at: wholeNumber,
});
export type ResourcesSearch = ReturnType<typeof resourcesSearch>;

/** What can be chosen from what there is, and what it is called in a query. */
export const dimensions = {
  cluster: "cluster",
  namespace: "namespace",
  kind: "type",
  status: "status",
  tag: "tag",
  workflow: "workflowId",
} as const satisfies Partial<Record<keyof ResourcesSearch, keyof ResourceQuery>>;
export type Dimension = keyof typeof dimensions;

/** The filters of an address, as they are asked for; without those that are named. */
export function filtersOf(
  search: ResourcesSearch,
  without: readonly Dimension[] = [],
): Partial<ResourceQuery> {
  const chosen = (Object.keys(dimensions) as Dimension[]).flatMap((name) => {
    const value = without.includes(name) ? undefined : search[name];
    return value === undefined ? [] : [[dimensions[name], value]];
  });
  return {
    ...Object.fromEntries(chosen),
    ...(search.q !== undefined && { search: search.q }),
    ...(search.starred && { favorite: true }),
    hideSystem: !search.system,
  };
}

/** How many filters are set, what is hidden by default not counted. */
export function countFilters(search: ResourcesSearch): number {
  const set = (Object.keys(dimensions) as Dimension[]).filter((name) => search[name] !== undefined);
  return set.length + (search.q === undefined ? 0 : 1) + (search.starred ? 1 : 0);
}

/** The order that is asked for: by name unless something else is said. */
export function sortOf({ sort = "name", order }: ResourcesSearch) {
  return { by: sort, order: order ?? (sort === "created" ? "desc" : "asc") } as const;
}
