import { expect, test } from "vitest";
import type { KubernetesObject } from "../kubernetes-object.ts";
import { isFree, withoutFree } from "./free-fields.ts";

const object = (spec: object): KubernetesObject => ({
  apiVersion: "v1",
  kind: "Thing",
  metadata: { name: "web" },
  spec: spec as Record<string, unknown>,
});

test("fields that may be anything go, with what they alone filled", () => {
  const whole = object({ replicas: 1, template: { annotations: { "a/b": "1" } }, list: [{ a: 1, b: 2 }] });
  const free = ["/spec/replicas", "/spec/template/annotations/a~1b", "/spec/list/0/a", "/spec/none/a", "/x"];
  expect(withoutFree(whole, free)).toEqual(object({ list: [{ b: 2 }] }));
  expect(withoutFree(whole, [])).toBe(whole);
});

test("an item of a list stays where it is, so that those after it do", () => {
  const whole = object({ list: [{ a: 1 }, { b: 2 }] });
  expect(withoutFree(whole, ["/spec/list/0", "/spec/list/7"])).toEqual(whole);
  expect(withoutFree(whole, ["/spec/list/0/a"])).toEqual(object({ list: [{}, { b: 2 }] }));
});

test("a field is free with all that is in it, and with nothing beside it", () => {
  const free = ["/spec/list/1"];
  expect(["/spec/list/1", "/spec/list/1/a"].every((path) => isFree(path, free))).toBe(true);
  expect(["/spec/list/10", "/spec/list", "/spec/list/0"].some((path) => isFree(path, free))).toBe(false);
});
