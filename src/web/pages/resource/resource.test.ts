import { expect, test } from "vitest";
import { fieldRows, valueText } from "./field-rows.ts";
import { card, linePath, relatedLayout } from "./related-layout.ts";
import { resourceSearch, tabsOf } from "./resource-search.ts";
import { specRows } from "./spec-rows.ts";

test("a field's history says where it is, how it was and how it is", () => {
  const rows = fieldRows([
    { path: "/spec/images/web", from: "shop/web:1", to: "shop/web:2" },
    { path: "/labels/app.kubernetes.io~1name", to: "web" },
    { path: "/annotations/a~0b", from: "" },
    { path: "/spec/ports", from: [{ port: 80 }], to: null },
  ]);
  expect(rows.map(({ path, kind, from, to }) => [path.join(" › "), kind, from, to])).toEqual([
    ["images › web", "changed", "shop/web:1", "shop/web:2"],
    ["labels › app.kubernetes.io/name", "added", "", "web"],
    ["annotations › a~b", "removed", '""', ""],
    ["ports", "changed", '[{"port":80}]', "null"],
  ]);
  expect(fieldRows(null)).toEqual([]);
  expect(valueText("x".repeat(1_000))).toHaveLength(401);
});

test("what is shown of an object is in words, whatever it is made of", () => {
  expect(
    specRows({
      replicas: 3,
      readyReplicas: 0,
      images: { web: "shop/web:1" },
      ports: [{ name: "http", port: 80, targetPort: "web" }, { port: 443 }],
      suspend: false,
      minReplicas: 1,
      selector: {},
      nothing: null,
      constructor: "x",
    }),
  ).toEqual([
    { name: "Replicas", values: ["3"] },
    { name: "Ready", values: ["0"] },
    { name: "Images", values: ["web: shop/web:1"] },
    { name: "Ports", values: ["name http · port 80 · targetPort web", "port 443"] },
    { name: "Suspend", values: ["no"] },
    { name: "Min replicas", values: ["1"] },
    { name: "Constructor", values: ["x"] },
  ]);
  expect(specRows(undefined)).toEqual([]);
});

test("an object has the tabs that make sense for it", () => {
  expect(tabsOf({ type: "ConfigMap" })).toEqual(["overview", "events", "related", "yaml", "history"]);
  expect(tabsOf({ type: "Deployment" })).toContain("terminal");
  expect(tabsOf({ type: "CronJob" })).toContain("logs");
  expect(tabsOf({ type: "CronJob" })).not.toContain("terminal");
  expect(tabsOf({ type: "Pod", deletedAt: "2026-11-27T09:00:00Z" })).toEqual([
    ...["overview", "events", "related", "history"],
  ]);
  expect(resourceSearch({ tab: "shell", level: "error", tail: "5" })).toEqual({ level: "error" });
});

const node = (id: string) => ({ id, type: "Pod", name: id });

test("what an object belongs to is left of it, what belongs to it right, and nothing lies on anything", () => {
  const nodes = ["web", "set", "pod-1", "pod-2", "door", "lost"].map(node);
  const edges = [
    { from: "web", to: "set" },
    { from: "set", to: "pod-1" },
    { from: "set", to: "pod-2" },
    { from: "door", to: "web" },
  ];
  const { spots, width, height } = relatedLayout("web", nodes, edges);
  const x = (id: string) => spots.get(id)?.x ?? Number.NaN;
  expect(x("door")).toBeLessThan(x("web"));
  expect(x("web")).toBeLessThan(x("set"));
  expect(x("pod-1")).toBe(x("pod-2"));
  expect(new Set([...spots.values()].map((spot) => `${spot.x} ${spot.y}`)).size).toBe(nodes.length);
  for (const spot of spots.values()) {
    expect(spot.x + card.width).toBeLessThanOrEqual(width);
    expect(spot.y + card.height).toBeLessThanOrEqual(height);
  }
});

test("objects that own one another in a circle are laid out all the same", () => {
  const edges = [
    { from: "a", to: "b" },
    { from: "b", to: "a" },
  ];
  expect(relatedLayout("a", [node("a"), node("b")], edges).spots.size).toBe(2);
  expect(linePath({ x: 0, y: 0 }, { x: 0, y: 64 })).toMatch(/^M208 24C/);
});
