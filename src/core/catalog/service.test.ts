import { expect, test } from "vitest";
import { compileAll, edgeOf, faultsIn, made, nodeOf, objectOf } from "../../../test/support/compile-one.ts";
import type { DesignNode } from "../../contract/design.ts";

const service = (data: Record<string, unknown>) => made("service", { targetApp: "x", ...data });
const web = nodeOf("w", "deployment", {
  name: "web",
  image: "i",
  port: 8080,
  ports: [{ name: "metrics", containerPort: 9090 }],
});

test("a service of every kind of workload finds its pods and their port, whichever way the edge is drawn", () => {
  for (const kind of ["deployment", "statefulset", "daemonset"])
    for (const edge of [edgeOf("s", "w"), edgeOf("w", "s")]) {
      const object = objectOf([nodeOf("s", "service", { name: "door" }), { ...web, type: kind }], [edge]);
      expect(object).toMatchObject({ apiVersion: "v1", kind: "Service", metadata: { name: "door" } });
      expect(object.spec).toEqual({
        type: "ClusterIP",
        selector: { app: "web" },
        ports: [{ name: "http", protocol: "TCP", port: 8080, targetPort: 8080 }],
      });
    }
});

test("what a service says itself wins over what its edge says", () => {
  const data = { targetApp: "other", port: 80, targetPort: 3000 };
  expect(objectOf([nodeOf("s", "service", data), web], [edgeOf("s", "w")]).spec).toMatchObject({
    selector: { app: "other" },
    ports: [{ port: 80, targetPort: 3000 }],
  });
  const selector = { tier: "front", ready: true, n: 0 };
  expect(objectOf([nodeOf("s", "service", { selector }), web], [edgeOf("s", "w")]).spec?.selector).toEqual({
    tier: "front",
    ready: "true",
    n: "0",
  });
});

test("a target that was renamed is followed by its node", () => {
  const data = { targetApp: "old", _linkedDeployment: "w" };
  const selectorOf = (nodes: DesignNode[], edges = [edgeOf("s", "w")]) =>
    objectOf(nodes, edges).spec?.selector;
  expect(selectorOf([nodeOf("s", "service", data), web])).toEqual({ app: "web" });
  // Somebody bears the name, so that it is meant.
  const old = nodeOf("o", "deployment", { name: "old", image: "i" });
  expect(selectorOf([nodeOf("s", "service", data), web, old])).toEqual({ app: "old" });
  expect(selectorOf([nodeOf("s", "service", { _linkedDeployment: "w" }), web], [])).toEqual({ app: "web" });
  expect(selectorOf([nodeOf("s", "service", { targetApp: "old", _linkedDeployment: "gone" }), web])).toEqual({
    app: "old",
  });
});

test("several ports, each by number or name, with names of their own", () => {
  const ports = [
    { id: "1", port: 80, targetPort: "http", nodePort: 30_080, appProtocol: "http" },
    { port: 53, protocol: "UDP", targetPort: "5353" },
    { name: "tcp-dns", port: 53 },
  ];
  const expected = [
    { name: "http", protocol: "TCP", port: 80, targetPort: "http", appProtocol: "http" },
    { name: "port-53-udp", protocol: "UDP", port: 53, targetPort: 5353 },
    { name: "tcp-dns", protocol: "TCP", port: 53, targetPort: 53 },
  ];
  expect(service({ ports, port: 1 }).spec?.ports).toEqual(expected);
  expect(service({ ports, serviceType: "NodePort" }).spec?.ports).toEqual([
    { ...expected[0], nodePort: 30_080 },
    expected[1],
    expected[2],
  ]);
});

test("types, affinity and how it is reached from outside", () => {
  const said = {
    serviceType: "LoadBalancer",
    nodePort: 30_000,
    sessionAffinity: "ClientIP",
    sessionAffinityTimeout: 60,
    externalTrafficPolicy: "Local",
    loadBalancerIP: "10.0.0.1",
    loadBalancerSourceRanges: ["10.0.0.0/8", "fd00::/8"],
    publishNotReadyAddresses: false,
    annotations: { a: 1 },
    labels: { b: false },
  };
  const object = service(said);
  expect(object.metadata).toMatchObject({ annotations: { a: "1" }, labels: { b: "false" } });
  expect(object.spec).toMatchObject({
    type: "LoadBalancer",
    sessionAffinity: "ClientIP",
    sessionAffinityConfig: { clientIP: { timeoutSeconds: 60 } },
    externalTrafficPolicy: "Local",
    loadBalancerIP: "10.0.0.1",
    loadBalancerSourceRanges: ["10.0.0.0/8", "fd00::/8"],
    publishNotReadyAddresses: false,
    ports: [{ nodePort: 30_000 }],
  });
  const { spec } = service({ ...said, serviceType: "ClusterIP" });
  for (const key of ["externalTrafficPolicy", "loadBalancerIP", "loadBalancerSourceRanges"])
    expect(spec).not.toHaveProperty(key);
  expect(service({ type: "NodePort" }).spec?.type).toBe("NodePort");
  expect(service({ type: "service" }).spec?.type).toBe("ClusterIP");
});

test("a service may be headless, but then not exposed", () => {
  expect(service({ clusterIP: "None" }).spec).toMatchObject({ clusterIP: "None" });
  expect(faultsIn("service", { targetApp: "x", clusterIP: "None", serviceType: "NodePort" })).toEqual([
    "/clusterIP headless-exposed",
  ]);
  expect(faultsIn("service", { targetApp: "x", clusterIP: "none" })).toEqual(["/clusterIP wrong-form"]);
});

test("a port name that no container declares is a fault, a number that none declares is odd", () => {
  const findings = (data: Record<string, unknown>) => {
    const { faults, warnings } = compileAll([nodeOf("s", "service", data), web], [edgeOf("s", "w")]);
    return [faults, warnings].map((list) => list.map(({ path, code }) => `${path} ${code}`));
  };
  expect(findings({ targetPort: "metrics" })).toEqual([[], []]);
  expect(findings({ targetPort: "nope" })).toEqual([["/targetPort port-name-unknown"], []]);
  expect(
    findings({
      ports: [
        { port: 1, targetPort: "nope" },
        { port: 2, targetPort: 3 },
      ],
    }),
  ).toEqual([["/ports/0/targetPort port-name-unknown"], ["/ports/1/targetPort port-not-declared"]]);
  expect(findings({ targetPort: 3 })).toEqual([[], ["/targetPort port-not-declared"]]);
  expect(findings({ targetPort: "nope", selector: { a: "b" } })).toEqual([[], []]);
  const silent = nodeOf("w", "deployment", { name: "web", image: "i" });
  const ofSilent = (targetPort: unknown) =>
    compileAll([nodeOf("s", "service", { targetPort }), silent], [edgeOf("s", "w")]);
  expect(ofSilent("http").faults).toMatchObject([{ code: "port-name-unknown" }]);
  expect(ofSilent(80)).toMatchObject({ faults: [], warnings: [] });
});

test("a port of a further container is known too", () => {
  const containers = [{ name: "side", image: "i", ports: [{ name: "admin", containerPort: 1 }] }];
  const node = nodeOf("w", "deployment", { image: "i", containers });
  expect(
    compileAll([nodeOf("s", "service", { targetPort: "admin" }), node], [edgeOf("s", "w")]).faults,
  ).toEqual([]);
});

test("what Kubernetes would not take of a service is a fault", () => {
  expect(faultsIn("service", {})).toEqual(["/targetApp no-target"]);
  expect(faultsIn("service", { targetApp: "x", serviceType: "ExternalName", port: 70_000 })).toEqual([
    "/serviceType unknown-word",
    "/port out-of-range",
  ]);
  const ports = [
    { name: "a", port: 1 },
    { name: "a", port: 1 },
    { port: 2, targetPort: "A b" },
  ];
  expect(faultsIn("service", { targetApp: "x", ports: ports.slice(0, 2) })).toEqual([
    "/ports/1/name duplicate",
    "/ports/1/port duplicate",
  ]);
  expect(faultsIn("service", { targetApp: "x", ports })).toContain("/ports/2/targetPort wrong-form");
  expect(
    faultsIn("service", { targetApp: "x", loadBalancerSourceRanges: ["10.0.0.0"], selector: { "a b": "c" } }),
  ).toEqual(["/selector/a b wrong-form", "/loadBalancerSourceRanges/0 wrong-form"]);
  expect(faultsIn("service", { targetApp: "x", sessionAffinityTimeout: 0, port: "80" })).toEqual([
    "/sessionAffinityTimeout out-of-range",
    "/port wrong-type",
  ]);
});
