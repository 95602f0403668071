import { expect, test } from "vitest";
import { clusterWord } from "./cluster-word.ts";

const now = Date.parse("2026-01-01T00:10:00Z");
const lastCheck = "2026-01-01T00:07:59Z";

test("of a cluster that was not asked for two minutes nobody knows whether it is there", () => {
  expect(clusterWord({ status: "connected", lastCheck }, now)).toBe("unknown");
  expect(clusterWord({ status: "connected", lastCheck: "2026-01-01T00:08:00Z" }, now)).toBe("connected");
});

test("what was wrong with it stays said, and one that is new is taken as it is", () => {
  expect(clusterWord({ status: "error", lastCheck }, now)).toBe("error");
  expect(clusterWord({ status: "connected" }, now)).toBe("connected");
});
