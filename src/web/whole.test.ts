import { Type } from "typebox";
import { expect, test } from "vitest";
import { api } from "../contract/api.ts";
import { whole } from "./whole.ts";

test("what pages count on is there, whatever a server left out or sent as null", () => {
  const { result } = api.listWorkflows;
  const sent = { id: "a", status: "marvellous", tags: null, health: null, more: 1 };
  const listed = whole<unknown>(result, { workflows: [sent, null] });
  expect(listed).toMatchObject({
    workflows: [{ id: "a", name: "", status: "marvellous", tags: [], revision: 0, more: 1 }],
    total: 0,
  });
  expect(JSON.stringify(listed)).not.toContain("null");
  expect(whole<unknown>(result, null)).toMatchObject({ workflows: [], total: 0 });
});

test("of several shapes the one that is meant is made whole", () => {
  const evidence = [{ kind: "log", lines: null }, { kind: "dream" }];
  expect(whole<unknown>(api.getRun.result.properties.evidence, evidence)).toMatchObject([
    { kind: "log", lines: [], pod: "" },
    { kind: "dream" },
  ]);
});

test("what is whole stays as it is", () => {
  const schema = Type.Object({
    any: Type.Unknown(),
    by: Type.Record(Type.String(), Type.Array(Type.String())),
    odd: Type.Union([Type.String(), Type.Null()]),
    free: Type.Object({}, { additionalProperties: true }),
  });
  const value = { any: null, by: { a: ["x"] }, odd: null, free: { data: null } };
  expect(whole(schema, structuredClone(value))).toEqual(value);
});
