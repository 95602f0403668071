import fc from "fast-check";
import { expect, test } from "vitest";
import { edgeOf, nodeOf } from "./fixtures.ts";
import {
  emptyGraph,
  type Graph,
  graphOf,
  withEdges,
  withNodes,
  withoutEdges,
  withoutNodes,
} from "./graph.ts";
import { createGraphStore } from "./graph-store.ts";
import { mostSteps } from "./history.ts";
import { isSameGraph } from "./same-graph.ts";

const api = nodeOf("api", "deployment", { name: "api" });
const storeOf = (graph: Graph = emptyGraph, lock?: string) =>
  createGraphStore({ workflowId: "w", graph, lock });
const moved = (x: number) => (graph: Graph) => withNodes(graph, [{ ...api, position: { x, y: 0 } }]);

const ids = ["a", "b", "c"];
const gesture = fc.oneof(
  fc.tuple(fc.constant("set"), fc.constantFrom(...ids), fc.nat({ max: 3 })),
  fc.tuple(fc.constant("remove"), fc.constantFrom(...ids), fc.constant(0)),
  fc.tuple(fc.constant("join"), fc.constantFrom(...ids), fc.nat({ max: 2 })),
  fc.tuple(fc.constant("part"), fc.constantFrom(...ids), fc.nat({ max: 2 })),
);

function done([what, id, number]: [string, string, number]) {
  return (graph: Graph): Graph => {
    const to = ids[number] ?? id;
    if (what === "set") return withNodes(graph, [nodeOf(id, "deployment", { number })]);
    if (what === "remove") return withoutNodes(graph, new Set([id]));
    if (what === "part") return withoutEdges(graph, new Set([`${id}-${to}`]));
    return graph.nodes.has(id) && graph.nodes.has(to) ? withEdges(graph, [edgeOf(id, to)]) : graph;
  };
}

test("all that was done is taken back and done again, step by step", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(gesture, fc.boolean()), { maxLength: 40 }), (gestures) => {
      const start = graphOf({ nodes: [api], edges: [] });
      const store = storeOf(start);
      for (const [each, isSquashed] of gestures)
        store.edit({ label: "change", squash: isSquashed ? "one" : undefined }, done(each));
      const end = store.getState().graph;
      while (store.undo());
      expect(isSameGraph(store.getState().graph, start)).toBe(true);
      while (store.redo());
      expect(isSameGraph(store.getState().graph, end)).toBe(true);
    }),
  );
});

test("what belongs to one gesture is one step, and what changes nothing is none", () => {
  const store = storeOf(graphOf({ nodes: [api], edges: [] }));
  for (const x of [8, 16, 24]) store.edit({ label: "move api", squash: "drag" }, moved(x));
  expect(store.edit({ label: "nothing" }, (graph) => graph)).toBe(false);
  expect(store.getState().past.map(({ label }) => label)).toEqual(["move api"]);
  store.edit({ label: "move api", squash: "drag" }, moved(0));
  store.undo();
  expect(store.getState().graph.nodes.get("api")?.position.x).toBe(0);
});

test("a locked drawing takes no edit, no undo and no redo", () => {
  const store = storeOf(graphOf({ nodes: [api], edges: [] }));
  store.edit({ label: "move api" }, moved(8));
  store.setState({ lock: "This workflow is archived." });
  expect([store.edit({ label: "move api" }, moved(16)), store.undo(), store.redo()]).toEqual([
    false,
    undefined,
    undefined,
  ]);
  expect(store.getState().graph.nodes.get("api")?.position.x).toBe(8);
});

test("the oldest steps are forgotten, and what is gone is not selected", () => {
  const store = storeOf(graphOf({ nodes: [api], edges: [] }));
  store.select(["api", "nobody"]);
  expect([...store.getState().selection]).toEqual(["api"]);
  for (let x = 1; x <= mostSteps + 20; x += 1) store.edit({ label: "move api" }, moved(x));
  expect(store.getState().past.length).toBe(mostSteps);
  store.edit({ label: "remove api" }, (graph) => withoutNodes(graph, new Set(["api"])));
  expect(store.getState().selection.size).toBe(0);
});
