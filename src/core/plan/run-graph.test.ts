import { expect, test } from "vitest";
import { type GraphNode, nextSteps, type Progress, sayWait } from "./run-graph.ts";

const job: GraphNode = { node_id: "job", after: [] };
const api: GraphNode = { node_id: "api", after: [{ node_id: "job", condition: "completed" }] };
const web: GraphNode = { node_id: "web", after: [{ node_id: "api", condition: "ready" }] };
const config: GraphNode = { node_id: "config", after: [] };
const reader: GraphNode = { node_id: "reader", after: [{ node_id: "config", condition: "exists" }] };
const all = [job, api, web, config, reader];

const stepsAt = (progress: Record<string, Progress>) =>
  nextSteps(all, (node_id) => progress[node_id] ?? "waiting");

test("what waits for nothing starts at once, together", () => {
  const { start, waits } = stepsAt({});
  expect(start).toEqual(["job", "config"]);
  expect([...waits.keys()]).toEqual(["api", "web", "reader"]);
});

test("existing is enough for some, others wait until it is seen to work", () => {
  expect(stepsAt({ job: "applied", config: "applied" }).start).toEqual(["reader"]);
  expect(stepsAt({ job: "ready", config: "ready", reader: "ready" }).start).toEqual(["api"]);
});

test("a failure skips what leans on it, and leaves the rest alone", () => {
  const { skip, start } = stepsAt({ job: "failed" });
  expect(skip).toEqual([{ node_id: "api", because: ["job"] }]);
  expect(start).toEqual(["config"]);
  expect(stepsAt({ job: "failed", api: "skipped" }).skip).toEqual([{ node_id: "web", because: ["api"] }]);
});

test("a wait is said in words", () => {
  expect(sayWait({ node_id: "job", condition: "completed" }, (id) => `“${id}”`)).toBe(
    "Waiting for “job” to complete",
  );
});
