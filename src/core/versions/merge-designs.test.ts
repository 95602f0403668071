import fc from "fast-check";
import { expect, test } from "vitest";
import { arbitraryDesign } from "../../../test/support/arbitrary-design.ts";
import { edgeOf, nodeOf } from "../../../test/support/compile-one.ts";
import type { Design, DesignEdge, DesignNode } from "../../contract/design.ts";
import { compareDesigns } from "./compare-designs.ts";
import { mergeDesigns, type Side } from "./merge-designs.ts";

const design = (nodes: DesignNode[], edges: DesignEdge[] = []): Design => ({ nodes, edges });
const api = (data: object) => nodeOf("api", "deployment", { name: "api", ...data });
const dataOf = (merged: Design, id = "api") => merged.nodes.find((node) => node.id === id)?.data;
const isSame = (a: Design, b: Design) => {
  expect(Object.values(compareDesigns(a, b)).flat()).toEqual([]);
};

test("a side that changed nothing takes the other's drawing as it is", () => {
  fc.assert(
    fc.property(arbitraryDesign(), arbitraryDesign(), (base, changed) => {
      // Generated edges share ids whatever they join; ids of real ones never come back as others.
      const other = { ...changed, edges: changed.edges.map((edge) => ({ ...edge, id: `new-${edge.id}` })) };
      const [theirs, mine] = [mergeDesigns(base, base, other), mergeDesigns(base, other, base)];
      isSame(theirs.design, other);
      isSame(mine.design, other);
      expect([...theirs.conflicts, ...mine.conflicts]).toEqual([]);
      expect(mine.taken).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

test("once all is chosen, both sides end with one drawing, whichever of them merges", () => {
  const side = fc.constantFrom<Side>("mine", "theirs");
  fc.assert(
    fc.property(arbitraryDesign(), arbitraryDesign(), arbitraryDesign(), side, (base, mine, theirs, all) => {
      const withoutEdges = ({ nodes }: Design): Design => ({ nodes, edges: [] });
      const [b, m, t] = [withoutEdges(base), withoutEdges(mine), withoutEdges(theirs)];
      const here = mergeDesigns(b, m, t);
      const chosen = mergeDesigns(b, m, t, new Map(here.conflicts.map(({ key }) => [key, all])));
      expect(chosen.conflicts).toEqual([]);
      const there = mergeDesigns(b, t, m);
      const turned = mergeDesigns(
        b,
        t,
        m,
        new Map(there.conflicts.map(({ key }) => [key, all === "mine" ? "theirs" : "mine"])),
      );
      isSame(chosen.design, turned.design);
    }),
    { numRuns: 60 },
  );
});

test("different fields of one node join, also deep within it", () => {
  const base = design([api({ image: "a:1", resources: { limits: { cpu: "1" } } })]);
  const mine = design([api({ image: "a:2", resources: { limits: { cpu: "1" } } })]);
  const theirs = design([api({ image: "a:1", resources: { limits: { cpu: "1", memory: "1Gi" } } })]);
  const merged = mergeDesigns(base, mine, theirs);
  expect(dataOf(merged.design)).toMatchObject({
    image: "a:2",
    resources: { limits: { cpu: "1", memory: "1Gi" } },
  });
  expect(merged).toMatchObject({ conflicts: [], taken: ["api"] });
});

test("one field changed by both is asked, stands as mine until then, and follows the choice", () => {
  const [base, mine, theirs] = ["a:1", "a:2", "a:3"].map((image) => design([api({ image })]));
  if (!base || !mine || !theirs) throw new Error("Three drawings are needed");
  const asked = mergeDesigns(base, mine, theirs);
  expect(asked.conflicts).toMatchObject([
    { id: "api", of: "node", what: "field", path: "/data/image", base: "a:1", mine: "a:2", theirs: "a:3" },
  ]);
  expect(dataOf(asked.design)?.image).toBe("a:2");
  const key = asked.conflicts[0]?.key ?? "";
  const chosen = mergeDesigns(base, mine, theirs, new Map([[key, "theirs"]]));
  expect([dataOf(chosen.design)?.image, chosen.conflicts]).toEqual(["a:3", []]);
});

test("a node removed there and edited here is asked; one that nobody touched goes", () => {
  const base = design([api({ image: "a:1" }), nodeOf("old", "job")]);
  const mine = design([api({ image: "a:2" }), { ...nodeOf("old", "job"), position: { x: 8, y: 8 } }]);
  const merged = mergeDesigns(base, mine, design([]));
  expect(merged.conflicts).toMatchObject([{ key: "node api", what: "removed-by-them", theirs: undefined }]);
  expect(merged.design.nodes.map(({ id }) => id)).toEqual(["api"]);
  expect(mergeDesigns(base, mine, design([]), new Map([["node api", "theirs"]])).design.nodes).toEqual([]);
});

test("an edge drawn at a node that the other side removed asks about the node", () => {
  const base = design([api({}), nodeOf("door", "service")]);
  const mine = design(base.nodes, [edgeOf("door", "api")]);
  const merged = mergeDesigns(base, mine, design([nodeOf("door", "service")]));
  expect(merged.conflicts).toMatchObject([{ key: "node api" }]);
  expect(
    mergeDesigns(base, mine, design([nodeOf("door", "service")]), new Map([["node api", "theirs"]])).design,
  ).toEqual(design([nodeOf("door", "service")]));
});

test("an edge that both drew is there once, and where nodes lie is never asked", () => {
  const nodes = [api({}), nodeOf("door", "service")];
  const moved = (x: number) => nodes.map((node) => ({ ...node, position: { x, y: 0 } }));
  const mine = design(moved(8), [edgeOf("door", "api", { id: "m" })]);
  const merged = mergeDesigns(design(nodes), mine, design(moved(16), [edgeOf("door", "api", { id: "t" })]));
  expect(merged).toEqual({ design: mine, conflicts: [], taken: ["t"] });
});
