import { expect, test } from "vitest";
import { faultsIn } from "../../../test/support/compile-one.ts";
import { amountOf } from "./amounts.ts";

test("quantities are compared by what they come to", () => {
  const equal: [string | number, number][] = [
    ["500m", 0.5],
    [2, 2],
    ["0", 0],
    ["1Ki", 1_024],
    ["1.5Gi", 1.5 * 1024 ** 3],
    ["1e3", 1_000],
    ["1E", 1e18],
    ["128M", 128e6],
    [".5", 0.5],
    ["+1k", 1_000],
    ["100n", 1e-7],
  ];
  for (const [text, amount] of equal) expect(amountOf(text)).toBeCloseTo(amount, 9);
  for (const text of ["", "Ki", "1KI", "x"]) expect(amountOf(text)).toBeUndefined();
});

test("a request above its limit is a fault, whatever the spelling", () => {
  const resources = {
    requests: { cpu: "1100m", memory: "1Gi", "ephemeral-storage": 5 },
    limits: { cpu: 1, memory: "1073741824" },
  };
  expect(faultsIn("deployment", { image: "i", resources })).toEqual([
    "/resources/requests/cpu request-over-limit",
  ]);
});

test("a resource that nobody knows is a fault", () => {
  const limits = { "nvidia.com/gpu": 1, "hugepages-2Mi": "2Mi", gpu: 1 };
  expect(faultsIn("job", { image: "i", resources: { limits } })).toEqual([
    "/resources/limits/gpu wrong-form",
  ]);
});
