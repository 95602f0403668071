import { expect, test } from "vitest";
import { ClusterStatus } from "../../contract/clusters.ts";
import { NodeStatus } from "../../contract/health.ts";
import { Plan } from "../../contract/plan.ts";
import { ResourceStatus } from "../../contract/resources.ts";
import { NodeRunState, Outcome, RunStatus } from "../../contract/runs.ts";
import { type StatusOf, statusLook } from "./status.ts";

const action = Plan.properties.nodes.items.properties.action;

test.each<[StatusOf, readonly string[]]>([
  ["health", NodeStatus.properties.state.enum],
  ["resource", ResourceStatus.enum],
  ["cluster", ClusterStatus.enum],
  ["run", [...RunStatus.enum, ...Outcome.enum]],
  ["runNode", NodeRunState.enum],
  ["plan", action.enum],
])("every word the server has for %s has one on screen", (of, words) => {
  for (const word of words) {
    const look = statusLook(word, of);
    expect(look.word, word).not.toContain("(");
    expect(look.icon, word).toBeTruthy();
  }
});

test("the same word means what it is said of", () => {
  expect(statusLook("running")).toMatchObject({ word: "Running", tone: "busy" });
  expect(statusLook("running", "resource")).toMatchObject({ word: "Healthy", tone: "ok" });
  expect(statusLook("running", "run")).toMatchObject({ word: "Deploying", tone: "busy" });
});

test.each(["brand-new", "constructor", "__proto__"])(
  "%s, which nobody knows, is shown and is not green",
  (word) => {
    expect(statusLook(word)).toMatchObject({ word: `Unknown (${word})`, tone: "stale" });
  },
);

test.each([null, undefined, ""])("%j is unknown", (word) => {
  expect(statusLook(word)).toMatchObject({ word: "Unknown", tone: "stale" });
});
