import { expect, test } from "vitest";
import { isAtLeast, levelOf } from "./level.ts";

test.each([
  ['{"level":"error","msg":"no"}', "error"],
  ['{"level":50,"msg":"no"}', "error"],
  ['{"time":"2026-11-27T09:00:00Z","severity":"WARNING","message":"late"}', "warning"],
  ["ts=2026-11-27 level=debug msg=hello", "debug"],
  ["E1127 09:40:12.123456       1 main.go:3] lost", "error"],
  ["W1127 09:40:12.123456       1 main.go:3] slow", "warning"],
  ["2026/11/27 09:40:12 [warn] 7#7: upstream", "warning"],
  ["2026-11-27 09:40:12,123 INFO  order 8812 accepted", "info"],
  ["ERROR heap limit reached", "error"],
  ["error: connect ECONNREFUSED", "error"],
  ["panic: runtime error", "error"],
  ["Traceback (most recent call last):", "error"],
  ["finished without any error", undefined],
  ["line 12 of main", undefined],
  ["GET /information 200", undefined],
  ["", undefined],
])("%s is of the level it says", (text, level) => {
  expect(levelOf(text)).toBe(level);
});

test("a stack trace is as serious as the line it belongs to", () => {
  expect(levelOf("    at main (index.js:3:1)", "error")).toBe("error");
  expect(levelOf("Caused by: java.io.IOException", "warning")).toBe("warning");
  expect(levelOf("next", "error")).toBeUndefined();
});

test("what does not say its level counts as information", () => {
  expect(isAtLeast(undefined, undefined)).toBe(true);
  expect(isAtLeast(undefined, "info")).toBe(true);
  expect(isAtLeast(undefined, "warning")).toBe(false);
  expect(isAtLeast("debug", "info")).toBe(false);
  expect(isAtLeast("error", "warning")).toBe(true);
});
