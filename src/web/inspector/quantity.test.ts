import { expect, test } from "vitest";
import { partsOf } from "./quantity.ts";

test("amounts are taken apart into a number and a unit, unless they are written in other ways", () => {
  expect(partsOf("128Mi")).toEqual({ number: "128", unit: "Mi" });
  expect(partsOf(2)).toEqual({ number: "2", unit: "" });
  expect(partsOf("1.5G")).toEqual({ number: "1.5", unit: "G" });
  expect(partsOf(undefined)).toEqual({ number: "", unit: "" });
  for (const other of ["1e3", "5n", "lots"]) expect(partsOf(other)).toBeUndefined();
});
