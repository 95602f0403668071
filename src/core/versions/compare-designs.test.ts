import fc from "fast-check";
import { expect, test } from "vitest";
import type { Design, DesignEdge, DesignNode } from "../../contract/design.ts";
import { toJsonText } from "../json-text.ts";
import { compareDesigns } from "./compare-designs.ts";
import { compareTexts } from "./compare-texts.ts";

const node = (
  id: string,
  data: Record<string, unknown> = {},
  more: Partial<DesignNode> = {},
): DesignNode => ({
  id,
  type: "deployment",
  position: { x: 0, y: 0 },
  data,
  ...more,
});
const edge = (id: string, source: string, target: string, more: Partial<DesignEdge> = {}): DesignEdge => ({
  id,
  source,
  target,
  ...more,
});
const design = (nodes: DesignNode[], edges: DesignEdge[] = []): Design => ({ nodes, edges });
const none = {
  ...{ added_nodes: [], removed_nodes: [], modified_nodes: [], moved_nodes: [] },
  ...{ added_edges: [], removed_edges: [] },
};
const fieldsOf = (before: Record<string, unknown>, after: Record<string, unknown>) =>
  compareDesigns(design([node("n", before)]), design([node("n", after)])).modified_nodes[0]?.fields;

test("a drawing does not differ from itself, nor from the same in another order of keys, nodes and edges", () => {
  const one = design(
    [node("a", { x: 1, y: { p: 1, q: 2 } }), node("b")],
    [edge("1", "a", "b"), edge("2", "b", "a")],
  );
  const other = design(
    [node("b"), node("a", { y: { q: 2, p: 1 }, x: 1 })],
    [edge("2", "b", "a"), { target: "b", source: "a", id: "1" }],
  );
  expect(compareDesigns(one, structuredClone(one))).toEqual(none);
  expect(compareDesigns(one, other)).toEqual(none);
});

test("nodes that came, went and changed are told in the order of their drawings", () => {
  const before = design([node("gone2"), node("kept", { a: 1 }), node("gone1"), node("b", { n: 1 })]);
  const after = design([node("new2"), node("b", { n: 2 }), node("new1", { c: 3 }), node("kept", { a: 1 })]);
  const diff = compareDesigns(before, after);
  expect(diff.added_nodes).toEqual([
    { node_id: "new2", type: "deployment", new_data: {} },
    { node_id: "new1", type: "deployment", new_data: { c: 3 } },
  ]);
  expect(diff.removed_nodes.map(({ node_id }) => node_id)).toEqual(["gone2", "gone1"]);
  expect(diff.modified_nodes).toEqual([
    {
      ...{ node_id: "b", type: "deployment", old_data: { n: 1 }, new_data: { n: 2 } },
      fields: [{ path: "/n", from: 1, to: 2 }],
    },
  ]);
});

test("fields are told by pointers: what is new has no from, what went has no to, and null is a value", () => {
  expect(fieldsOf({ a: { b: 1, c: 2 }, d: null, e: 0 }, { a: { b: 1, c: 3, f: "x" }, e: null })).toEqual([
    { path: "/a/c", from: 2, to: 3 },
    { path: "/a/f", to: "x" },
    { path: "/e", from: 0, to: null },
    { path: "/d", from: null },
  ]);
});

test("lists are told place by place, and what is no longer of its kind as a whole", () => {
  const before = { ports: [{ port: 80, name: "web" }, { port: 81 }], args: ["a", "b", "c"], env: { A: "1" } };
  const after = { ports: [{ port: 8080, name: "web" }, { port: 81 }, { port: 82 }], args: ["a"], env: ["A"] };
  expect(fieldsOf(before, after)).toEqual([
    { path: "/ports/0/port", from: 80, to: 8080 },
    { path: "/ports/2", to: { port: 82 } },
    { path: "/args/1", from: "b" },
    { path: "/args/2", from: "c" },
    { path: "/env", from: { A: "1" }, to: ["A"] },
  ]);
});

test("keys with / and ~ are escaped, and odd names are names", () => {
  const before = JSON.parse('{"labels":{"a/b":1,"c~d":1,"":1,"__proto__":{"x":1}}}');
  const after = JSON.parse('{"labels":{"a/b":2,"c~d":2,"":2,"__proto__":{"x":2},"constructor":3}}');
  expect(fieldsOf(before, after)?.map(({ path }) => path)).toEqual([
    "/labels/a~1b",
    "/labels/c~0d",
    "/labels/",
    "/labels/__proto__/x",
    "/labels/constructor",
  ]);
});

test("a moved node is moved and not modified; moved and changed it is both", () => {
  const before = design([node("a"), node("b", { n: 1 })]);
  const position = { x: 5, y: 0 };
  const diff = compareDesigns(
    before,
    design([node("a", {}, { position }), node("b", { n: 2 }, { position })]),
  );
  expect(diff.moved_nodes).toEqual([
    { node_id: "a", type: "deployment", from: { x: 0, y: 0 }, to: position },
    { node_id: "b", type: "deployment", from: { x: 0, y: 0 }, to: position },
  ]);
  expect(diff.modified_nodes.map(({ node_id }) => node_id)).toEqual(["b"]);
});

test("another type is a modification without fields, and what a canvas notes for itself is none", () => {
  const before = design([node("a"), node("b", { hasValidationError: true, _status: { state: "error" } })]);
  const diff = compareDesigns(
    before,
    design([node("a", {}, { type: "job" }), node("b", { _secretCreated: true })]),
  );
  expect(diff.modified_nodes).toEqual([
    { node_id: "a", type: "job", old_type: "deployment", old_data: {}, new_data: {}, fields: [] },
  ]);
});

test("an edge with another target is another edge, whatever its id; drawn anew it is the same", () => {
  const before = design([], [edge("e", "a", "b", { targetHandle: null }), edge("f", "a", "c")]);
  const after = design([], [edge("e", "a", "d", { sourceHandle: "out" }), edge("g", "a", "c")]);
  expect(compareDesigns(before, after)).toEqual({
    ...none,
    added_edges: [{ edge_id: "e", source: "a", target: "d", sourceHandle: "out" }],
    removed_edges: [{ edge_id: "e", source: "a", target: "b" }],
  });
});

test("an edge's type, condition and data are what it says; the second of two alike counts", () => {
  const twice = [edge("1", "a", "b"), edge("2", "a", "b")];
  expect(compareDesigns(design([], twice), design([], [edge("3", "a", "b")])).removed_edges).toEqual([
    { edge_id: "2", source: "a", target: "b" },
  ]);
  const said = [{ type: "dependency" }, { condition: "ready" as const }, { data: { condition: "ready" } }];
  for (const more of said) {
    const diff = compareDesigns(design([], [edge("1", "a", "b")]), design([], [edge("1", "a", "b", more)]));
    expect([diff.added_edges.length, diff.removed_edges.length]).toEqual([1, 1]);
  }
});

test("of nodes with one id the first follows the first", () => {
  const before = design([node("n", { at: 1 }), node("n", { at: 2 }), node("n", { at: 3 })]);
  const diff = compareDesigns(before, design([node("n", { at: 1 }), node("n", { at: 4 })]));
  expect(diff.modified_nodes.map(({ fields }) => fields)).toEqual([[{ path: "/at", from: 2, to: 4 }]]);
  expect(diff.removed_nodes.map(({ old_data }) => old_data)).toEqual([{ at: 3 }]);
});

const anyNode = fc.record({
  id: fc.constantFrom("a", "b", 'c"]},{', "d\\"),
  type: fc.constantFrom("deployment", "job"),
  position: fc.record({ x: fc.integer({ min: 0, max: 1 }), y: fc.constant(0) }),
  data: fc.dictionary(fc.string({ maxLength: 2 }), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 2 }),
}) as fc.Arbitrary<DesignNode>;
const anyDesign = fc.record({
  nodes: fc.uniqueArray(anyNode, { selector: ({ id }) => id }),
  edges: fc.array(
    fc.record({ id: fc.string(), source: fc.constantFrom("a", "b"), target: fc.constantFrom("a", "b") }),
  ),
});

test("compared as texts, drawings differ in the same as compared as values", () => {
  fc.assert(
    fc.property(anyDesign, anyDesign, fc.boolean(), (one, other, isMixed) => {
      const [before, after] = [one, isMixed ? { ...other, nodes: one.nodes } : other].map((each) => {
        return JSON.parse(JSON.stringify(each)) as Design;
      });
      if (!before || !after) throw new Error("Two drawings are needed");
      const byText = compareTexts(toJsonText(before), toJsonText(after));
      const byValue = compareDesigns(before, after);
      // Of edges that say the same any may be the one that is left over.
      const said = ({ added_edges, removed_edges, ...nodes }: typeof byText) => ({
        ...nodes,
        added: added_edges.map(({ source, target }) => `${source} ${target}`).toSorted(),
        removed: removed_edges.map(({ source, target }) => `${source} ${target}`).toSorted(),
      });
      expect(said(byText)).toEqual(said(byValue));
    }),
  );
});

test("two drawings of 5,000 nodes that differ in one differ in that alone", () => {
  const nodes = Array.from({ length: 5_000 }, (_, n) => node(`n${n}`, { text: "x".repeat(500), n }));
  const before = toJsonText(design(nodes));
  const after = toJsonText(design(nodes.with(17, node("n17", { n: -1 }))));
  const diff = compareTexts(before, after);
  expect(diff.modified_nodes.map(({ node_id, fields }) => [node_id, fields.map(({ path }) => path)])).toEqual(
    [["n17", ["/n", "/text"]]],
  );
  expect({ ...diff, modified_nodes: [] }).toEqual(none);
});
