import { expect, test } from "vitest";
import { type Summary, stateOf } from "./summary.ts";

const state = (more: object) => stateOf({ id: "w", name: "Shop", status: "published", ...more } as Summary);

test("a workflow is said to be deployed, taken away or archived while it is, and not before", () => {
  const running = (intent: string) => ({ last_run: { id: "r", intent, status: "running" } });
  expect(state(running("deploy"))).toBe("deploying");
  expect(state({ ...running("undeploy"), status: "archived", deployed_version: 3 })).toBe("taking_away");
  expect(state({ status: "archived", last_run: { id: "r", status: "completed" } })).toBe("archived");
  expect(state({ deployed_version: 3, last_run: { id: "r", status: "failed" } })).toBe("attention");
  expect(state({ deployed_version: 3 })).toBe("deployed");
  expect(state({ status: "draft" })).toBe("draft");
});
