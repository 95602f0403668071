import { expect, test } from "vitest";
import { catalog } from "../catalog/catalog.ts";
import { relationOf } from "./relations.ts";

const table: [string, string, string][] = [
  ["ingress", "service", "routes"],
  ...["deployment", "statefulset", "daemonset"].flatMap((to): [string, string, string][] => [
    ["service", to, "serves"],
    ["networkpolicy", to, "guards"],
  ]),
  ...["deployment", "statefulset", "job", "cronjob", "daemonset"].flatMap(
    (to): [string, string, string][] => [
      ["configmap", to, "configures"],
      ["secret", to, "configures"],
      ["persistentvolumeclaim", to, "mounts"],
    ],
  ),
  ["hpa", "deployment", "scales"],
  ["hpa", "statefulset", "scales"],
  ["job", "deployment", "precedes"],
  ["deployment", "deployment", "precedes"],
];

test("the kinds at an edge's ends say what it means, whichever way it is drawn", () => {
  for (const [from, to, meaning] of table) {
    expect(relationOf(from, to)).toBe(meaning);
    expect(relationOf(to, from)).toBe(meaning);
  }
});

test("kinds that are not in the table have nothing to do with each other", () => {
  const known = new Set(table.flatMap(([a, b]) => [`${a} ${b}`, `${b} ${a}`]));
  const workloads = new Set(["deployment", "statefulset", "daemonset", "job", "cronjob"]);
  for (const a of catalog.keys())
    for (const b of catalog.keys())
      if (!known.has(`${a} ${b}`) && !(workloads.has(a) && workloads.has(b)))
        expect(relationOf(a, b)).toBeUndefined();
});

test("any two may depend on each other", () => {
  expect(relationOf("configmap", "object", "dependency")).toBe("precedes");
});
