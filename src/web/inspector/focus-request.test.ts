import { expect, test } from "vitest";
import type { CanvasProblem } from "../canvas/problems.ts";
import { problemAfter } from "./focus-request.ts";

const all = ["/a", "/b", "/c"].map((path): CanvasProblem => {
  return { node_id: "n", path, message: "", severity: "error" };
});
const edge: CanvasProblem = { path: "/edges/0", message: "", severity: "error" };

test("problems are walked in both directions, round and round", () => {
  const walk = (from: string | undefined, step: 1 | -1) =>
    problemAfter([...all, edge], from === undefined ? undefined : { nodeId: "n", path: from }, step)?.path;
  expect([walk(undefined, 1), walk("/a", 1), walk("/c", 1)]).toEqual(["/a", "/b", "/a"]);
  expect([walk(undefined, -1), walk("/a", -1), walk("/gone", 1)]).toEqual(["/c", "/c", "/a"]);
  expect(problemAfter([], undefined, 1)).toBeUndefined();
});
