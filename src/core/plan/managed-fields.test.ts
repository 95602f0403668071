import { expect, test } from "vitest";
import type { KubernetesObject } from "../kubernetes-object.ts";
import { isTakenWhole, managedFieldsOf, otherOwnerAt, ownedBy, ownersAt } from "./managed-fields.ts";

const apply = (fieldsV1: object, more: object = {}) => ({
  manager: "orrery",
  operation: "Apply",
  apiVersion: "apps/v1",
  time: "2026-01-01T00:00:00Z",
  fieldsType: "FieldsV1",
  fieldsV1,
  ...more,
});
const update = (fieldsV1: object, more: object = {}) =>
  apply(fieldsV1, { manager: "kubectl-edit", operation: "Update", time: "2026-01-02T00:00:00Z", ...more });

const web = 'k:{"name":"web"}';
const tcp = 'k:{"containerPort":80,"protocol":"TCP"}';
const inPod = (fields: object) => ({ "f:spec": { "f:template": { "f:spec": fields } } });

function deployment(managedFields: object[], pod: object = {}, spec: object = {}): KubernetesObject {
  const metadata = {
    name: "web",
    namespace: "shop",
    uid: "1",
    resourceVersion: "9",
    labels: { app: "web", "a.b/c~d": "x", theirs: "y" },
    finalizers: ["one", "two"],
    managedFields,
  };
  const containers = [
    { name: "side", image: "side:1", imagePullPolicy: "Always" },
    {
      name: "web",
      image: "nginx:1",
      args: ["a", "b"],
      ports: [{ containerPort: 80, protocol: "TCP" }, { containerPort: 81 }],
      env: [
        { name: "B", value: "2" },
        { name: "A", value: "1" },
      ],
    },
  ];
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata,
    spec: { replicas: 3, template: { spec: { containers, restartPolicy: "Always", ...pod } }, ...spec },
    status: { replicas: 3 },
  };
}

const image = "/spec/template/spec/containers/1/image";

test("entries are read as they are, and an object without any has none", () => {
  const scale = update({ "f:spec": { "f:replicas": {} } }, { subresource: "scale" });
  expect(managedFieldsOf(deployment([scale]))).toEqual([
    {
      manager: "kubectl-edit",
      operation: "Update",
      subresource: "scale",
      time: "2026-01-02T00:00:00Z",
      fieldsV1: { "f:spec": { "f:replicas": {} } },
    },
  ]);
  expect(managedFieldsOf({ apiVersion: "v1", kind: "Pod", metadata: { name: "a" } })).toEqual([]);
});

test("a field is found by its name, and by the keys of the items around it", () => {
  const fields = inPod({
    "f:containers": {
      [web]: {
        ".": {},
        "f:name": {},
        "f:image": {},
        "f:ports": { [tcp]: { ".": {}, "f:containerPort": {} } },
      },
    },
  });
  const object = deployment([apply(fields), update({ "f:spec": { "f:replicas": {} } })]);
  const namesAt = (pointer: string) => ownersAt(object, pointer).map(({ manager }) => manager);
  expect(namesAt(image)).toEqual(["orrery"]);
  expect(namesAt("/spec/template/spec/containers/0/image")).toEqual([]);
  expect(namesAt("/spec/template/spec/containers/1/ports/0")).toEqual(["orrery"]);
  expect(namesAt("/spec/template/spec/containers/1/ports/1")).toEqual([]);
  expect(namesAt("/spec/template/spec/containers/1/ports/7")).toEqual([]);
  expect(namesAt("/spec/replicas")).toEqual(["kubectl-edit"]);
  expect(namesAt("/spec")).toEqual(["kubectl-edit", "orrery"]);
  expect(otherOwnerAt(object, "/spec", "orrery")).toEqual({
    manager: "kubectl-edit",
    at: "2026-01-02T00:00:00Z",
  });
  expect(otherOwnerAt(object, image, "orrery")).toBeUndefined();
});

test("names with slashes, tildes and dots, values of sets and indices are found too", () => {
  const object = deployment([
    apply({ "f:metadata": { "f:labels": { "f:a.b/c~d": {} }, "f:finalizers": { 'v:"two"': {} } } }),
    update(inPod({ "f:containers": { "i:0": { "f:image": {} } } })),
  ]);
  expect(ownersAt(object, "/metadata/labels/a.b~1c~0d")).toHaveLength(1);
  expect(ownersAt(object, "/metadata/labels/app")).toHaveLength(0);
  expect(ownersAt(object, "/metadata/finalizers/1")).toHaveLength(1);
  expect(ownersAt(object, "/metadata/finalizers/0")).toHaveLength(0);
  expect(ownersAt(object, "/spec/template/spec/containers/0/image")).toHaveLength(1);
});

test("who owns a map or list as a whole owns all in it, unless others own parts", () => {
  const whole = deployment([apply({ "f:spec": { "f:selector": {} } })], {}, { selector: { a: "b" } });
  expect(ownersAt(whole, "/spec/selector/a")).toHaveLength(1);
  const volumes = 'k:{"name":"tmp"}';
  const shared = deployment(
    [
      apply(inPod({ "f:volumes": { [volumes]: { ".": {}, "f:name": {}, "f:emptyDir": {} } } })),
      update(inPod({ "f:volumes": { [volumes]: { "f:emptyDir": { "f:sizeLimit": {} } } } })),
    ],
    { volumes: [{ name: "tmp", emptyDir: { sizeLimit: "1Gi" } }] },
  );
  const limit = "/spec/template/spec/volumes/0/emptyDir/sizeLimit";
  expect(ownersAt(shared, limit).map(({ manager }) => manager)).toEqual(["kubectl-edit"]);
  expect(ownedBy(shared, "orrery").spec).toEqual({
    template: { spec: { volumes: [{ name: "tmp", emptyDir: {} }] } },
  });
});

test("a list is taken over when only others own it, as a whole", () => {
  const leaf = { "f:spec": { "f:selector": {} } };
  const at = (...entries: object[]) =>
    isTakenWhole(deployment(entries, {}, { selector: { a: "b" } }), "/spec/selector", "orrery");
  expect(at(update(leaf))).toBe(true);
  expect(at(update(leaf), apply(leaf))).toBe(false);
  expect(at(apply(leaf))).toBe(false);
  expect(at()).toBe(false);
  expect(at(update({ "f:spec": { "f:selector": { "f:a": {} } } }))).toBe(false);
});

test("what a manager owns is what it applied, with keys, in the order of the object", () => {
  const fields = {
    "f:metadata": { "f:labels": { "f:app": {} }, "f:finalizers": { 'v:"two"': {} } },
    "f:spec": {
      "f:selector": {},
      "f:template": {
        "f:spec": {
          "f:containers": {
            [web]: {
              ".": {},
              "f:name": {},
              "f:image": {},
              "f:args": {},
              "f:ports": { [tcp]: { ".": {}, "f:containerPort": {} } },
              "f:env": {
                'k:{"name":"A"}': { ".": {}, "f:name": {}, "f:value": {} },
                'k:{"name":"B"}': { ".": {}, "f:name": {}, "f:value": {} },
                'k:{"name":"gone"}': { ".": {}, "f:name": {} },
              },
            },
          },
        },
      },
    },
  };
  const theirs = { "f:spec": { "f:replicas": {} }, "f:metadata": { "f:labels": { "f:theirs": {} } } };
  const object = deployment(
    [apply(fields), update(theirs)],
    {},
    { selector: { matchLabels: { app: "web" } } },
  );
  const before = structuredClone(object);
  expect(ownedBy(object, "orrery")).toEqual({
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "web", namespace: "shop", labels: { app: "web" }, finalizers: ["two"] },
    spec: {
      selector: { matchLabels: { app: "web" } },
      template: {
        spec: {
          containers: [
            {
              name: "web",
              image: "nginx:1",
              args: ["a", "b"],
              ports: [{ containerPort: 80, protocol: "TCP" }],
              env: [
                { name: "B", value: "2" },
                { name: "A", value: "1" },
              ],
            },
          ],
        },
      },
    },
  });
  expect(object).toEqual(before);
});

test("an item keeps its key where only another of its fields is owned", () => {
  const object = deployment([apply(inPod({ "f:containers": { [web]: { "f:image": {} } } }))]);
  expect(ownedBy(object, "orrery").spec).toEqual({
    template: { spec: { containers: [{ name: "web", image: "nginx:1" }] } },
  });
});

test("what is owned but not there, as a false that is not written, is left out", () => {
  const object = deployment([apply(inPod({ "f:hostNetwork": {}, "f:restartPolicy": {} }))]);
  expect(ownedBy(object, "orrery").spec).toEqual({ template: { spec: { restartPolicy: "Always" } } });
});

test("updates, subresources and other managers are not what was applied", () => {
  const spec = { "f:spec": { "f:replicas": {} } };
  const object = deployment([
    update(spec, { manager: "orrery" }),
    apply(spec, { subresource: "scale" }),
    apply(spec, { manager: "helm" }),
  ]);
  expect(ownedBy(object, "orrery")).toEqual({
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "web", namespace: "shop" },
  });
});
