import { expect, test } from "vitest";
import { compileAll, nodeOf, objectOf } from "../../../test/support/compile-one.ts";

const manifest = { apiVersion: "example.com/v1", kind: "Widget", metadata: { name: "w" }, spec: { size: 0 } };
const objectWith = (data: Record<string, unknown>) => objectOf([nodeOf("n", "object", data)]);
const faultsOf = (given: unknown) =>
  compileAll([nodeOf("n", "object", { manifest: given })]).faults.map(({ path, code }) => `${path} ${code}`);

test("any object is passed on as it is, with our labels over its own", () => {
  const labels = { "orrery.dev/node": "x", team: "a", n: 0 };
  const given = {
    ...manifest,
    extra: [1],
    metadata: { name: "w", labels, annotations: { a: 1 }, finalizers: ["a/b"] },
  };
  expect(objectWith({ manifest: given })).toEqual({
    apiVersion: "example.com/v1",
    kind: "Widget",
    metadata: {
      name: "w",
      namespace: "shop",
      labels: {
        team: "a",
        n: "0",
        "app.kubernetes.io/managed-by": "orrery",
        "orrery.dev/workflow": "wf",
        "orrery.dev/node": "n",
      },
      annotations: { a: "1" },
      finalizers: ["a/b"],
    },
    spec: { size: 0 },
    extra: [1],
  });
});

test("its own namespace stays, and what belongs to none gets none", () => {
  const namespaceOf = (given: object, more: object = {}) =>
    objectWith({ manifest: given, ...more }).metadata.namespace;
  expect(namespaceOf({ ...manifest, metadata: { name: "w", namespace: "own" } })).toBe("own");
  expect(namespaceOf(manifest, { namespace: "of-node" })).toBe("of-node");
  expect(namespaceOf({ apiVersion: "v1", kind: "Namespace", metadata: { name: "x" } })).toBeUndefined();
  const role = { apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRole", metadata: { name: "a:b" } };
  expect(namespaceOf(role)).toBeUndefined();
});

test("the node is called as its object is, wherever that lives", () => {
  const { nodes } = compileAll([
    nodeOf("n", "object", { manifest: { ...manifest, metadata: { name: "w", namespace: "own" } } }),
  ]);
  expect(nodes).toMatchObject([{ name: "w", namespace: "own", type: "object" }]);
});

test("what only the server writes goes, as in a manifest read from a cluster", () => {
  const metadata = {
    name: "w",
    uid: "1",
    resourceVersion: "2",
    managedFields: [],
    ownerReferences: [],
    creationTimestamp: null,
  };
  const made = objectWith({ manifest: { ...manifest, metadata, status: { ready: true } } });
  expect(Object.keys(made.metadata).toSorted()).toEqual(["labels", "name", "namespace"]);
  expect(made).not.toHaveProperty("status");
});

test("what is no object of its own is refused", () => {
  expect(faultsOf(undefined)).toEqual(["/manifest required"]);
  expect(faultsOf("kind: Pod")).toEqual(["/manifest wrong-type"]);
  expect(faultsOf({})).toEqual([
    "/manifest/apiVersion wrong-form",
    "/manifest/kind wrong-form",
    "/manifest/metadata/name wrong-form",
  ]);
  for (const kind of ["PodList", "List", "Scale", "Eviction", "Binding", "TokenReview"])
    expect(faultsOf({ ...manifest, kind })).toEqual(["/manifest/kind not-one-object"]);
  for (const apiVersion of ["v1/../../x", "apps/", "Apps/v1", "v1 ", 1])
    expect(faultsOf({ ...manifest, apiVersion })).toEqual(["/manifest/apiVersion wrong-form"]);
  for (const kind of ["pods/exec", "pod", "../x", ""])
    expect(faultsOf({ ...manifest, kind })).toEqual(["/manifest/kind wrong-form"]);
  for (const name of ["a/b", "..", "", 5, "n".repeat(254)])
    expect(faultsOf({ ...manifest, metadata: { name } })).toEqual(["/manifest/metadata/name wrong-form"]);
  for (const namespace of ["a/b", "A", ""])
    expect(faultsOf({ ...manifest, metadata: { name: "w", namespace } })).toEqual([
      "/manifest/metadata/namespace wrong-form",
    ]);
});

test("labels and annotations are held to the rules here too", () => {
  const metadata = { name: "w", labels: { "a b": "c" }, annotations: "x" };
  expect(faultsOf({ ...manifest, metadata })).toEqual([
    "/manifest/metadata/labels/a b wrong-form",
    "/manifest/metadata/annotations wrong-type",
  ]);
  expect(faultsOf({ ...manifest, metadata: { name: "w", labels: { a: {} }, annotations: null } })).toEqual([
    "/manifest/metadata/labels wrong-type",
  ]);
});

test("a Secret is welcome, its values are not", () => {
  const secret = { apiVersion: "v1", kind: "Secret", type: "Opaque", metadata: { name: "s" } };
  expect(faultsOf(secret)).toEqual([]);
  expect(faultsOf({ ...secret, data: { a: "b" }, stringData: {} })).toEqual([
    "/manifest/data secret-in-drawing",
    "/manifest/stringData secret-in-drawing",
  ]);
});

test("an overlay on it is judged like any", () => {
  const { faults } = compileAll([nodeOf("n", "object", { manifest, overlay: { kind: "Other" } })]);
  expect(faults).toMatchObject([{ path: "/overlay/kind", code: "overlay-not-allowed" }]);
  expect(objectWith({ manifest, overlay: { spec: { size: 3 } } }).spec).toEqual({ size: 3 });
});
