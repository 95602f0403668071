import { expect, test } from "vitest";
import { footWords } from "./foot-words.ts";
import { lineParts, logSources, timeText } from "./line-parts.ts";

test("what is searched for is marked as it stands in the line", () => {
  expect(lineParts("Error: no ERROR", "error")).toEqual([
    { text: "Error", isHit: true },
    { text: ": no ", isHit: false },
    { text: "ERROR", isHit: true },
  ]);
  expect(lineParts("a.b", "(")).toEqual([{ text: "a.b", isHit: false }]);
  expect(lineParts("", "x")).toEqual([]);
  expect(lineParts("x".repeat(1_000), "x").length).toBeLessThanOrEqual(201);
});

test("a line says which pod it is from, and which container where there are several", () => {
  const line = { pod: "web-7c4f-x2k", container: "main" };
  expect(logSources(["web-7c4f-x2k", "web-7c4f-abc"], ["main"])).toMatchObject({ width: 3 });
  expect(logSources(["web-7c4f-x2k"], ["main", "proxy"]).of(line)).toBe("x2k main");
  expect(logSources(["web-1-x2k", "web-7c4f-x2k"], ["main"]).of(line)).toBe("web-7c4f-x2k");
  expect(logSources([], ["main"]).of(line)).toBeUndefined();
  expect(logSources([], ["main", "proxy"])).toMatchObject({ width: 5 });
});

test("times are those of a clock, to the millisecond", () => {
  expect(timeText("2026-11-27T09:40:01.123456789Z")).toMatch(/^\d\d:\d\d:01\.123$/);
  expect(timeText("never")).toBe("");
  expect(timeText(undefined)).toBe("");
});

test("the foot says how the log stands", () => {
  const log = { lines: 12_408, waiting: 0, isPaused: false, isFollowing: true };
  const words = (reading: Parameters<typeof footWords>[0]["reading"], more = {}) =>
    footWords({ ...log, reading, ...more }).parts.join(" · ");
  expect(words({ word: "connected" })).toBe("connected · 12,408 lines kept · following");
  expect(words({ word: "connected" }, { isPaused: true, waiting: 1 })).toBe(
    "connected · 12,408 lines kept · paused, 1 new line waiting",
  );
  expect(words({ word: "waiting", reason: "The server is restarting" }, { isFollowing: false })).toBe(
    "The server is restarting · trying again · 12,408 lines kept",
  );
  expect(words({ word: "complete" }, { lines: 1 })).toBe("this log has ended · 1 line kept");
  expect(words({ word: "refused", reason: "Resource not found" })).toMatch(/^Resource not found/);
  expect(words({ word: "connecting" })).toBe("connecting");
});
