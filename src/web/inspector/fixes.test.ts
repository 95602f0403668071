import { expect, test } from "vitest";
import type { DesignEdge, DesignNode } from "../../contract/design.ts";
import { drawingOf, graphOf } from "../canvas/graph.ts";

import { fixOf } from "./fixes.ts";
import { problemsOf } from "./problems-of.ts";

const nodeOf = (id: string, type: string, data: object): DesignNode => {
  return { id, type, position: { x: 0, y: 0 }, data: { name: id, ...data } };
};

/** What a drawing is told, and what is left after taking every way out that is offered. */
function fixed(nodes: DesignNode[], edges: DesignEdge[] = []) {
  let graph = graphOf({ nodes, edges });
  const offers: string[] = [];
  for (
    let problems = problemsOf("w", drawingOf(graph));
    problems.length > 0;
    problems = problemsOf("w", drawingOf(graph))
  ) {
    const fix = problems.map((problem) => fixOf(problem, graph)).find((each) => each !== undefined);
    if (!fix) return { offers, left: problems.map(({ code }) => code) };
    offers.push(fix.label);
    graph = fix.change(graph);
  }
  return { offers, left: [] };
}

test("what is offered puts things right", () => {
  const api = nodeOf("api", "deployment", { image: "i", port: 8080 });
  const joined = [{ id: "e", source: "door", target: "api" }];
  const resources = { requests: { memory: "256Mi" }, limits: { memory: "128Mi" } };
  expect(fixed([nodeOf("a", "deployment", { image: "i", resources })])).toEqual({
    offers: ["Raise the limit to 256Mi"],
    left: [],
  });
  expect(fixed([nodeOf("a", "configmap", { name: "My Settings" })]).offers).toEqual(["Call it my-settings"]);
  expect(fixed([api, nodeOf("door", "service", { targetPort: 9 })], joined).offers).toEqual([
    "Use port 8080",
  ]);
  const twins = ["a", "b"].map((id) => nodeOf(id, "configmap", { name: "same" }));
  expect(fixed(twins)).toEqual({ offers: ["Call it same-2"], left: [] });
  const policy = nodeOf("p", "networkpolicy", { ingressRules: [{ ports: [{ port: 1 }] }] });
  expect(fixed([policy])).toEqual({ offers: ["Rule what comes in"], left: [] });
  const scaler = nodeOf("h", "hpa", { maxReplicas: 3, scaleTargetName: "api" });
  expect(fixed([api, scaler])).toEqual({ offers: ["Scale at 80 % CPU"], left: [] });
  expect(fixed([api], [{ id: "e", source: "api", target: "api" }]).offers).toEqual(["Remove the edge"]);
});

test("what somebody has to think about is not offered", () => {
  expect(fixed([nodeOf("a", "deployment", {})])).toEqual({ offers: [], left: ["required"] });
});
