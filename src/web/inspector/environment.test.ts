import { expect, test } from "vitest";
import { environmentLike, environmentMap, fromKey, referenceOf, sourceOf } from "./environment.ts";

const valueFrom = { secretKeyRef: { name: "s", key: "k", optional: true } };
const list = [
  { name: "A", value: "1" },
  { name: "B", valueFrom },
];

test("variables are edited in one form and kept in the one they had", () => {
  const map = environmentMap(list);
  expect(map).toEqual({ A: "1", B: { valueFrom } });
  expect(environmentLike(list, map)).toEqual(list);
  expect(environmentLike({ A: "1" }, map)).toBe(map);
  expect(environmentMap("nonsense")).toEqual({});
});

test("a variable's source is known, and keeps what else it says", () => {
  expect(["1", 1, { valueFrom }, { valueFrom: { fieldRef: {} } }, {}].map(sourceOf)).toEqual([
    "text",
    "text",
    "secretKeyRef",
    "other",
    "other",
  ]);
  const reference = referenceOf({ value: { valueFrom } });
  expect(fromKey("secretKeyRef", { ...reference, key: "other" })).toEqual({
    valueFrom: { secretKeyRef: { name: "s", key: "other", optional: true } },
  });
});
