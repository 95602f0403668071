import { expect, test } from "vitest";
import { leadsInto, pointerOf, valueAt, withValue } from "./places.ts";

test("a value is set where it belongs, and nothing else becomes another object", () => {
  const data = { a: { b: 1 }, list: [{ x: 1 }, { x: 2 }], kept: { c: 1 } };
  const next = withValue(data, ["list", 1, "x"], 3);
  expect(next).toEqual({ ...data, list: [{ x: 1 }, { x: 3 }] });
  expect(next.kept).toBe(data.kept);
  expect(data.list[1]).toEqual({ x: 2 });
  expect(withValue({}, ["resources", "limits", "cpu"], "1")).toEqual({ resources: { limits: { cpu: "1" } } });
});

test("what is cleared goes, and so does what then holds nothing", () => {
  expect(
    withValue({ resources: { limits: { cpu: "1" } } }, ["resources", "limits", "cpu"], undefined),
  ).toEqual({});
  expect(withValue({ a: { b: 1, c: 2 } }, ["a", "b"], undefined)).toEqual({ a: { c: 2 } });
  expect(withValue({ list: [{ x: 1 }] }, ["list", 0, "x"], undefined)).toEqual({ list: [{}] });
});

test("keys that are also names of objects' own things are just keys", () => {
  expect(valueAt({ a: {} }, ["a", "constructor"])).toBeUndefined();
  expect(withValue({}, ["__proto__"], 1)).toEqual(JSON.parse('{"__proto__":1}'));
});

test("problems are found by the place they lead to, or into", () => {
  expect(pointerOf(["labels", "example.com/part", 0])).toBe("/labels/example.com~1part/0");
  expect(leadsInto("/ports/1/name", ["ports", 1])).toBe(true);
  expect(leadsInto("/ports/10/name", ["ports", 1])).toBe(false);
});
