import { expect, test } from "vitest";
import { awayOf } from "./away-of.ts";

const lastCheck = "2026-01-01T00:10:00Z";
const awaySince = "2026-01-01T00:08:00Z";
const warning = "The cluster cannot be reached";

test("what is shown of a cluster that is away is from when it last answered, however often it was tried since", () => {
  const away = { displayName: "prod", status: "disconnected", awaySince, lastCheck, warning } as const;
  expect(awayOf(away)).toEqual({ name: "prod", since: new Date(awaySince), why: warning });
  expect(awayOf({ displayName: "prod", status: "error", lastCheck })?.since).toEqual(new Date(lastCheck));
});

test("a cluster that answers, and one that nobody has asked yet, is not away", () => {
  expect(awayOf({ displayName: "prod", status: "connected", lastCheck })).toBeUndefined();
  expect(awayOf({ displayName: "prod", status: "unknown" })).toBeUndefined();
});
