import fc from "fast-check";
import { expect, test } from "vitest";
import { outlineOf } from "../../core/json-outline.ts";
import { nodesText, toDrawing } from "./workflows-drawing.ts";

const word = fc.constantFrom("service", "deployment", "name", " padded ", '"quoted"', "é\u2028", "__proto__");
const data = fc.dictionary(
  fc.constantFrom("name", "image", "namespace", "_status", "_secretCreated", "__proto__", "note", ""),
  fc.oneof(word, fc.jsonValue({ maxDepth: 2 })),
);
const members = { id: word, type: word, position: fc.record({ x: fc.double(), y: fc.integer() }), data };
const extras = { selected: fc.boolean(), width: fc.integer(), label: word };
/** The members come in any order. */
const shuffled = (record: fc.Arbitrary<object>) =>
  fc
    .tuple(record, fc.nat())
    .map(([value, turn]) => Object.fromEntries(rotated(Object.entries(value), turn)) as object);
const rotated = <T>(list: T[], turn: number) => {
  const at = list.length === 0 ? 0 : turn % list.length;
  return [...list.slice(at), ...list.slice(0, at)];
};
const node = shuffled(
  fc.record({ ...members, ...extras }, { requiredKeys: ["id", "type", "position", "data"] }),
);
const edge = shuffled(
  fc.record(
    { id: word, source: word, target: word, ...extras },
    { requiredKeys: ["id", "source", "target"] },
  ),
);

test("what is taken from the text is what would have been written", () => {
  const spaces = fc.constantFrom(undefined, 1);
  fc.assert(
    fc.property(fc.array(node), fc.array(edge), spaces, (nodes, edges, indent) => {
      const text = JSON.stringify({ nodes, edges }, null, indent);
      const given = JSON.parse(text);
      const [taken, written] = [toDrawing(given, { text, outline: outlineOf(text) }), toDrawing(given)];
      expect(values(taken)).toEqual(values(written));
    }),
  );
});

test("a status goes into the data of a node that was taken as it came", () => {
  const text =
    '{"nodes":[{"id":"a","type":"service","position":{"x":1.0,"y":2},"data":{"name":"web"}}],"edges":[]}';
  const { nodes = [] } = toDrawing(JSON.parse(text), { text, outline: outlineOf(text) });
  const status = '{"state":"healthy","message":""}' as never;
  expect(JSON.parse(nodesText(nodes, new Map([["a", status]])))[0].data).toEqual({
    name: "web",
    _status: { state: "healthy", message: "" },
  });
  expect(nodes[0]?.text).toContain('"x":1.0');
});

test("a node whose members are there twice is written anew", () => {
  const text =
    '{"nodes":[{"id":"a","type":"service","data":{},"position":{"x":1,"y":2},"data":{"name":"web"}}],"edges":[]}';
  const { nodes = [] } = toDrawing(JSON.parse(text), { text, outline: outlineOf(text) });
  expect(nodes[0]?.text).toBe('{"id":"a","type":"service","position":{"x":1,"y":2},"data":{"name":"web"}}');
});

function values({ nodes = [], edges = "[]" }: ReturnType<typeof toDrawing>) {
  return { nodes: JSON.parse(nodesText(nodes, new Map())), edges: JSON.parse(edges) };
}
