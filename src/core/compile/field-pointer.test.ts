import { expect, test } from "vitest";
import { pointerOf } from "./field-pointer.ts";

const object = {
  metadata: { annotations: { "a.b/c": "1", "a.b": "2", "a[0]": "3" }, finalizers: ["x/y", "z"] },
  spec: {
    replicas: 1,
    list: [{ a: 1 }, { a: 2 }],
    template: {
      spec: {
        containers: [
          { name: "first", image: "i" },
          {
            name: "we]b",
            image: "j",
            ports: [{ containerPort: 80, protocol: "UDP" }, { containerPort: 80 }],
          },
        ],
      },
    },
  },
};
const containers = "/spec/template/spec/containers";

test.each([
  [".spec.replicas", "/spec/replicas"],
  [".metadata.annotations.a.b/c", "/metadata/annotations/a.b~1c"],
  [".metadata.annotations.a.b", "/metadata/annotations/a.b"],
  [".metadata.annotations.a[0]", "/metadata/annotations/a[0]"],
  ['.metadata.finalizers[="z"]', "/metadata/finalizers/1"],
  [".spec.list[1].a", "/spec/list/1/a"],
  ['.spec.template.spec.containers[name="first"]', `${containers}/0`],
  ['.spec.template.spec.containers[name="we]b"].image', `${containers}/1/image`],
  [
    '.spec.template.spec.containers[name="we]b"].ports[containerPort=80,protocol="TCP"].containerPort',
    `${containers}/1/ports/1/containerPort`,
  ],
  [
    '.spec.template.spec.containers[name="we]b"].ports[containerPort=80,protocol="UDP"]',
    `${containers}/1/ports/0`,
  ],
])("%s is found in the object", (field, pointer) => {
  expect(pointerOf(field, object)).toBe(pointer);
});

test.each([
  ".spec.paused",
  ".spec.repl",
  ".spec.replicas.more",
  '.spec.template.spec.containers[name="none"].image',
  ".spec.list[7]",
  ".spec.list[",
  ".spec.toString",
  "nonsense",
])("%s is not there", (field) => {
  expect(pointerOf(field, object)).toBeUndefined();
});
