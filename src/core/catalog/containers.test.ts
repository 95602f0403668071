import { expect, test } from "vitest";
import { containerOf, faultsIn, made, podOf } from "../../../test/support/compile-one.ts";

const workload = (data: Record<string, unknown>) => made("deployment", { image: "nginx", ...data });
const envOf = (env: unknown) => containerOf(workload({ env })).env;

test("values of variables keep their spelling, whatever they are", () => {
  const env = {
    A: 0,
    B: true,
    C: false,
    D: "007",
    E: "",
    F: null,
    G: "0x1F",
    H: "yes",
    I: 1.5,
    J: " a: {b}\n",
  };
  expect(envOf(env)).toEqual([
    { name: "A", value: "0" },
    { name: "B", value: "true" },
    { name: "C", value: "false" },
    { name: "D", value: "007" },
    { name: "E", value: "" },
    { name: "F", value: "" },
    { name: "G", value: "0x1F" },
    { name: "H", value: "yes" },
    { name: "I", value: "1.5" },
    { name: "J", value: " a: {b}\n" },
  ]);
});

test("variables may be a list, and come from keys", () => {
  const ref = { configMapKeyRef: { name: "c", key: "k", optional: true } };
  const list = [
    { id: "1", name: "A", value: 0 },
    { name: "B", valueFrom: ref },
    { name: "C", value: "", valueFrom: null },
  ];
  const expected = [
    { name: "A", value: "0" },
    { name: "B", valueFrom: ref },
    { name: "C", value: "" },
  ];
  expect(envOf(list)).toEqual(expected);
  expect(envOf({ A: 0, B: { valueFrom: ref }, C: "" })).toEqual(expected);
  const field = { fieldRef: { fieldPath: "metadata.name" } };
  expect(envOf({ POD: { valueFrom: field } })).toEqual([{ name: "POD", valueFrom: field }]);
  const secret = { secretKeyRef: { name: "s", key: "k" } };
  expect(envOf({ S: { valueFrom: secret } })).toEqual([{ name: "S", valueFrom: secret }]);
});

test("a value that is none, or comes from nowhere, is a fault at its place", () => {
  const env = {
    "1A": "x",
    LIST: [],
    NOTHING: { valueFrom: {} },
    TWO: { valueFrom: { secretKeyRef: { name: "s", key: "k" }, fieldRef: {} } },
    HALF: { valueFrom: { configMapKeyRef: { name: "c" } } },
    "a/b": "x",
  };
  expect(faultsIn("deployment", { image: "i", env })).toEqual([
    "/env/1A wrong-form",
    "/env/LIST wrong-type",
    "/env/NOTHING/valueFrom wrong-form",
    "/env/TWO/valueFrom wrong-form",
    "/env/HALF/valueFrom/configMapKeyRef/key required",
    "/env/a~1b wrong-form",
  ]);
  expect(faultsIn("deployment", { image: "i", env: [{ value: "x" }, { name: "A" }, { name: "A" }] })).toEqual(
    ["/env/0 required", "/env/2 duplicate"],
  );
  expect(faultsIn("deployment", { image: "i", env: "A=1" })).toEqual(["/env wrong-type"]);
});

test("whole ConfigMaps and Secrets as variables, in our words or Kubernetes'", () => {
  const envFrom = [
    { type: "configMap", name: "c", prefix: "C_" },
    { type: "secret", name: "s" },
    { configMapRef: { name: "d", optional: true } },
    { secretRef: { name: "t" }, prefix: "T_" },
  ];
  expect(containerOf(workload({ envFrom })).envFrom).toEqual([
    { configMapRef: { name: "c" }, prefix: "C_" },
    { secretRef: { name: "s" } },
    { configMapRef: { name: "d", optional: true } },
    { secretRef: { name: "t" }, prefix: "T_" },
  ]);
  expect(faultsIn("deployment", { image: "i", envFrom: [{ name: "x" }, "y", { type: "secret" }] })).toEqual([
    "/envFrom/0 required",
    "/envFrom/1 required",
    "/envFrom/2 required",
  ]);
});

test("the short form of a probe asks over HTTP on the container's port", () => {
  const probes = {
    livenessProbe: { path: "/live", initialDelaySeconds: 0 },
    readinessProbe: { periodSeconds: 3 },
  };
  expect(
    containerOf(workload({ port: 8080, ...probes, startupProbe: { path: "/up", port: 9000 } })),
  ).toMatchObject({
    livenessProbe: { httpGet: { path: "/live", port: 8080 }, initialDelaySeconds: 0, periodSeconds: 10 },
    readinessProbe: { httpGet: { path: "/ready", port: 8080 }, initialDelaySeconds: 5, periodSeconds: 3 },
    startupProbe: { httpGet: { path: "/up", port: 9000 }, periodSeconds: 10, failureThreshold: 30 },
  });
});

test("Kubernetes' own probes of every sort pass as they are", () => {
  const probes = {
    livenessProbe: { exec: { command: ["true"] }, failureThreshold: 1 },
    readinessProbe: { tcpSocket: { port: "http" }, successThreshold: 2, timeoutSeconds: 1 },
    startupProbe: { grpc: { port: 50_051, service: "" }, terminationGracePeriodSeconds: 1 },
  };
  expect(containerOf(workload({ port: 80, ...probes }))).toMatchObject(probes);
  const httpGet = { path: "/", port: 81, scheme: "HTTPS", httpHeaders: [{ name: "a", value: "b" }] };
  expect(containerOf(workload({ livenessProbe: { httpGet } })).livenessProbe).toEqual({ httpGet });
  expect(
    containerOf(workload({ port: 80, livenessProbe: { httpGet: { path: "/" } } })).livenessProbe,
  ).toEqual({
    httpGet: { path: "/", port: 80 },
  });
  expect(containerOf(workload({ livenessProbe: {} }))).not.toHaveProperty("livenessProbe");
});

test("a probe that asks nowhere or in two ways is a fault", () => {
  const two = { exec: { command: ["x"] }, tcpSocket: { port: 1 } };
  expect(faultsIn("deployment", { image: "i", livenessProbe: { path: "/" }, readinessProbe: two })).toEqual([
    "/livenessProbe probe-unclear",
    "/readinessProbe probe-unclear",
  ]);
  expect(
    faultsIn("deployment", { image: "i", port: 1, livenessProbe: { periodSeconds: 0, port: "" } }),
  ).toEqual(["/livenessProbe/periodSeconds out-of-range"]);
});

test("further containers and those that run before are told the same things", () => {
  const side = {
    id: "canvas",
    name: "log",
    image: "fluent",
    port: 24_224,
    env: { A: 1 },
    envFrom: [{ type: "secret", name: "s" }],
    resources: { limits: { cpu: 1 } },
    livenessProbe: { path: "/" },
    securityContext: { runAsUser: 0 },
    tty: true,
  };
  const init = { name: "wait", image: "busybox", command: ["sh"], restartPolicy: "Always" };
  const pod = podOf(workload({ containers: [side], initContainers: [init] }));
  expect(pod.containers.map(({ name }) => name)).toEqual(["web", "log"]);
  expect(pod.containers[1]).toEqual({
    name: "log",
    image: "fluent",
    ports: [{ containerPort: 24_224, protocol: "TCP", name: "http" }],
    env: [{ name: "A", value: "1" }],
    envFrom: [{ secretRef: { name: "s" } }],
    resources: { limits: { cpu: "1" } },
    livenessProbe: { httpGet: { path: "/", port: 24_224 }, initialDelaySeconds: 30, periodSeconds: 10 },
    securityContext: { runAsUser: 0 },
    tty: true,
  });
  expect(pod.initContainers).toEqual([init]);
});

test("a node may be its listed containers alone", () => {
  const containers = [{ name: "one", image: "a" }];
  const volumeMounts = [{ type: "emptyDir", name: "tmp", mountPath: "/tmp" }];
  const object = made("deployment", { containers, volumeMounts, securityContext: { privileged: true } });
  expect(podOf(object).containers).toEqual([
    {
      name: "one",
      image: "a",
      securityContext: { privileged: true },
      volumeMounts: [{ name: "tmp-volume", mountPath: "/tmp" }],
    },
  ]);
});

test("containers are told apart by their names, and each must have an image", () => {
  const containers = [
    { name: "web", image: "i" },
    { name: "Bad", image: "i" },
  ];
  expect(faultsIn("deployment", { image: "i", containers: containers.slice(0, 1) })).toEqual([
    "/containers/0/name duplicate",
  ]);
  expect(faultsIn("deployment", { image: "i", containers, initContainers: [{ name: "a" }] })).toEqual([
    "/containers/1/name wrong-form",
    "/initContainers/0/image required",
  ]);
  const initContainers = [{ name: "web", image: "i" }];
  expect(faultsIn("deployment", { image: "i", initContainers })).toEqual([
    "/initContainers/0/name duplicate",
  ]);
  expect(
    faultsIn("deployment", { image: "i", containers: [{ name: "s", image: "i", env: { "1": "" } }] }),
  ).toEqual(["/containers/0/env/1 wrong-form"]);
});

test("an image pull policy and a lifecycle are kept", () => {
  const said = { imagePullPolicy: "Never", lifecycle: { preStop: { sleep: { seconds: 5 } } } };
  expect(containerOf(workload(said))).toMatchObject(said);
  expect(faultsIn("deployment", { image: "i", imagePullPolicy: "never" })).toEqual([
    "/imagePullPolicy unknown-word",
  ]);
});
