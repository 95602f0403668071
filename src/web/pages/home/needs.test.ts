import { expect, test } from "vitest";
import { healthCount, type Summary } from "../workflows/summary.ts";
import { needsIn } from "./needs.ts";

const counts = { healthy: 10, progressing: 0, degraded: 0, failing: 2, unknown: 0 };
const failing = { word: "failing", counts } as const;
const workflow = (more: { [field in keyof Summary]?: Summary[field] | undefined }) =>
  ({ id: "w", name: "Shop", status: "published", deployed_version: 3, ...more }) as Summary;

test("what fails comes first, then runs that failed, then clusters that do not answer", () => {
  const run = { id: "r", status: "failed", outcome: "rolled_back" };
  const clusters = [{ name: "prod", status: "error" as const, warning: "connection refused" }];
  const needs = needsIn([workflow({ last_run: run }), workflow({ health: failing })], clusters);
  expect(needs.map(({ sort }) => sort)).toEqual(["health", "run", "cluster"]);
  expect(needs[0]).toMatchObject({ name: "Shop", health: failing });
  expect(needs[1]).toMatchObject({ word: "rolled_back" });
});

test("nobody is called to what is archived, was never deployed, or is being deployed just now", () => {
  const running = { id: "r", status: "running" };
  const quiet = [
    workflow({ health: failing, status: "archived" }),
    workflow({ health: failing, deployed_version: undefined }),
    workflow({ health: failing, last_run: running }),
    workflow({ health: { word: "progressing", counts } }),
  ];
  expect(needsIn(quiet, [])).toEqual([]);
});

test("health is counted in nodes", () => {
  expect(healthCount(failing)).toBe("2 of 12");
  expect(healthCount({ word: "healthy", counts: { ...counts, failing: 0 } })).toBe("10 of 10");
});
