import { expect, test } from "vitest";
import { fieldName, isConfigurationMark, secretText, valueText } from "./field-words.ts";

test("fields are named without what is around all of their kind", () => {
  expect(fieldName("/spec/template/spec/containers/0/image")).toBe("containers[0].image");
  expect(fieldName("/spec/jobTemplate/spec/template/spec/containers/0/image")).toBe("containers[0].image");
  expect(fieldName("/spec/replicas")).toBe("replicas");
  expect(fieldName("/data/COLOR")).toBe("data.COLOR");
  expect(fieldName("/spec/template/metadata/annotations/a.b~1c")).toBe("metadata.annotations[a.b/c]");
  expect(fieldName("")).toBe("all of it");
});

test("what stands for a pod's configuration is told apart", () => {
  expect(isConfigurationMark("/spec/template/metadata/annotations/orrery.dev~1configuration")).toBe(true);
  expect(isConfigurationMark("/metadata/annotations/a")).toBe(false);
});

test("values stand on one line, and an empty text can be seen", () => {
  expect(valueText("a b")).toBe("a b");
  expect(valueText("")).toBe("“”");
  expect(valueText(0)).toBe("0");
  expect(valueText(null)).toBe("null");
  expect(valueText({ memory: "1Gi" })).toBe('{"memory":"1Gi"}');
  expect(valueText(undefined)).toBe("");
});

test("of a secret it is only said that it changed", () => {
  expect(secretText({ to: "x" })).toBe("new value");
  expect(secretText({ from: "x", to: "y" })).toBe("value changed");
  expect(secretText({ from: "x" })).toBe("value removed");
});
