import { expect, test } from "vitest";
import { type LiveEvent, squash } from "./events.ts";

const node = (node_id: string, state: "healthy" | "pending"): LiveEvent => ({
  name: "node.status",
  data: { workflow_id: "w", node_id, status: { state, message: "" } },
});

test("of several states of one thing the last is kept, in the order in which they came", () => {
  const events = [node("a", "pending"), node("b", "pending"), node("a", "healthy")];
  expect(squash(events)).toEqual([node("b", "pending"), node("a", "healthy")]);
});

test("lines of a log are kept one and all", () => {
  const line = (seq: number): LiveEvent => ({
    name: "run.log",
    data: { run_id: "r", seq, at: "2026-01-01T00:00:00Z", level: "info", text: "same" },
  });
  expect(squash([line(1), line(2)])).toEqual([line(1), line(2)]);
});

test("what says only what has changed is added up", () => {
  const change = (data: object): LiveEvent => ({
    name: "cluster.status",
    data: { id: "c", name: "prod", ...data },
  });
  const all = squash([change({ status: "error" }), change({ version: "1.36" })]);
  expect(all).toEqual([change({ status: "error", version: "1.36" })]);
});
