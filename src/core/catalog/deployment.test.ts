import { expect, test } from "vitest";
import {
  compileAll,
  containerOf,
  edgeOf,
  faultsIn,
  made,
  nodeOf,
  podOf,
  warningsIn,
} from "../../../test/support/compile-one.ts";

const deployment = (data: Record<string, unknown>) => made("deployment", { image: "nginx", ...data });

test("a deployment of an image alone is one pod of one container that bears its name", () => {
  const object = made("deployment", { name: "shop.web", image: " nginx:1 " });
  expect(object).toMatchObject({ apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "shop.web" } });
  expect(object.spec).toMatchObject({ replicas: 1, selector: { matchLabels: { app: "shop.web" } } });
  expect(podOf(object)).toEqual({ containers: [{ name: "shop-web", image: "nginx:1" }] });
});

test("replicas are kept exactly, nought included, and blanks are the usual one", () => {
  expect(deployment({ replicas: 0 }).spec?.replicas).toBe(0);
  expect(deployment({ replicas: 7 }).spec?.replicas).toBe(7);
  for (const replicas of [null, ""]) expect(deployment({ replicas }).spec?.replicas).toBe(1);
  for (const replicas of [-1, 1.5, "2", true, [], {}])
    expect(faultsIn("deployment", { image: "i", replicas })[0]).toMatch(
      /^\/replicas (wrong-type|out-of-range)$/,
    );
});

test("the port is the first, called http; nought is none", () => {
  const port = { containerPort: 8080, protocol: "TCP", name: "http" };
  expect(containerOf(deployment({ port: 8080 })).ports).toEqual([port]);
  expect(containerOf(deployment({ port: 0 }))).not.toHaveProperty("ports");
  const ports = [
    { id: "x", name: "metrics", containerPort: 9090 },
    { containerPort: 53, protocol: "UDP", hostPort: 53 },
  ];
  expect(containerOf(deployment({ port: 8080, ports })).ports).toEqual([
    port,
    { name: "metrics", containerPort: 9090, protocol: "TCP" },
    { containerPort: 53, protocol: "UDP", hostPort: 53 },
  ]);
  expect(containerOf(deployment({ port: 9090, ports })).ports).toHaveLength(2);
  expect(containerOf(deployment({ port: 1, ports: [{ name: "http", containerPort: 2 }] })).ports).toEqual([
    { containerPort: 1, protocol: "TCP" },
    { name: "http", containerPort: 2, protocol: "TCP" },
  ]);
});

test("ports that Kubernetes would not take are faults", () => {
  expect(faultsIn("deployment", { image: "i", port: 65_536 })).toEqual(["/port out-of-range"]);
  expect(faultsIn("deployment", { image: "i", port: "http" })).toEqual(["/port wrong-type"]);
  const ports = [
    { name: "UPPER", containerPort: 1 },
    { name: "12", containerPort: 2 },
    { name: "a".repeat(16), containerPort: 3 },
    { containerPort: 0 },
    {},
  ];
  expect(faultsIn("deployment", { image: "i", ports })).toEqual([
    "/ports/0/name wrong-form",
    "/ports/1/name wrong-form",
    "/ports/2/name wrong-form",
    "/ports/3/containerPort out-of-range",
    "/ports/4/containerPort required",
  ]);
  const twice = [{ name: "a", containerPort: 1 }, { name: "a", containerPort: 2 }, { containerPort: 1 }];
  expect(faultsIn("deployment", { image: "i", ports: twice })).toEqual([
    "/ports/1/name duplicate",
    "/ports/2/containerPort duplicate",
  ]);
});

test("an image must be there and hold no blanks", () => {
  expect(faultsIn("deployment", {})).toEqual(["/image required"]);
  expect(faultsIn("deployment", { image: "" })).toEqual(["/image required"]);
  for (const image of ["a b", "nginx\nhostPID: true", " "])
    expect(faultsIn("deployment", { image })).toEqual(["/image wrong-form"]);
  expect(faultsIn("deployment", { build: { context: "." } })).toEqual(["/image required"]);
});

test("command and arguments are lists, kept as they are", () => {
  const said = { command: ["sh", "-c", ""], args: ["- a: b", "{{ x }}", "007"], workingDir: "/srv" };
  expect(containerOf(deployment(said))).toMatchObject(said);
  expect(faultsIn("deployment", { image: "i", command: "ls", args: [1] })).toEqual([
    "/command wrong-type",
    "/args/0 wrong-type",
  ]);
});

test("amounts are kept as they were written, in Kubernetes' whole grammar", () => {
  const requests = { cpu: 0.5, memory: "128974848", "nvidia.com/gpu": 0, "ephemeral-storage": "1e3" };
  const limits = {
    cpu: "1e0",
    memory: "129M",
    "hugepages-2Mi": "1.5Gi",
    "a/x": "400m",
    "a/y": "+5",
    "a/z": ".5",
  };
  expect(containerOf(deployment({ resources: { requests, limits } })).resources).toEqual({
    requests: { cpu: "0.5", memory: "128974848", "nvidia.com/gpu": "0", "ephemeral-storage": "1e3" },
    limits,
  });
  const blank = { requests: { cpu: "", memory: "1Gi" }, limits: null };
  expect(containerOf(deployment({ resources: blank })).resources).toEqual({ requests: { memory: "1Gi" } });
  for (const cpu of ["1 core", "1mm", "-1", "Ki", "1KI", "1,5", true, {}])
    expect(faultsIn("deployment", { image: "i", resources: { limits: { cpu } } })[0]).toMatch(
      /^\/resources\/limits\/cpu wrong-(form|type)$/,
    );
  expect(faultsIn("deployment", { image: "i", resources: { limits: { cpu: -1 } } })).toEqual([
    "/resources/limits/cpu out-of-range",
  ]);
});

test("labels become text exactly, on the deployment and on its pods", () => {
  const object = deployment({
    labels: { a: 0, b: true, c: "007", d: "" },
    podLabels: { e: 1.5 },
    annotations: { note: "line\nline: {{x}}", n: 0 },
    podAnnotations: { p: false },
    version: "v2",
  });
  expect(object.metadata.labels).toMatchObject({ a: "0", b: "true", c: "007", d: "", version: "v2" });
  expect(object.metadata.annotations).toEqual({ note: "line\nline: {{x}}", n: "0" });
  expect(object.spec?.template).toMatchObject({
    metadata: {
      labels: { a: "0", b: "true", c: "007", d: "", e: "1.5", version: "v2", app: "web" },
      annotations: { p: "false" },
    },
  });
});

test("labels and annotations follow Kubernetes' rules", () => {
  const labels = {
    "a/b/c": "x",
    "-a": "x",
    ok: "a b",
    "x.y/z": `${"v".repeat(64)}`,
    "UP.er/z": "x",
    good: "A_b.c-9",
  };
  expect(faultsIn("deployment", { image: "i", labels })).toEqual([
    "/labels/a~1b~1c wrong-form",
    "/labels/-a wrong-form",
    "/labels/ok wrong-form",
    "/labels/x.y~1z wrong-form",
    "/labels/UP.er~1z wrong-form",
  ]);
  expect(faultsIn("deployment", { image: "i", annotations: { "a b": "x", ok: [] } })).toEqual([
    "/annotations/ok wrong-type",
  ]);
  expect(faultsIn("deployment", { image: "i", annotations: { "a b": "x" } })).toEqual([
    "/annotations/a b wrong-form",
  ]);
  const half = "ä".repeat(65_536);
  expect(faultsIn("deployment", { image: "i", annotations: { a: half, b: half } })).toEqual([
    "/annotations too-large",
  ]);
  expect(faultsIn("deployment", { image: "i", version: "a b", podLabels: { x: "ä" } })).toEqual([
    "/version wrong-form",
    "/podLabels/x wrong-form",
  ]);
});

test("names too long for a label are cut, and never to the same", () => {
  const [a, b] = ["1", "2"].map((end) => `${"n".repeat(70)}${end}`);
  const [first, second] = compileAll([
    nodeOf("a", "deployment", { name: a, image: "i" }),
    nodeOf("b", "deployment", { name: b, image: "i" }),
  ]).nodes.map(({ objects }) => objects[0]?.metadata.labels?.app);
  expect(first?.length).toBeLessThanOrEqual(63);
  expect(first).not.toBe(second);
});

test("a strategy in our short form, by its word, or in Kubernetes' own", () => {
  const rollingUpdate = { maxSurge: 0, maxUnavailable: "25%" };
  expect(deployment({ strategy: rollingUpdate }).spec?.strategy).toEqual({
    type: "RollingUpdate",
    rollingUpdate,
  });
  expect(deployment({ strategy: "Recreate" }).spec?.strategy).toEqual({ type: "Recreate" });
  expect(deployment({ strategy: { type: "Recreate" } }).spec?.strategy).toEqual({ type: "Recreate" });
  expect(faultsIn("deployment", { image: "i", strategy: "BlueGreen" })).toEqual(["/strategy unknown-word"]);
});

test("the rest of a deployment is kept exactly, noughts and no included", () => {
  const said = { minReadySeconds: 0, revisionHistoryLimit: 0, progressDeadlineSeconds: 1, paused: false };
  expect(deployment(said).spec).toMatchObject(said);
});

test("where and as whom pods run", () => {
  const said = {
    serviceAccountName: "robot",
    affinity: { nodeAffinity: {} },
    topologySpreadConstraints: [{ maxSkew: 1 }],
    priorityClassName: "high",
    terminationGracePeriodSeconds: 0,
  };
  const object = deployment({
    ...said,
    nodeSelector: { disk: "ssd", gpu: true },
    tolerations: [
      { id: "1", key: "k", operator: "Equal", value: 1, effect: "NoExecute", tolerationSeconds: 0 },
    ],
    imagePullSecrets: ["one", { name: "two" }],
    hostNetwork: true,
    hostPID: true,
  });
  expect(podOf(object)).toMatchObject({
    ...said,
    nodeSelector: { disk: "ssd", gpu: "true" },
    tolerations: [{ key: "k", operator: "Equal", value: "1", effect: "NoExecute", tolerationSeconds: 0 }],
    imagePullSecrets: [{ name: "one" }, { name: "two" }],
    hostNetwork: true,
    dnsPolicy: "ClusterFirstWithHostNet",
    hostPID: true,
  });
  expect(podOf(object).tolerations).toEqual([expect.not.objectContaining({ id: "1" })]);
  expect(faultsIn("deployment", { image: "i", serviceAccountName: "default\nhostPID: true" })).toEqual([
    "/serviceAccountName wrong-form",
  ]);
});

test("a security context is parted into the pod's and the container's", () => {
  const object = deployment({
    securityContext: { runAsUser: 0, fsGroup: 1, privileged: false, capabilities: ["NET_ADMIN"] },
  });
  expect(podOf(object).securityContext).toEqual({ runAsUser: 0, fsGroup: 1 });
  expect(containerOf(object).securityContext).toEqual({
    privileged: false,
    capabilities: { add: ["NET_ADMIN"] },
  });
});

test("an autoscaler takes the replicas over, whether an edge or its own words join it", () => {
  const web = nodeOf("web", "deployment", { image: "i", replicas: 0 });
  const scaler = (data: object) => nodeOf("h", "hpa", { maxReplicas: 3, targetCPUUtilization: 50, ...data });
  const replicasIn = (data: object, edges = [edgeOf("h", "web")]) => {
    const { nodes, warnings } = compileAll([web, scaler(data)], edges);
    return [nodes[0]?.objects[0]?.spec?.replicas, ...warnings.map(({ path, code }) => `${path} ${code}`)];
  };
  const warned = [undefined, "/replicas replicas-under-autoscaler"];
  expect(replicasIn({})).toEqual(warned);
  expect(replicasIn({}, [edgeOf("web", "h")])).toEqual(warned);
  expect(replicasIn({ scaleTargetName: "web" }, [])).toEqual(warned);
  expect(replicasIn({ scaleTargetName: "other" })).toEqual([0]);
  expect(replicasIn({ scaleTargetName: "web", namespace: "elsewhere" }, [])).toEqual([0]);
  expect(warningsIn("deployment", { image: "i", replicas: 0 })).toEqual([]);
});
