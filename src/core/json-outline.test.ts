import fc from "fast-check";
import { expect, test } from "vitest";
import { outlineOf } from "./json-outline.ts";

const slices = (text: string, name: string) =>
  outlineOf(text)
    .arrays.get(name)
    ?.map(({ start, end }) => text.slice(start, end));

test("elements of the outermost lists are found, whatever is in them", () => {
  const element = fc.oneof(fc.dictionary(fc.string(), fc.jsonValue()), fc.array(fc.jsonValue()));
  const document = fc.record({ nodes: fc.array(element), other: fc.jsonValue(), edges: fc.array(element) });
  fc.assert(
    fc.property(document, (value) => {
      const text = JSON.stringify(value);
      expect(slices(text, "nodes")).toEqual(value.nodes.map((each) => JSON.stringify(each)));
      expect(slices(text, "edges")).toEqual(value.edges.map((each) => JSON.stringify(each)));
      expect(outlineOf(text).isPlain).toBe(true);
    }),
  );
});

test("the depth is that of the deepest value", () => {
  const depthOf = (value: unknown): number =>
    typeof value === "object" && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0;
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(outlineOf(JSON.stringify(value)).depth).toBe(depthOf(value));
    }),
  );
});

test("members are counted as they are written, twice where they are there twice", () => {
  const [place] = outlineOf('{"nodes":[{"a":[1,2],"b":"x,y","a":{"c":1,"d":2}}]}').arrays.get("nodes") ?? [];
  expect(place?.members).toBe(3);
});

test("of two lists with one name the last counts, as it does for whoever parses", () => {
  expect(slices('{"nodes":[{"a":1}],"nodes":[{"b":2}]}', "nodes")).toEqual(['{"b":2}']);
});

test.each(['{ "nodes":[]}', '{"nodes":[\n]}', '{"n\\u006fdes":[{"a":1}]}'])("%s is not plain", (text) => {
  expect(outlineOf(text).isPlain).toBe(false);
});

test.each([
  ["1e5", true],
  ["[1.5E+300]", true],
  ['{"a":1,"b":true,"c":"1e5","1e5":null}', false],
])("that %s has exponents is %s", (text, has) => {
  expect(outlineOf(text).hasExponents).toBe(has);
});
