import fc from "fast-check";
import { expect, test } from "vitest";
import { BoxIndex } from "./box-index.ts";
import { freeSpot, meets } from "./free-spot.ts";
import { type LayoutInput, layOut } from "./layered.ts";

const size = { width: 208, height: 72 };
const box = (id: string, x = 0, y = 0) => ({ id, x, y, ...size });

const arbitraryInput: fc.Arbitrary<LayoutInput> = fc
  .record({
    places: fc.array(fc.tuple(fc.integer({ min: -20, max: 20 }), fc.integer({ min: -20, max: 20 })), {
      minLength: 1,
      maxLength: 25,
    }),
    ends: fc.array(fc.tuple(fc.nat({ max: 24 }), fc.nat({ max: 24 })), { maxLength: 40 }),
    movable: fc.array(fc.boolean(), { minLength: 25, maxLength: 25 }),
  })
  .map(({ places, ends, movable }) => ({
    nodes: places.map(([x, y], index) => box(`n${index}`, x * 40, y * 40)),
    edges: ends.map(([source, target]) => ({ source: `n${source}`, target: `n${target}` })),
    movable: new Set(places.flatMap((_, index) => (movable[index] ? [`n${index}`] : []))),
  }));

function after({ nodes }: LayoutInput, places: ReadonlyMap<string, { x: number; y: number }>) {
  return nodes.map((node) => ({ ...node, ...places.get(node.id) }));
}

test("what is laid out meets nothing, and nothing else is moved", () => {
  fc.assert(
    fc.property(arbitraryInput, (input) => {
      const places = layOut(input);
      expect(new Set(places.keys())).toEqual(input.movable);
      const boxes = after(input, places);
      for (const a of boxes.filter(({ id }) => places.has(id)))
        for (const b of boxes) if (a.id !== b.id) expect(meets(a, b)).toBe(false);
    }),
    { numRuns: 80 },
  );
});

test("the same drawing is laid out the same way, in whatever order it comes", () => {
  fc.assert(
    fc.property(arbitraryInput, (input) => {
      const turned = { ...input, nodes: input.nodes.toReversed(), edges: input.edges.toReversed() };
      expect(new Map([...layOut(turned)].sort())).toEqual(new Map([...layOut(input)].sort()));
    }),
    { numRuns: 50 },
  );
});

test("everything stands on the grid, and edges without a circle run to the right", () => {
  const ids = ["door", "front", "api", "db", "settings"];
  const pairs = ["door front", "front api", "api db", "settings api"];
  const edges = pairs.map((pair) => ({ source: pair.split(" ")[0] ?? "", target: pair.split(" ")[1] ?? "" }));
  const places = layOut({ nodes: ids.map((id) => box(id)), edges, movable: new Set(ids) });
  for (const { x, y } of places.values()) expect([Math.abs(x % 8), Math.abs(y % 8)]).toEqual([0, 0]);
  for (const { source, target } of edges)
    expect((places.get(target)?.x ?? 0) - (places.get(source)?.x ?? 0)).toBe(336);
});

test("a new node stands beside the placed one it is joined to", () => {
  const nodes = [box("api", 800, 400), box("db")];
  const places = layOut({ nodes, edges: [{ source: "api", target: "db" }], movable: new Set(["db"]) });
  expect(places.get("db")).toEqual({ x: 1136, y: 400 });
});

test("5,000 nodes in one chain are laid out", () => {
  const nodes = Array.from({ length: 5_000 }, (_, index) => box(`n${String(index).padStart(4, "0")}`));
  const edges = nodes.slice(1).map(({ id }, index) => ({ source: nodes[index]?.id ?? "", target: id }));
  expect(layOut({ nodes, edges, movable: new Set(nodes.map(({ id }) => id)) }).size).toBe(5_000);
});

test("a free spot is the wanted one where nothing is, else the nearest beside", () => {
  expect(freeSpot({ x: 3, y: 5, ...size }, new BoxIndex())).toEqual({ x: 0, y: 8 });
  const spot = freeSpot({ x: 0, y: 0, ...size }, new BoxIndex([box("a")]));
  expect(meets({ ...spot, ...size }, box("a"), 16)).toBe(false);
  expect(Math.hypot(spot.x, spot.y)).toBeLessThan(150);
});
