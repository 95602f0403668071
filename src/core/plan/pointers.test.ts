import { expect, test } from "vitest";
import { pointerOfField, valueAt } from "./pointers.ts";

const object = {
  metadata: {
    labels: { app: "web", "app.kubernetes.io/name": "x" },
    finalizers: ["a/b", "x"],
  },
  data: { a: "1", "a.b": "2", "a.b.c": "3", "d[0].e": "4", "~f/g": "5" },
  spec: {
    ports: [
      { port: 80, protocol: "UDP", nodePort: 1 },
      { port: 80, nodePort: 2 },
    ],
    nested: { a: { b: { z: 1 } }, "a.b": { c: 2 } },
    template: { spec: { containers: [{ name: "a]b,c" }, { name: "web", image: "nginx" }] } },
  },
};

test.each([
  ['.spec.template.spec.containers[name="web"].image', "/spec/template/spec/containers/1/image"],
  ["spec.template.spec.containers[1].image", "/spec/template/spec/containers/1/image"],
  ['.spec.template.spec.containers[name="a]b,c"]', "/spec/template/spec/containers/0"],
  ['.spec.ports[port=80,protocol="TCP"].nodePort', "/spec/ports/1/nodePort"],
  ['.spec.ports[port=80,protocol="UDP"].nodePort', "/spec/ports/0/nodePort"],
  [".metadata.labels.app", "/metadata/labels/app"],
  [".metadata.labels.app.kubernetes.io/name", "/metadata/labels/app.kubernetes.io~1name"],
  ["metadata.labels[app.kubernetes.io/name]", "/metadata/labels/app.kubernetes.io~1name"],
  ['.metadata.finalizers[="x"]', "/metadata/finalizers/1"],
  [".data.a", "/data/a"],
  [".data.a.b", "/data/a.b"],
  [".data.a.b.c", "/data/a.b.c"],
  [".data.d[0].e", "/data/d[0].e"],
  [".data.~f/g", "/data/~0f~1g"],
  [".spec.nested.a.b.c", "/spec/nested/a.b/c"],
  [".spec.nested.a.b.z", "/spec/nested/a/b/z"],
])("%s is at %s", (path, pointer) => {
  expect(pointerOfField(object, path)).toBe(pointer);
  expect(valueAt(object, pointer)).toBeDefined();
});

test.each([
  ".spec.replicas",
  ".data.a.b.c.d",
  '.spec.template.spec.containers[name="other"].image',
  '.spec.ports[port=81,protocol="TCP"]',
  '.metadata.finalizers[="y"]',
  ".spec.ports[7]",
  ".spec.ports[",
  ".constructor",
  "..",
])("%s is not in it", (path) => {
  expect(pointerOfField(object, path)).toBeUndefined();
});

test("what is not there has no value, and nothing is inherited", () => {
  expect(valueAt(object, "")).toBe(object);
  expect(valueAt(object, "/spec/ports/01")).toBeUndefined();
  expect(valueAt(object, "/spec/ports/length")).toBeUndefined();
  expect(valueAt(object, "/toString")).toBeUndefined();
  expect(valueAt(object, "/data/a/b")).toBeUndefined();
});
