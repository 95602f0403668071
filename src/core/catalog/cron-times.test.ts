import { expect, test } from "vitest";
import { nextTimes } from "./cron-times.ts";

const from = new Date("2026-03-01T10:07:30Z"); // A Sunday.
const times = (schedule: string) =>
  nextTimes(schedule, from, 3).map((time) => time.toISOString().slice(0, 16));

test("the next times are those at which Kubernetes would start", () => {
  expect(times("*/15 * * * *")).toEqual(["2026-03-01T10:15", "2026-03-01T10:30", "2026-03-01T10:45"]);
  expect(times("30 6-7 * * mon-fri")).toEqual(["2026-03-02T06:30", "2026-03-02T07:30", "2026-03-03T06:30"]);
  expect(times("@monthly")).toEqual(["2026-04-01T00:00", "2026-05-01T00:00", "2026-06-01T00:00"]);
  expect(times("5/20 10 1 mar ?")).toEqual(["2026-03-01T10:25", "2026-03-01T10:45", "2027-03-01T10:05"]);
});

test("of a date and a weekday either will do", () => {
  expect(times("0 0 15 * mon")).toEqual(["2026-03-02T00:00", "2026-03-09T00:00", "2026-03-15T00:00"]);
});

test("leap days are found, days that never come are not", () => {
  expect(times("0 0 29 2 *")[0]).toBe("2028-02-29T00:00");
  expect(times("0 0 31 2 *")).toEqual([]);
  for (const none of ["@every 5m", "", "* * * *", "61 * * * *"]) expect(times(none)).toEqual([]);
});
