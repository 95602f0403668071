import { expect, test } from "vitest";
import { compareDesigns } from "../../core/versions/compare-designs.ts";
import { compareRows, compareText, joined, stepThrough } from "./compare-rows.ts";
import { shop } from "./fixtures.ts";

const [migrate, api, door] = shop.nodes;
if (!migrate || !api || !door) throw new Error("The shop has three nodes");
const after = {
  nodes: [
    { ...api, position: { x: 9, y: 9 }, data: { ...api.data, image: "api:2" } },
    { ...door, position: { x: 5, y: 5 } },
    { id: "n", type: "configmap", position: { x: 0, y: 0 }, data: { name: "settings" } },
  ],
  edges: [{ id: "e2", source: "n", target: "a" }],
};
const rows = compareRows(compareDesigns(shop, after), shop, after);

test("changes come first and moves last; what changed and moved is one row", () => {
  expect(rows.map(({ is, name }) => [is, name])).toEqual([
    ["changed", "api"],
    ["added", "settings"],
    ["removed", "migrate"],
    ["added", "settings → api"],
    ["removed", "migrate → api"],
    ["moved", "door"],
  ]);
  expect(rows[0]?.fields).toEqual([{ path: "/image", to: "api:2" }]);
  expect(compareText(rows)).toBe("2 added, 2 removed, 1 changed, 1 moved");
  expect(compareText([])).toBe("no differences");
});

test("a node of another kind says so", () => {
  const other = { nodes: [{ ...api, type: "statefulset" }], edges: [] };
  const before = { nodes: [api], edges: [] };
  const [row] = compareRows(compareDesigns(before, other), before, other);
  expect(row?.fields).toEqual([{ path: "/kind", from: "deployment", to: "statefulset" }]);
});

test("one canvas has what is in either", () => {
  const both = joined(shop, after);
  expect(both.nodes.map(({ id }) => id)).toEqual(["a", "s", "n", "m"]);
  expect(both.edges.map(({ id }) => id)).toEqual(["e2", "e"]);
});

test("differences are walked round and round", () => {
  const ids = ["a", "b"];
  expect(stepThrough(ids, undefined, 1)).toBe("a");
  expect(stepThrough(ids, undefined, -1)).toBe("b");
  expect(stepThrough(ids, "b", 1)).toBe("a");
  expect(stepThrough(ids, "a", -1)).toBe("b");
  expect(stepThrough(ids, "gone", 1)).toBe("a");
  expect(stepThrough([], "a", 1)).toBeUndefined();
});
