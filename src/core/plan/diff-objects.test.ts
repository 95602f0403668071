import { expect, test } from "vitest";
import type { KubernetesObject } from "../kubernetes-object.ts";
import { changesOf } from "./diff-objects.ts";

const object = (parts: object, kind = "Deployment", metadata: object = {}): KubernetesObject => ({
  apiVersion: "v1",
  kind,
  metadata: { name: "web", ...metadata },
  ...parts,
});
const changes = (live: object, planned: object, kind?: string) =>
  changesOf(object(live, kind), object(planned, kind), { manager: "orrery" });
const pod = (spec: object) => ({ spec: { template: { spec } } });

test("what is equal by value is no change, and neither is what the server keeps", () => {
  const live = object(
    { spec: { a: 1, b: { c: [1, { d: 2, e: undefined }] } }, status: { replicas: 1 } },
    "Deployment",
    {
      resourceVersion: "1",
      generation: 1,
      uid: "x",
      managedFields: [],
      creationTimestamp: "2026-01-01T00:00:00Z",
      selfLink: "/",
    },
  );
  const planned = object({ spec: { b: { c: [1, { d: 2 }] }, a: 1 }, status: {} }, "Deployment", {
    resourceVersion: "2",
    generation: 2,
    managedFields: [{}],
    deletionTimestamp: "2026-01-01T00:00:00Z",
  });
  expect(changesOf(live, planned, { manager: "orrery" })).toEqual([]);
});

test("a new object has no changes: all of it is new", () => {
  expect(changesOf(undefined, object({ spec: { a: 1 } }), { manager: "orrery" })).toEqual([]);
});

test("fields come, change and go, each at its outermost place", () => {
  expect(
    changes({ spec: { replicas: 1, old: { a: 1 } } }, { spec: { replicas: 2, new: { b: null, c: [] } } }),
  ).toEqual([
    { path: "/spec/replicas", from: 1, to: 2 },
    { path: "/spec/new", to: { b: null, c: [] } },
    { path: "/spec/old", from: { a: 1 } },
  ]);
});

test("keyed lists are compared by their keys, with the places of the plan", () => {
  const live = pod({
    containers: [{ name: "web", image: "a", env: [{ name: "A", value: "1" }, { name: "B" }] }],
  });
  const planned = pod({
    containers: [
      { name: "side", image: "s" },
      { name: "web", image: "b", env: [{ name: "A", value: "2" }] },
    ],
  });
  const containers = "/spec/template/spec/containers";
  expect(changes(live, planned)).toEqual([
    { path: `${containers}/0`, to: { name: "side", image: "s" } },
    { path: `${containers}/1/image`, from: "a", to: "b" },
    { path: `${containers}/1/env/0/value`, from: "1", to: "2" },
    { path: `${containers}/1/env/1`, from: { name: "B" } },
  ]);
});

test("another order is one change", () => {
  const [a, b] = [{ name: "A" }, { name: "B" }];
  expect(changes({ spec: { env: [a, b] } }, { spec: { env: [b, a] } })).toEqual([
    { path: "/spec/env", from: [a, b], to: [b, a] },
  ]);
  expect(changes({ spec: { env: [a, b] } }, { spec: { env: [b, { name: "C" }] } })).toEqual([
    { path: "/spec/env/1", to: { name: "C" } },
    { path: "/spec/env/0", from: a },
  ]);
});

test("ports are told apart by number and protocol, mounts by their paths", () => {
  const ports = [
    { port: 53, protocol: "UDP", name: "a" },
    { port: 53, protocol: "TCP", name: "b" },
  ];
  expect(
    changes({ spec: { ports } }, { spec: { ports: [ports[0], { ...ports[1], name: "c" }] } }, "Service"),
  ).toEqual([{ path: "/spec/ports/1/name", from: "b", to: "c" }]);
  const mounts = [
    { name: "v", mountPath: "/a" },
    { name: "v", mountPath: "/b" },
  ];
  expect(changes(pod({ volumeMounts: [mounts[1]] }), pod({ volumeMounts: mounts }))).toEqual([
    { path: "/spec/template/spec/volumeMounts/0", to: mounts[0] },
  ]);
});

test("lists without keys are one change where their length differs or they hold no maps", () => {
  expect(changes(pod({ args: ["a", "b"] }), pod({ args: ["a", "c"] }))).toEqual([
    { path: "/spec/template/spec/args", from: ["a", "b"], to: ["a", "c"] },
  ]);
  const rule = (host: string) => ({ host });
  expect(changes({ spec: { rules: [rule("a")] } }, { spec: { rules: [rule("b")] } })).toEqual([
    { path: "/spec/rules/0/host", from: "a", to: "b" },
  ]);
  expect(changes({ spec: { rules: [rule("a")] } }, { spec: { rules: [rule("b"), rule("a")] } })).toHaveLength(
    1,
  );
});

test("values of Secrets are never told, only that they change", () => {
  const lastApplied = { "kubectl.kubernetes.io/last-applied-configuration": '{"data":"c2VjcmV0"}' };
  const live = { ...object({ data: { a: "c2VjcmV0", b: "c2VjcmV0", same: "x" } }, "Secret"), type: "Opaque" };
  live.metadata = { name: "web", annotations: { ...lastApplied, x: "1" } };
  const planned = object({ data: { a: "other", c: "new", same: "x" }, type: "Opaque" }, "Secret");
  const told = changesOf(live, planned, { manager: "orrery" });
  expect(told).toEqual([
    {
      path: "/metadata/annotations",
      from: { "kubectl.kubernetes.io/last-applied-configuration": "••••", x: "1" },
      secret: true,
    },
    { path: "/data/a", from: "••••", to: "••••", secret: true },
    { path: "/data/c", to: "••••", secret: true },
    { path: "/data/b", from: "••••", secret: true },
  ]);
  expect(changes({}, { data: { a: "secret" } }, "Secret")).toEqual([
    { path: "/data/a", to: "••••", secret: true },
  ]);
  expect(changes({ data: { a: "secret" } }, {}, "Secret")).toEqual([
    { path: "/data/a", from: "••••", secret: true },
  ]);
});

test("other kinds are masked when asked to be, and open when not", () => {
  const [live, planned] = [
    object({ data: { a: "1" } }, "ConfigMap"),
    object({ data: { a: "2" } }, "ConfigMap"),
  ];
  expect(changesOf(live, planned, { manager: "orrery", secret: true })).toEqual([
    { path: "/data/a", from: "••••", to: "••••", secret: true },
  ]);
  expect(changesOf(live, planned, { manager: "orrery", secret: false })).toEqual([
    { path: "/data/a", from: "1", to: "2" },
  ]);
});

test("who else manages a field is told with it", () => {
  const entry = (manager: string, time: string, fields: object) => ({
    manager,
    operation: "Update",
    time,
    fieldsV1: { "f:spec": fields },
  });
  const item = { 'k:{"name":"A"}': { ".": {}, "f:name": {}, "f:value": {} } };
  const managedFields = [
    entry("orrery", "2026-01-04T00:00:00Z", { "f:replicas": {}, "f:paused": {} }),
    entry("kubectl", "2026-01-01T00:00:00Z", { "f:replicas": {}, "f:env": item, "f:args": {} }),
    entry("hpa", "2026-01-02T00:00:00Z", { "f:replicas": {} }),
  ];
  const env = { name: "A", value: "1" };
  const live = object(
    { spec: { replicas: 1, paused: true, env: [env], args: [{ name: "x" }] } },
    "Deployment",
    {
      managedFields,
    },
  );
  const planned = object({
    spec: {
      replicas: 2,
      paused: false,
      env: [{ name: "B" }, { ...env, value: "2" }],
      args: [{ name: "x" }, { name: "y" }],
    },
  });
  const owners = changesOf(live, planned, { manager: "orrery" }).map(({ path, owner }) => [
    path,
    owner?.manager,
  ]);
  expect(owners).toEqual([
    ["/spec/replicas", "hpa"],
    ["/spec/paused", undefined],
    ["/spec/env/0", undefined],
    ["/spec/env/1/value", "kubectl"],
    ["/spec/args/1", "kubectl"],
  ]);
});

test("what is longer than anybody reads is cut", () => {
  const [change] = changes({ data: { a: "short" } }, { data: { a: "x".repeat(5_000) } }, "ConfigMap");
  expect(change?.to).toBe(`${"x".repeat(4_096)}…`);
  const [list] = changes({ spec: {} }, { spec: { list: Array.from({ length: 3_000 }, () => 1) } });
  expect(list?.to).toMatch(/^\[1,1,.*…$/);
});

test("a Job made anew has labels of its own, which are no change", () => {
  const job = (uid: string) => ({
    spec: {
      selector: { matchLabels: { "batch.kubernetes.io/controller-uid": uid } },
      template: { metadata: { labels: { "controller-uid": uid } } },
    },
  });
  expect(changes(job("1"), job("2"), "Job")).toEqual([]);
});
