import { expect, test } from "vitest";
import { shownColumns } from "./columns.ts";
import { factsOf } from "./facts.ts";
import { countFilters, filtersOf, resourcesSearch, sortOf } from "./resources-search.ts";
import { type Group, layoutOf, toggled, windowsOf } from "./row-layout.ts";

test("an address becomes a question to the server, and what it does not understand is left out", () => {
  const search = resourcesSearch({
    q: 42,
    namespace: "shop",
    kind: "Pod",
    sort: "uid",
    starred: "yes",
    at: 0,
  });
  expect(search).toEqual({ q: "42", namespace: "shop", kind: "Pod" });
  expect(filtersOf(search)).toEqual({ search: "42", namespace: "shop", type: "Pod", hideSystem: true });
  expect(filtersOf(search, ["kind"])).toEqual({ search: "42", namespace: "shop", hideSystem: true });
  expect(filtersOf({ system: true, starred: true, workflow: "none" })).toEqual({
    hideSystem: false,
    favorite: true,
    workflowId: "none",
  });
  expect([countFilters(search), countFilters({}), countFilters({ system: true })]).toEqual([3, 0, 0]);
});

test("lists are in the order of names, and of age the newest first", () => {
  expect(sortOf({})).toEqual({ by: "name", order: "asc" });
  expect(sortOf({ sort: "created" })).toEqual({ by: "created", order: "desc" });
  expect(sortOf({ sort: "created", order: "asc" })).toEqual({ by: "created", order: "asc" });
});

const group = (key: string, count: number, more: Partial<Group> = {}): Group => ({
  key,
  label: key,
  count,
  isOpen: true,
  ...more,
});

test("groups stand one under another, folded ones with their heads alone", () => {
  const layout = layoutOf([group("a", 2), group("b", 500, { isOpen: false }), group("c", 1)]);
  const seen = Array.from({ length: layout.length }, (_, index) => {
    const place = layout.at(index);
    return `${place?.group.key}${place?.row ?? ""}`;
  });
  expect(seen).toEqual(["a", "a0", "a1", "b", "c", "c0"]);
  expect(layout.at(-1)).toBeUndefined();
  expect(layout.at(6)).toBeUndefined();
});

test("without groups there are rows alone, read in parts as they come into view", () => {
  const layout = layoutOf([group("", 250, { label: undefined })]);
  expect([layout.length, layout.at(0)?.row, layout.at(249)?.row]).toEqual([250, 0, 249]);
  const inView = [95, 99, 100, 249, 900].map(layout.at);
  expect(windowsOf(inView).map(({ page }) => page)).toEqual([1, 2, 3]);
  expect(layoutOf([]).length).toBe(0);
});

test("a group is folded and unfolded in the address", () => {
  expect(toggled(undefined, "Pod")).toBe("Pod");
  expect(toggled("Pod", "Secret")).toBe("Pod,Secret");
  expect(toggled("Pod,Secret", "Pod")).toBe("Secret");
  expect(toggled("Pod", "Pod")).toBeUndefined();
});

test("columns are those somebody wants, and the cluster only where there are several", () => {
  const ids = (chosen: string[] | undefined, clusters: number) =>
    shownColumns(chosen, clusters).map(({ id }) => id);
  expect(ids(undefined, 1)).toEqual(["type", "namespace", "status", "facts", "age"]);
  expect(ids(undefined, 2)).toContain("cluster");
  expect(ids(["age", "tags", "of another version"], 2)).toEqual(["tags", "age"]);
  expect(ids([], 2)).toEqual([]);
  expect(shownColumns(["type", "age"], 1, "kind").map(({ id }) => id)).toEqual(["age"]);
});

test("what matters of an object is said in a few words", () => {
  expect(factsOf({ age: "3h", replicas: "2/3", available: 2 })).toBe("2/3 ready");
  expect(factsOf({ containers: 1, restarts: 4, nodeName: "n1", podIP: "10.0.0.1" })).toBe(
    "4 restarts · on n1",
  );
  expect(factsOf({ type: "ClusterIP", clusterIP: "None", ports: 1 })).toBe("ClusterIP · headless · 1 port");
  expect(factsOf({ constructor: "x" })).toBe("x");
  expect(factsOf(null)).toBe("");
});
