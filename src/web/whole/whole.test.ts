import { Type } from "typebox";
import { expect, test } from "vitest";
import { shapeOf, shapes } from "./shapes.ts";
import { whole } from "./whole.ts";

test("what pages count on is there, whatever a server sent as null", () => {
  const sent = { id: "a", status: "marvellous", tags: null, health: null, more: 1, name: null };
  const listed = whole(shapes["GET /v1/api/workflows"], { workflows: [sent, null] });
  expect(listed).toMatchObject({
    workflows: [{ id: "a", name: "", status: "marvellous", tags: [], revision: 0, more: 1 }],
    total: 0,
  });
  expect(JSON.stringify(listed)).not.toContain("null");
  expect(whole(shapes["GET /v1/api/workflows"], null)).toMatchObject({ workflows: [], total: 0 });
});

test("of several shapes the one that is meant is made whole", () => {
  const evidence = [
    { kind: "log", lines: null },
    { kind: "dream", lines: null },
  ];
  const run = whole(shapes["GET /v1/api/workflows/:id/runs/:runId"], { evidence });
  expect(run).toMatchObject({
    evidence: [
      { kind: "log", lines: [], pod: "" },
      { kind: "dream", lines: null },
    ],
  });
});

test("what is whole stays as it is", () => {
  const schema = Type.Object({
    any: Type.Unknown(),
    by: Type.Record(Type.String(), Type.Array(Type.String())),
    odd: Type.Union([Type.String(), Type.Null()]),
    free: Type.Object({}, { additionalProperties: true }),
    maybe: Type.Optional(Type.Unknown()),
  });
  const value = { any: null, by: { a: ["x"] }, odd: null, free: { data: null }, maybe: null };
  expect(whole(shapeOf(schema), structuredClone(value))).toEqual(value);
});
