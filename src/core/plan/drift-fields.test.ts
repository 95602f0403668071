import { expect, test } from "vitest";
import type { KubernetesObject } from "../kubernetes-object.ts";
import { driftOf } from "./drift-fields.ts";

const object = (spec: object, more: object = {}, kind = "Deployment"): KubernetesObject =>
  ({ apiVersion: "v1", kind, metadata: { name: "web" }, spec, ...more }) as KubernetesObject;
const drift = (designed: object, live: object) => driftOf(object(designed), object(live));
const entry = (manager: string, operation: string, fields: object, time = "2026-01-01T00:00:00Z") => ({
  manager,
  operation,
  time,
  fieldsV1: { "f:spec": fields },
});
const managed = (spec: object, ...managedFields: object[]) =>
  object(spec, { metadata: { name: "web", managedFields } });

test("defaults and what others added are no drift", () => {
  const designed = {
    replicas: 1,
    env: [{ name: "A", value: "1" }],
    ports: [{ containerPort: 80 }],
    emptyDir: {},
  };
  const live = {
    replicas: 1,
    strategy: { type: "RollingUpdate" },
    env: [
      { name: "X", value: "9" },
      { name: "A", value: "1" },
    ],
    ports: [{ containerPort: 80, protocol: "TCP" }],
    emptyDir: { sizeLimit: "1Gi" },
  };
  expect(drift(designed, live)).toEqual([]);
  const others = { metadata: { name: "web", labels: { a: "b" }, uid: "1" }, status: { replicas: 1 } };
  expect(driftOf(object({}), object({}, others))).toEqual([]);
});

test("what was changed or taken away is told, with who did it and when", () => {
  const live = managed(
    { replicas: 5, containers: [{ name: "side" }, { name: "web", image: "nginx:2" }] },
    entry("orrery", "Apply", { "f:containers": { 'k:{"name":"web"}': { ".": {}, "f:name": {} } } }),
    entry("kubectl-scale", "Update", { "f:replicas": {} }, "2026-01-02T00:00:00Z"),
    entry(
      "kubectl-edit",
      "Update",
      { "f:containers": { 'k:{"name":"web"}': { "f:image": {} } } },
      "2026-01-03T00:00:00Z",
    ),
  );
  const containers = [{ name: "web", image: "nginx:1", args: ["a"], env: [{ name: "A" }] }, { name: "gone" }];
  expect(driftOf(object({ replicas: 1, containers }), live)).toEqual([
    { path: "/spec/replicas", designed: 1, live: 5, manager: "kubectl-scale", at: "2026-01-02T00:00:00Z" },
    {
      path: "/spec/containers/0/image",
      designed: "nginx:1",
      live: "nginx:2",
      manager: "kubectl-edit",
      at: "2026-01-03T00:00:00Z",
    },
    { path: "/spec/containers/0/args", designed: ["a"] },
    { path: "/spec/containers/0/env", designed: [{ name: "A" }] },
    { path: "/spec/containers/1", designed: { name: "gone" } },
  ]);
});

test("replicas that the design leaves open are an autoscaler's", () => {
  expect(drift({}, { replicas: 7 })).toEqual([]);
});

test("quantities are the same by their amount, and only where they are quantities", () => {
  const resources = (cpu: string | number, memory: string) => ({ resources: { requests: { cpu, memory } } });
  expect(drift(resources("0.5", "1024Mi"), resources("500m", "1Gi"))).toEqual([]);
  expect(drift(resources(1, "1e3"), resources("1", "1k"))).toEqual([]);
  expect(drift(resources("0.3", "1G"), resources("300m", "1Gi"))).toEqual([
    { path: "/spec/resources/requests/memory", designed: "1G", live: "1Gi" },
  ]);
  expect(drift({ env: [{ name: "A", value: "0.5" }] }, { env: [{ name: "A", value: "500m" }] })).toHaveLength(
    1,
  );
  expect(drift({ emptyDir: { sizeLimit: "1024Mi" } }, { emptyDir: { sizeLimit: "1Gi" } })).toEqual([]);
  const range = (min: string) => ({ limits: [{ min: { cpu: min } }] });
  expect(drift(range("1000m"), range("1"))).toEqual([]);
  expect(
    drift({ metrics: [{ target: { value: "2000m" } }] }, { metrics: [{ target: { value: "2" } }] }),
  ).toEqual([]);
  expect(drift({ nodeSelector: { sizeLimit: "1" } }, { nodeSelector: { sizeLimit: "1000m" } })).toHaveLength(
    1,
  );
});

test("a false or an empty text that Kubernetes left out is no drift, one that was taken away is", () => {
  const designed = { hostNetwork: false, env: [{ name: "A", value: "" }], rules: [] };
  const env = { 'k:{"name":"A"}': { ".": {}, "f:name": {}, "f:value": {} } };
  const owned = { "f:hostNetwork": {}, "f:env": env, "f:rules": {} };
  const live = { env: [{ name: "A" }] };
  expect(driftOf(object(designed), managed(live, entry("orrery", "Apply", owned)))).toEqual([]);
  expect(drift(designed, live)).toEqual([]);
  const { "f:hostNetwork": _, ...rest } = owned;
  expect(driftOf(object(designed), managed(live, entry("orrery", "Apply", rest)))).toEqual([
    { path: "/spec/hostNetwork", designed: false },
  ]);
});

test("what can only be had as a whole has drifted when others took it over and added to it", () => {
  const [designed, live] = [
    { selector: { a: "1" }, subjects: [{ name: "a" }] },
    { selector: { a: "1", b: "2" }, subjects: [{ name: "a" }, { name: "b" }] },
  ];
  const whole = { "f:selector": {}, "f:subjects": {} };
  const own = entry("orrery", "Apply", { "f:replicas": {} });
  const theirs = entry("kubectl", "Update", whole);
  expect(driftOf(object(designed), managed(live, own, theirs))).toEqual([
    {
      path: "/spec/selector",
      designed: designed.selector,
      live: live.selector,
      manager: "kubectl",
      at: theirs.time,
    },
    {
      path: "/spec/subjects",
      designed: designed.subjects,
      live: live.subjects,
      manager: "kubectl",
      at: theirs.time,
    },
  ]);
  // Ours still: then what is there besides are defaults.
  expect(driftOf(object(designed), managed(live, entry("orrery", "Apply", whole)))).toEqual([]);
});

test("lists of texts are one field, and finalizers may be others' too", () => {
  expect(drift({ args: ["a", "b"] }, { args: ["b", "a"] })).toEqual([
    { path: "/spec/args", designed: ["a", "b"], live: ["b", "a"] },
  ]);
  expect(drift({ finalizers: ["a"] }, { finalizers: ["b", "a"] })).toEqual([]);
  expect(drift({ finalizers: ["a"] }, { finalizers: ["b"] })).toHaveLength(1);
  expect(drift({ rules: [{ host: "a" }] }, { rules: [{ host: "b", x: 1 }] })).toEqual([
    { path: "/spec/rules/0/host", designed: "a", live: "b" },
  ]);
});

test("values of Secrets are compared, and never told", () => {
  const secret = (parts: object) => object({}, parts, "Secret");
  const live = secret({ data: { a: "c2VjcmV0", b: "eA==", other: "eA==" } });
  expect(driftOf(secret({ stringData: { a: "secret" }, data: { b: "eA==" } }), live)).toEqual([]);
  expect(driftOf(secret({ stringData: { a: "another", c: "" }, data: { b: "eQ==" } }), live)).toEqual([
    { path: "/data/b", designed: "••••", live: "••••" },
    { path: "/data/a", designed: "••••", live: "••••" },
  ]);
  expect(driftOf(secret({ data: { d: "eQ==" } }), live)).toEqual([{ path: "/data/d", designed: "••••" }]);
});

test("values are told one by one, even where none is left", () => {
  const settings = object({}, { data: { a: "1", b: "2" }, binaryData: {} }, "ConfigMap");
  expect(driftOf(settings, object({}, {}, "ConfigMap"))).toEqual([
    { path: "/data/a", designed: "1" },
    { path: "/data/b", designed: "2" },
  ]);
});

test("nulls, versions and names say nothing", () => {
  const live = { ...object({ a: 1 }), apiVersion: "v2", metadata: { name: "web", namespace: "shop" } };
  expect(driftOf(object({ a: 1, b: null }), live)).toEqual([]);
});
