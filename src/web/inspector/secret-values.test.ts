import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { forgetSecrets, hasTypedSecrets, typedKeys, typedSecrets, typeSecret } from "./secret-values.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  forgetSecrets();
  vi.useRealTimers();
});

test("values are kept by workflow, node and key, and by nothing less", () => {
  typeSecret("w1", "n1", "A", "one");
  typeSecret("w1", "n2", "A", "two");
  typeSecret("w1", "n1", "B", "");
  expect(typedSecrets("w1")).toEqual({ n1: { A: "one", B: "" }, n2: { A: "two" } });
  expect(typedKeys("w1")).toEqual({ n1: ["A", "B"], n2: ["A"] });
  expect(typedSecrets("w2")).toEqual({});
});

test("another workflow begins with nothing, and leaves nothing behind", () => {
  typeSecret("w1", "n1", "A", "one");
  typeSecret("w2", "n1", "A", "two");
  expect(typedSecrets("w1")).toEqual({});
  expect(typedSecrets("w2")).toEqual({ n1: { A: "two" } });
});

test("what is taken back is gone", () => {
  typeSecret("w1", "n1", "A", "one");
  typeSecret("w1", "n1", "A", undefined);
  expect(typedSecrets("w1")).toEqual({});
  expect(hasTypedSecrets("w1")).toBe(false);
});

test("after half an hour of nothing all of it is forgotten", () => {
  typeSecret("w1", "n1", "A", "one");
  vi.advanceTimersByTime(1_799_000);
  expect(hasTypedSecrets("w1")).toBe(true);
  vi.advanceTimersByTime(1_001);
  expect(hasTypedSecrets("w1")).toBe(false);
});
