import { expect, test } from "vitest";
import { edgeOf, nodeOf } from "./fixtures.ts";
import { fragmentOf, pasted, readFragment } from "./fragment.ts";
import { emptyGraph, graphOf } from "./graph.ts";

const nodes = [
  nodeOf("a", "deployment", {
    name: "api",
    envFrom: [{ type: "secret", name: "keys", nodeId: "k" }],
    env: { A: { valueFrom: { configMapKeyRef: { name: "settings", key: "A" } } } },
  }),
  nodeOf("s", "service", { name: "api", targetApp: "api", _linkedDeployment: "a" }),
  nodeOf("k", "secret", {
    name: "keys",
    keys: [{ name: "TOKEN", value: "very secret" }],
    stringData: { B: "hidden" },
  }),
  nodeOf("c", "configmap", { name: "settings" }),
];
const edges = [edgeOf("s", "a"), edgeOf("k", "a"), edgeOf("c", "a")];
const graph = graphOf({ nodes, edges });

test("what is copied holds no secret value, and comes back from text", () => {
  const text = JSON.stringify(fragmentOf(graph, new Set(["a", "k"])));
  expect(text).not.toMatch(/very secret|hidden/);
  expect(readFragment(text)?.nodes.length).toBe(2);
  expect([readFragment("kind: Pod"), readFragment("null"), readFragment('{"orrery":1}')]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test("pasted into the same drawing, nodes have new ids and free names, and refer to one another by them", () => {
  const {
    graph: after,
    ids,
    missing,
  } = pasted(graph, fragmentOf(graph, new Set(["a", "s", "k"])), { x: 0, y: 0 });
  expect([after.nodes.size, after.edges.size, missing]).toEqual([7, 6, []]);
  const [api, door, keys] = ids.map((id) => after.nodes.get(id));
  expect(api?.data).toMatchObject({
    name: "api-2",
    envFrom: [{ name: "keys-2", nodeId: keys?.id }],
    env: { A: { valueFrom: { configMapKeyRef: { name: "settings" } } } },
  });
  expect(door?.data).toMatchObject({ targetApp: "api-2", _linkedDeployment: api?.id });
  const places = new Set([...after.nodes.values()].map(({ position }) => `${position.x} ${position.y}`));
  // All of the first lay on one spot, and all that were pasted lie together on another.
  expect(places.size).toBe(2);
});

test("in another drawing what an edge led to is named where it is missing", () => {
  const { graph: after, missing } = pasted(emptyGraph, fragmentOf(graph, new Set(["a", "s"])), {
    x: 0,
    y: 0,
  });
  expect([after.nodes.size, after.edges.size, missing.toSorted()]).toEqual([2, 1, ["keys", "settings"]]);
  expect([...after.nodes.values()].map(({ data }) => data.name)).toEqual(["api", "api"]);
});
