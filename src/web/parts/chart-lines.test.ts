import { expect, test } from "vitest";
import { stretches } from "./chart-lines.ts";

const box = { width: 100, height: 10, top: 10, gap: 60 };

test("a line goes from the first time to the last, along first and then up with the value", () => {
  const points = [
    { at: 0, value: 0 },
    { at: 50, value: 5 },
    { at: 100, value: 10 },
  ];
  expect(stretches(points, box)).toEqual(["M0,10H50V5H100V0"]);
});

test("what is not known is a gap, and so is a long silence", () => {
  const points = [
    { at: 0, value: 1 },
    { at: 20, value: 1 },
    { at: 40, value: undefined },
    { at: 60, value: 1 },
    { at: 80, value: 1 },
    { at: 200, value: 1 },
  ];
  const drawn = stretches(points, box);
  expect(drawn).toEqual(["M0,9H10V9", "M30,9H40V9", "M99,9h2"]);
});

test("no points draw nothing, and values of nothing lie at the bottom", () => {
  expect(stretches([], box)).toEqual([]);
  expect(stretches([{ at: 0, value: 0 }], { ...box, top: 0 })).toEqual(["M-1,10h2"]);
});
