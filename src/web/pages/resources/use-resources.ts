import { useQueries } from "@tanstack/react-query";
import { useMemo } from "react";
import { api } from "../../../contract/api.ts";
import type { Result } from "../../../contract/operation.ts";
import type { ResourceQuery, ResourceSummary } from "../../../contract/resources.ts";
import { queryOf, useRead } from "../../api.ts";
import {
  type Dimension,
  dimensions,
  filtersOf,
  type Grouping,
  type ResourcesSearch,
  sortOf,
} from "./resources-search.ts";
import { closedKeys, type Group, type Place, windowSize, windowsOf } from "./row-layout.ts";

type Listing = Result<typeof api.listResources>;
type Facets = NonNullable<Listing["facets"]>;

/** How many there are of what is asked for, and of what. */
export function useCounts(search: ResourcesSearch) {
  return useRead(api.listResources, { query: counting(search) }, { keepPrevious: true });
}

const counting = (search: ResourcesSearch, without: Dimension[] = []) => ({
  ...filtersOf(search, without),
  facets: true,
  limit: 1,
});

export interface Choice {
  value: string;
  label: string;
  count: number;
}

/** What each filter offers: counted without that filter, so that another value can be chosen. */
export function useChoices(search: ResourcesSearch): Record<Dimension, Choice[]> {
  const names = Object.keys(dimensions) as Dimension[];
  const answers = useQueries({
    queries: names.map((name) => ({
      ...queryOf(api.listResources, { query: counting(search, [name]) }),
      placeholderData: (previous: Listing | undefined) => previous,
    })),
  });
  const choices = names.map((name, index) => [name, choicesOf(name, answers[index]?.data?.facets)]);
  return Object.fromEntries(choices) as Record<Dimension, Choice[]>;
}

function choicesOf(name: Dimension, facets: Facets | undefined): Choice[] {
  if (!facets) return [];
  if (name === "workflow")
    return (facets.workflow ?? []).map(({ id, name: label, count }) => ({ value: id, label, count }));
  const counts = facets[name === "kind" ? "type" : name] ?? {};
  return Object.entries(counts).map(([value, count]) =>
    name === "namespace" && value === ""
      ? { value: noNamespace, label: "Cluster-wide", count }
      : { value, label: value, count },
  );
}

/** What is in no namespace, as a filter. */
const noNamespace = "-";

/** The groups of a list, each counted over all matches. */
export function useGroups(search: ResourcesSearch, counts: Listing | undefined): Group[] {
  const { group, closed } = search;
  return useMemo(() => {
    if (!counts) return [];
    const { total } = counts;
    if (group === undefined) return [{ key: "", label: undefined, count: total, isOpen: true }];
    const folded = new Set(closedKeys(closed));
    return groupsIn(group, counts).map(({ value, label, count }) => ({
      ...{ key: value, label, count },
      isOpen: !folded.has(value),
    }));
  }, [group, closed, counts]);
}

function groupsIn(group: Grouping, { facets, total }: Listing): Choice[] {
  const choices = choicesOf(group, facets);
  if (group !== "workflow") return choices;
  const others = total - choices.reduce((sum, { count }) => sum + count, 0);
  return others > 0 ? [...choices, { value: "none", label: "No workflow", count: others }] : choices;
}

/** Reads what is in view, in parts that are kept. */
export function useRows(search: ResourcesSearch, places: readonly (Place | undefined)[]) {
  const windows = windowsOf(places);
  const { by, order } = sortOf(search);
  const common = { ...filtersOf(search), sort_by: by, sort_order: order, limit: windowSize };
  const answers = useQueries({
    queries: windows.map(({ group, page }) =>
      queryOf(api.listResources, { query: { ...common, ...within(search.group, group), page } }),
    ),
  });
  const pages = new Map(
    windows.map(({ group, page }, index) => [`${group.key} ${page}`, answers[index]?.data?.resources]),
  );
  const rowOf = ({ group, row = 0 }: Place): ResourceSummary | undefined =>
    pages.get(`${group.key} ${Math.floor(row / windowSize) + 1}`)?.[row % windowSize];
  const failed = answers.find(({ isError, data }) => isError && !data);
  return { rowOf, failed };
}

function within(grouping: Grouping | undefined, { key }: Group): Partial<ResourceQuery> {
  return grouping === undefined ? {} : { [dimensions[grouping]]: key };
}
