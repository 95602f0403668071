import type { FastifyRequest } from "fastify";
import { Type } from "typebox";
import { expect, test } from "vitest";
import { endpoint } from "../../src/contract/operation.ts";
import { Problem } from "../../src/core/problem.ts";
import { inputReader } from "../../src/server/http/input.ts";

const names = Array.from({ length: 150 }, (_, number) => `field${number}`);

function refusalOf(body: unknown): Problem {
  const operation = endpoint({
    method: "POST",
    path: "/v1/api/forms",
    access: "public",
    summary: "",
    body: Type.Object(Object.fromEntries(names.map((name) => [name, Type.Optional(Type.Integer())]))),
    success: 200,
    result: Type.Unknown(),
  });
  try {
    inputReader(operation)({ params: {}, query: {}, body } as FastifyRequest);
  } catch (error) {
    if (error instanceof Problem) return error;
  }
  throw new Error("Nothing was refused");
}

test("everything wrong with a form is told at once, field by field", () => {
  const wrong = names.slice(0, 40);
  const { kind, message, details } = refusalOf(Object.fromEntries(wrong.map((name) => [name, "1"])));
  expect(kind).toBe("invalid");
  expect(message).toBe("field0 must be integer");
  expect(details).toEqual(wrong.map((name) => ({ path: `/${name}`, message: "must be integer" })));
});

test("a list of mistakes ends where nobody would read on", () => {
  expect(refusalOf(Object.fromEntries(names.map((name) => [name, "1"]))).details).toHaveLength(100);
});

test("a parameter of a query with a sentence of its own is refused in it, the first of several", () => {
  const number = (name: string) => Type.Integer({ minimum: 1, title: `Invalid or missing number ${name}` });
  const operation = endpoint({
    method: "GET",
    path: "/v1/api/forms",
    access: "public",
    summary: "",
    query: Type.Object({ a: number("a"), b: number("b"), limit: Type.Integer({ default: 1 }) }),
    success: 200,
    result: Type.Unknown(),
  });
  const read = (query: object) => () => inputReader(operation)({ params: {}, query } as FastifyRequest);
  expect(read({ a: "1", b: "2" })()).toMatchObject({ query: { a: 1, b: 2, limit: 1 } });
  expect(read({ b: "2" })).toThrow(/^Invalid or missing number a$/);
  expect(read({ a: "x" })).toThrow(/^Invalid or missing number a$/);
  expect(read({ a: "1", b: "0" })).toThrow(/^Invalid or missing number b$/);
  expect(read({ a: "1", b: "2", limit: "x" })).toThrow(/^limit must be integer$/);
});
