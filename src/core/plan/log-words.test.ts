import { expect, test } from "vitest";
import type { RunResult } from "../../contract/runs.ts";
import { isTakingBack, levelOf, readLeft, sayLeft, sayTakingBack } from "./log-words.ts";

const states: RunResult[number]["state"][] = ["restored", "removed", "new", "kept", "missing", "unknown"];

test("what is said of an object taken back can be read again, with a reason and without", () => {
  const key = "rbac.authorization.k8s.io/ClusterRole//system:web";
  for (const state of states) {
    expect(readLeft(sayLeft({ key, state }))).toEqual({ key, state });
    expect(readLeft(sayLeft({ key, state, reason: "Claims: never" }))).toEqual({ key, state });
  }
});

test("other lines are no such thing", () => {
  expect(readLeft("Applying /Service/shop/web")).toBeUndefined();
  expect(readLeft("“web” is ready: Exists")).toBeUndefined();
  expect(readLeft("Keptnothing")).toBeUndefined();
});

test("the moment a run turns round is told apart", () => {
  expect(isTakingBack(sayTakingBack("“api” failed"))).toBe(true);
  expect(isTakingBack("Applying /Service/shop/web")).toBe(false);
});

test("lines are as grave as what they say", () => {
  expect(levelOf("“api” failed: no such image")).toBe("error");
  expect(levelOf("The run failed: late")).toBe("error");
  expect(levelOf("Could not delete /Service/a/b: no")).toBe("error");
  expect(levelOf("Warning: the tag is not pinned")).toBe("warning");
  expect(levelOf("The run was cancelled")).toBe("warning");
  expect(levelOf("“api” is ready: “worker” failed: once")).toBe("info");
});
