import { expect, test } from "vitest";
import { stepsDone } from "./progress.ts";

test("what there is tells how far somebody has come, in whatever order they went", () => {
  expect(stepsDone({ clusters: 0, workflows: 0, isDeployed: false })).toEqual([false, false, false]);
  expect(stepsDone({ clusters: 0, workflows: 2, isDeployed: false })).toEqual([false, true, false]);
  expect(stepsDone({ clusters: 1, workflows: 1, isDeployed: true })).toEqual([true, true, true]);
});
