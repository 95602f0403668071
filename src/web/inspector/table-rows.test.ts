import { expect, test } from "vitest";
import { isRepeated, mapOf, rowsAfter, withPasted } from "./table-rows.ts";

test("a row without a name is kept on screen and says nothing", () => {
  const rows = [
    { key: "A", value: "1" },
    { key: "", value: "2" },
  ];
  expect(mapOf(rows)).toEqual({ A: "1" });
  expect(rowsAfter(rows, { A: "1" })).toBe(rows);
  expect(rowsAfter(rows, { A: "2" })).toEqual([{ key: "A", value: "2" }]);
});

test("of two rows of one name the first counts, and the second is known to be one too many", () => {
  const rows = ["x", "y"].map((value) => ({ key: "A", value }));
  expect(mapOf(rows)).toEqual({ A: "x" });
  expect([0, 1].map((index) => isRepeated(rows, index))).toEqual([false, true]);
});

test("pasted variables change those there are and add the others", () => {
  const rows = [
    { key: "A", value: "1" },
    { key: "", value: "" },
  ];
  expect(
    withPasted(rows, [
      ["B", "2"],
      ["A", "3"],
    ]),
  ).toEqual([
    { key: "A", value: "3" },
    { key: "B", value: "2" },
  ]);
});
