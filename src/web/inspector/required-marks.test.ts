import { expect, test } from "vitest";
import type { CanvasProblem } from "../canvas/problems.ts";
import { expectComplete, leaveField, spokenProblems, useRequiredMarks } from "./required-marks.ts";

const problem = (node_id: string, path: string, code: string): CanvasProblem => {
  return { node_id, path, code, message: "", severity: "error" };
};
const spoken = (all: CanvasProblem[]) =>
  spokenProblems(all, useRequiredMarks.getState()).map(({ node_id, path }) => `${node_id}${path}`);

test("a new node is not told what it lacks before somebody has been there, or reviews", () => {
  expectComplete(["old"]);
  const all = [
    problem("old", "/image", "required"),
    problem("new", "/image", "required"),
    problem("new", "/name", "wrong-form"),
    problem("new", "/schedule", "required"),
  ];
  expect(spoken(all)).toEqual(["old/image", "new/name"]);
  leaveField("new", "/image");
  expect(spoken(all)).toEqual(["old/image", "new/image", "new/name"]);
  expectComplete(["old", "new"]);
  expect(spoken(all)).toHaveLength(4);
});
