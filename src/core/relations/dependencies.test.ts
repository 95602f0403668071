import { expect, test } from "vitest";
import { compileAll, dependencyOf, edgeOf, nodeOf } from "../../../test/support/compile-one.ts";
import type { DesignEdge, DesignNode } from "../../contract/design.ts";

function waitsIn(nodes: DesignNode[], edges: DesignEdge[]) {
  const { nodes: compiled, faults } = compileAll(nodes, edges);
  expect(faults).toEqual([]);
  const waits = compiled.filter(({ after }) => after.length > 0);
  return Object.fromEntries(
    waits.map(({ node_id, after }) => [node_id, after.map((wait) => `${wait.node_id} ${wait.condition}`)]),
  );
}

const workload = (id: string, data: object = {}) => nodeOf(id, "deployment", { image: "i", ...data });
const job = nodeOf("job", "job", { image: "i" });
const cfg = nodeOf("cfg", "configmap", { name: "settings" });
const keys = nodeOf("keys", "secret", { name: "keys" });
const disk = nodeOf("disk", "persistentvolumeclaim", { name: "disk" });

test("a dependency makes its target wait for its source, until it is ready or, for a job, completed", () => {
  const edges = [dependencyOf("job", "a"), dependencyOf("a", "b")];
  expect(waitsIn([workload("b"), workload("a"), job], edges)).toEqual({
    a: ["job completed"],
    b: ["a ready"],
  });
});

test("a condition said on the edge wins, in its data before beside it", () => {
  const beside = edgeOf("a", "c", { type: "dependency", condition: "completed" });
  const both = { ...dependencyOf("b", "c", "exists"), condition: "ready" as const };
  const nodes = [workload("a"), workload("b"), workload("c")];
  expect(waitsIn(nodes, [beside, both])).toEqual({ c: ["a completed", "b exists"] });
});

test("of two conditions on one node the stricter holds", () => {
  const edges = [
    dependencyOf("a", "b", "exists"),
    edgeOf("a", "b", { id: "second", type: "dependency" }),
    edgeOf("a", "b", { id: "third", type: "dependency", condition: "exists" }),
  ];
  expect(waitsIn([workload("a"), workload("b")], edges)).toEqual({ b: ["a ready"] });
});

test("a workload comes after what its edges mount, whichever way they are drawn", () => {
  const nodes = [workload("w"), cfg, keys, disk];
  const edges = [edgeOf("cfg", "w"), edgeOf("w", "keys"), edgeOf("disk", "w")];
  expect(waitsIn(nodes, edges)).toEqual({ w: ["cfg exists", "keys exists", "disk exists"] });
});

test("a workload comes after what it reads by name, without any edge", () => {
  const data = {
    env: { A: { valueFrom: { configMapKeyRef: { name: "settings", key: "A" } } } },
    envFrom: [{ type: "secret", name: "keys" }],
    volumes: [{ name: "d", persistentVolumeClaim: { claimName: "disk" } }],
  };
  const expected = { w: ["disk exists", "cfg exists", "keys exists"] };
  expect(waitsIn([workload("w", data), cfg, keys, disk], [])).toEqual(expected);
});

test("also where an init container, a projected volume, a pull secret or an account reads it", () => {
  const env = [{ name: "A", valueFrom: { secretKeyRef: { name: "keys", key: "a" } } }];
  const account = { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "robot" } };
  const data = {
    initContainers: [{ name: "first", image: "i", env }],
    volumes: [{ name: "p", projected: { sources: [{ configMap: { name: "settings" } }] } }],
    imagePullSecrets: ["pull"],
    serviceAccountName: "robot",
  };
  const nodes = [
    workload("w", data),
    cfg,
    keys,
    nodeOf("pull", "secret"),
    nodeOf("account", "object", { manifest: account }),
  ];
  expect(waitsIn(nodes, [])).toEqual({ w: ["cfg exists", "keys exists", "pull exists", "account exists"] });
});

test("a thing of the same name in another namespace is another thing", () => {
  const elsewhere = nodeOf("cfg", "configmap", { name: "settings", namespace: "other" });
  expect(
    waitsIn([workload("w", { envFrom: [{ type: "configMap", name: "settings" }] }), elsewhere], []),
  ).toEqual({});
});

test("an autoscaler comes after its target and an ingress after its services; a service waits for nothing", () => {
  const nodes = [
    nodeOf("door", "ingress"),
    nodeOf("s", "service"),
    nodeOf("h", "hpa", { maxReplicas: 2, targetCPUUtilization: 50, scaleTargetName: "w" }),
    nodeOf("tls", "secret", { name: "cert" }),
    nodeOf("tlsdoor", "ingress", { serviceName: "s", tlsEnabled: true, tlsSecretName: "cert" }),
    workload("w"),
  ];
  expect(waitsIn(nodes, [edgeOf("door", "s"), edgeOf("s", "w")])).toEqual({
    door: ["s exists"],
    h: ["w exists"],
    tlsdoor: ["s exists", "tls exists"],
  });
});

test("waiting for what waits for oneself is a circle, drawn or not", () => {
  const edges = [dependencyOf("w", "cfg")];
  const nodes = [workload("w", { envFrom: [{ type: "configMap", name: "settings" }] }), cfg];
  expect(compileAll(nodes, edges).faults.map(({ node_id, code }) => `${node_id} ${code}`)).toEqual([
    "cfg cycle",
    "w cycle",
  ]);
});
