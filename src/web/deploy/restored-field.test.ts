import { expect, test } from "vitest";
import { restoredField, withField } from "./restored-field.ts";

test("one setting becomes what it was, and nothing else is touched", () => {
  const before = { image: "a:1", env: { A: "1", B: "2" }, ports: [{ port: 80 }, { port: 81 }] };
  const now = { image: "a:2", env: { A: "9", C: "3" }, ports: [{ port: 90 }] };
  expect(restoredField(now, before, "/image")).toEqual({ ...now, image: "a:1" });
  expect(restoredField(now, before, "/env/A")).toEqual({ ...now, env: { A: "1", C: "3" } });
  expect(restoredField(now, before, "/env/B")).toEqual({ ...now, env: { A: "9", C: "3", B: "2" } });
  expect(restoredField(now, before, "/env/C")).toEqual({ ...now, env: { A: "9" } });
  expect(restoredField(now, before, "/ports/0/port")).toEqual({ ...now, ports: [{ port: 80 }] });
  expect(restoredField(now, before, "/ports/1")).toEqual({ ...now, ports: [{ port: 90 }, { port: 81 }] });
  expect(restoredField({ list: [1, 2] }, { list: [1] }, "/list/1")).toEqual({ list: [1] });
});

test("a value can be put anywhere, and taken away", () => {
  expect(withField({ a: 1 }, "/b/c", 2)).toEqual({ a: 1, b: { c: 2 } });
  expect(withField({ a: 1, b: { c: 2 } }, "/b/c", undefined)).toEqual({ a: 1, b: {} });
  expect(withField({ a: [{ b: 1 }, { b: 2 }] }, "/a/1/b", 3)).toEqual({ a: [{ b: 1 }, { b: 3 }] });
});
