import { expect, test } from "vitest";
import { api } from "../../src/contract/api.ts";
import type { Operation } from "../../src/contract/operation.ts";
import { pending, reference } from "../support/reference.ts";

const prefix = "/v1/api";
const offered = new Set(
  Object.values<Operation>(api).map((operation) => {
    const method = operation.type === "endpoint" ? operation.method : "GET";
    return `${method} ${operation.path.slice(prefix.length)}`;
  }),
);

test("the reference has 84 endpoints, each of its own", () => {
  expect(new Set(reference.map(([method, path]) => `${method} ${path}`)).size).toBe(84);
});

test.each(reference)(
  "%s %s (%s) is offered as the reference has it, or known to be pending",
  (method, path) => {
    const endpoint = `${method} ${path}`;
    expect(offered.has(endpoint)).toBe(!pending.has(endpoint));
  },
);

test("nothing is pending that the reference does not have", () => {
  const known = new Set<string>(reference.map(([method, path]) => `${method} ${path}`));
  expect([...pending].filter((endpoint) => !known.has(endpoint))).toEqual([]);
});
