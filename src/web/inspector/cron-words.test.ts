import { expect, test } from "vitest";
import { cronWords } from "./cron-words.ts";

const now = new Date("2026-03-01T22:30:00Z");

test("the next times are told by the clock of the schedule's zone", () => {
  expect(cronWords("0 23 * * *", undefined, now)?.[0]).toBe("Sun, 1 Mar 2026, 23:00");
  expect(cronWords("0 23 * * *", "Europe/Rome", now)?.[0]).toBe("Mon, 2 Mar 2026, 23:00");
  expect(cronWords("*/20 * * * *", "Asia/Tokyo", now)).toHaveLength(3);
});

test("nothing is told of schedules that are none, and of zones nobody knows", () => {
  expect(cronWords("0 0 * *", undefined, now)).toBeUndefined();
  expect(cronWords("@daily", "Mars/Olympus", now)).toBeUndefined();
});
