import { expect, test } from "vitest";
import { relativeText, timeOf } from "./when-text.ts";

const now = Date.parse("2026-03-01T12:00:00Z");
const second = 1_000;

test.each([
  [3 * second, "now"],
  [-20 * second, "20 seconds ago"],
  [-59.6 * second, "1 minute ago"],
  [-100 * 60 * second, "2 hours ago"],
  [-25 * 3_600 * second, "1 day ago"],
  [3 * 86_400 * second, "in 3 days"],
  [-400 * 86_400 * second, "1 year ago"],
])("%d ms away is %s", (away, text) => {
  expect(relativeText(new Date(now + away), now)).toBe(text);
});

test.each([null, undefined, "", "soon"])("%j is no time", (at) => {
  expect(timeOf(at)).toBeUndefined();
});
