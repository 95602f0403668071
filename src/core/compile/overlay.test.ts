import { expect, test } from "vitest";
import { compileAll, containerOf, made, nodeOf, podOf } from "../../../test/support/compile-one.ts";

const settings = {
  image: "nginx",
  port: 80,
  env: { A: "1", B: "2" },
  labels: { team: "a" },
  volumeMounts: [{ type: "emptyDir", name: "tmp", mountPath: "/tmp" }],
};
const withOverlay = (overlay: unknown) => made("deployment", { ...settings, overlay });
const faultsOf = (overlay: unknown, type = "deployment", more: Record<string, unknown> = settings) =>
  compileAll([nodeOf("web", type, { ...more, overlay })]).faults.map(({ path, code }) => `${path} ${code}`);

test("objects are merged deeply, and what is not spoken of stays", () => {
  const object = withOverlay({
    metadata: { annotations: { a: "b" } },
    spec: { minReadySeconds: 0, paused: false },
  });
  expect(object.metadata.annotations).toEqual({ a: "b" });
  expect(object.metadata.labels).toMatchObject({ team: "a", app: "web" });
  expect(object.spec).toMatchObject({ minReadySeconds: 0, paused: false, replicas: 1 });
});

test("null takes away, at any depth and without leaving itself behind", () => {
  const object = withOverlay({
    spec: { replicas: null, strategy: { type: null, rollingUpdate: { maxSurge: 0 } } },
  });
  expect(object.spec).not.toHaveProperty("replicas");
  expect(object.spec?.strategy).toEqual({ rollingUpdate: { maxSurge: 0 } });
});

test("lists of named things are merged by their names", () => {
  const containers = [
    {
      name: "web",
      env: [
        { name: "B", value: "3" },
        { name: "C", value: "4" },
      ],
      tty: true,
    },
    { name: "log", image: "fluent" },
  ];
  const object = withOverlay({ spec: { template: { spec: { containers } } } });
  expect(podOf(object).containers.map(({ name, image }) => [name, image])).toEqual([
    ["web", "nginx"],
    ["log", "fluent"],
  ]);
  expect(containerOf(object)).toMatchObject({ tty: true });
  expect(containerOf(object).env).toEqual([
    { name: "A", value: "1" },
    { name: "B", value: "3" },
    { name: "C", value: "4" },
  ]);
});

test("mounts are merged by their paths: one volume may be mounted twice", () => {
  const volumeMounts = [{ name: "tmp-volume", mountPath: "/var/tmp" }];
  const object = withOverlay({
    spec: { template: { spec: { containers: [{ name: "web", volumeMounts }] } } },
  });
  expect(containerOf(object).volumeMounts).toEqual([
    { name: "tmp-volume", mountPath: "/tmp" },
    { name: "tmp-volume", mountPath: "/var/tmp" },
  ]);
});

test("every other list is taken as a whole", () => {
  const object = made("deployment", {
    ...settings,
    args: ["a", "b"],
    overlay: { spec: { template: { spec: { containers: [{ name: "web", args: ["c"] }] } } } },
  });
  expect(containerOf(object).args).toEqual(["c"]);
});

test("keys like __proto__ are keys like any other", () => {
  const overlay = JSON.parse('{"spec":{"__proto__":{"polluted":true}}}') as object;
  const { spec } = withOverlay(overlay);
  expect(Object.hasOwn(spec ?? {}, "__proto__")).toBe(true);
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});

test("an overlay cannot make an object another one, or no longer ours", () => {
  const refused: [unknown, string][] = [
    [{ apiVersion: "apps/v2" }, "/overlay/apiVersion"],
    [{ kind: "Pod" }, "/overlay/kind"],
    [{ kind: null }, "/overlay/kind"],
    [{ metadata: { name: "x" } }, "/overlay/metadata/name"],
    [{ metadata: { namespace: "x" } }, "/overlay/metadata/namespace"],
    [{ metadata: null }, "/overlay/metadata"],
    [{ metadata: "x" }, "/overlay/metadata"],
    [{ metadata: { labels: null } }, "/overlay/metadata/labels"],
    [{ metadata: { labels: { app: "x" } } }, "/overlay/metadata/labels/app"],
    [{ metadata: { labels: { "orrery.dev/node": null } } }, "/overlay/metadata/labels/orrery.dev~1node"],
    [{ spec: null }, "/overlay/spec"],
    [{ spec: { selector: { matchLabels: { app: "x" } } } }, "/overlay/spec/selector"],
    [{ spec: { selector: null } }, "/overlay/spec/selector"],
    [{ spec: { template: [] } }, "/overlay/spec/template"],
    [{ spec: { template: { metadata: null } } }, "/overlay/spec/template/metadata"],
    [
      { spec: { template: { metadata: { labels: { app: "x" } } } } },
      "/overlay/spec/template/metadata/labels/app",
    ],
  ];
  for (const [overlay, path] of refused) expect(faultsOf(overlay)).toContain(`${path} overlay-not-allowed`);
});

test("what the server owns is not for an overlay", () => {
  for (const key of [
    "uid",
    "resourceVersion",
    "managedFields",
    "ownerReferences",
    "generation",
    "generateName",
  ])
    expect(faultsOf({ metadata: { [key]: "x" } })).toEqual([`/overlay/metadata/${key} overlay-not-allowed`]);
  expect(faultsOf({ status: { replicas: 1 } })).toEqual(["/overlay/status overlay-not-allowed"]);
  expect(faultsOf({ metadata: { finalizers: ["example.com/wait"] } })).toEqual([]);
});

test("saying the same again changes nothing and is no fault", () => {
  expect(faultsOf({ kind: "Deployment", metadata: { name: "web", labels: { app: "web" } } })).toEqual([]);
});

test("pods of jobs and of their times are kept ours too", () => {
  const labels = { metadata: { labels: { "orrery.dev/workflow": "x" } } };
  const at = "metadata/labels/orrery.dev~1workflow overlay-not-allowed";
  expect(faultsOf({ spec: { template: labels } }, "job")).toEqual([`/overlay/spec/template/${at}`]);
  const cron = { image: "i", schedule: "@daily" };
  expect(faultsOf({ spec: { jobTemplate: { spec: { template: labels } } } }, "cronjob", cron)).toEqual([
    `/overlay/spec/jobTemplate/spec/template/${at}`,
  ]);
});

test("a service may be told other pods, but a secret no values", () => {
  const service = { targetApp: "x" };
  expect(faultsOf({ spec: { selector: { tier: "front" } } }, "service", service)).toEqual([]);
  expect(faultsOf({ data: { a: "b" }, stringData: { c: "d" } }, "secret", {})).toEqual([
    "/overlay/data secret-in-drawing",
    "/overlay/stringData secret-in-drawing",
  ]);
});

test("an overlay that is no object is refused, and an empty one is none", () => {
  for (const overlay of ["x", 5, true, []]) expect(faultsOf(overlay)).toEqual(["/overlay wrong-type"]);
  for (const overlay of [null, {}]) expect(faultsOf(overlay)).toEqual([]);
});

test("the governing service of a set is left alone", () => {
  const { nodes } = compileAll([
    nodeOf("db", "statefulset", { image: "i", overlay: { metadata: { annotations: { a: "b" } } } }),
  ]);
  expect(nodes[0]?.objects.map(({ kind, metadata }) => [kind, metadata.annotations])).toEqual([
    ["Service", undefined],
    ["StatefulSet", { a: "b" }],
  ]);
});
