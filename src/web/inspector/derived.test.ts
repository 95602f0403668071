import { expect, test } from "vitest";
import type { DesignNode } from "../../contract/design.ts";
import { derivedOf } from "./derived.ts";

const nodeOf = (id: string, type: string, data: object): DesignNode => {
  return { id, type, position: { x: 0, y: 0 }, data: { name: id, ...data } };
};
const place = { workflow_id: "w", namespace: "shop" };

test("what an edge brings is told from what is usual", () => {
  const api = nodeOf("api", "deployment", { image: "i", port: 8080 });
  const door = nodeOf("door", "service", {});
  const design = { nodes: [api, door], edges: [{ id: "e", source: "door", target: "api" }] };
  const { values, fromEdge, isScaled } = derivedOf(door, design, place);
  expect(values).toMatchObject({ targetApp: "api", port: 8080, serviceType: "ClusterIP" });
  expect([...fromEdge].sort()).toEqual(["port", "targetApp", "targetPort"]);
  expect(isScaled).toBe(false);
  expect(derivedOf(api, design, place).fromEdge.size).toBe(0);
});

test("an autoscaler's replicas and what YAML overrules are known", () => {
  const overlay = { spec: { minReadySeconds: 3 } };
  const api = nodeOf("api", "deployment", { image: "i", overlay });
  const scaler = nodeOf("h", "hpa", { maxReplicas: 3, targetCPUUtilization: 50 });
  const design = { nodes: [api, scaler], edges: [{ id: "e", source: "h", target: "api" }] };
  const derived = derivedOf(api, design, place);
  expect(derived.isScaled).toBe(true);
  expect([...derived.overruled]).toEqual(["minReadySeconds"]);
});
