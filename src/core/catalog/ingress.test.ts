import { expect, test } from "vitest";
import { compileAll, edgeOf, faultsIn, made, nodeOf, objectOf } from "../../../test/support/compile-one.ts";

interface Rule {
  host?: string;
  http: { paths: unknown[] };
}
const rulesOf = (object: { spec?: Record<string, unknown> }) => object.spec?.rules as Rule[];
const backend = (name: string, port: number | string) => ({
  service: { name, port: typeof port === "number" ? { number: port } : { name: port } },
});

test("paths lead to the services they name, by number or by name", () => {
  const paths = [
    { id: "1", path: "/a", pathType: "Exact", serviceName: "a", servicePort: 80 },
    { path: "/b", serviceName: "b", servicePort: "http" },
    { serviceName: "c", servicePort: "8080" },
    { path: "/re[0-9]+//x", pathType: "ImplementationSpecific", serviceName: "d", servicePort: 1 },
  ];
  const object = made("ingress", { host: "*.example.com", ingressClassName: "nginx", paths });
  expect(object).toMatchObject({ apiVersion: "networking.k8s.io/v1", kind: "Ingress" });
  expect(object.spec?.ingressClassName).toBe("nginx");
  expect(rulesOf(object).map(({ host }) => host)).toEqual(["*.example.com"]);
  expect(rulesOf(object)[0]?.http.paths.slice(0, 3)).toEqual([
    { path: "/a", pathType: "Exact", backend: backend("a", 80) },
    { path: "/b", pathType: "Prefix", backend: backend("b", "http") },
    { path: "/", pathType: "Prefix", backend: backend("c", 8080) },
  ]);
});

const services = [
  nodeOf("s1", "service", { name: "one", port: 81, targetApp: "x" }),
  nodeOf("s2", "service", { name: "two", ports: [{ port: 82 }], targetApp: "x" }),
  nodeOf("s3", "service", { name: "three" }),
  nodeOf("w", "deployment", { image: "i", port: 8083 }),
];

test("edges lead each path to its own service, in either direction", () => {
  const paths = [{ id: "p1" }, { id: "p2", path: "/two" }, { id: "p3", path: "/three" }];
  const nodes = [nodeOf("door", "ingress", { paths }), ...services];
  const edges = [
    edgeOf("door", "s1", { sourceHandle: "p1" }),
    edgeOf("s2", "door", { targetHandle: "p2" }),
    edgeOf("door", "s3", { sourceHandle: "p3" }),
    edgeOf("s3", "w"),
  ];
  expect(rulesOf(objectOf(nodes, edges))[0]?.http.paths).toEqual([
    { path: "/", pathType: "Prefix", backend: backend("one", 81) },
    { path: "/two", pathType: "Prefix", backend: backend("two", 82) },
    { path: "/three", pathType: "Prefix", backend: backend("three", 8083) },
  ]);
});

test("the only service there is serves every path that has none, but nobody guesses among several", () => {
  const nodes = [
    nodeOf("door", "ingress", { paths: [{ id: "p", serviceName: "", servicePort: null }] }),
    ...services,
  ];
  expect(rulesOf(objectOf(nodes, [edgeOf("s1", "door"), edgeOf("s3", "w")]))[0]?.http.paths).toMatchObject([
    { backend: backend("one", 81) },
  ]);
  const { faults } = compileAll(nodes, [edgeOf("door", "s1"), edgeOf("door", "s2")]);
  expect(faults.filter(({ node_id }) => node_id === "door")).toMatchObject([
    { path: "/paths/0/serviceName", code: "no-target" },
  ]);
});

test("a service that was renamed is followed, unless another bears its name now", () => {
  const paths = [{ id: "p", serviceName: "old", servicePort: 9, _linkedService: "s1" }];
  const nodes = [nodeOf("door", "ingress", { paths }), ...services];
  const edge = [edgeOf("s3", "w")];
  expect(rulesOf(objectOf(nodes, edge))[0]?.http.paths).toMatchObject([{ backend: backend("one", 9) }]);
  const old = nodeOf("s4", "service", { name: "old", targetApp: "x" });
  expect(rulesOf(objectOf([...nodes, old], edge))[0]?.http.paths).toMatchObject([
    { backend: backend("old", 9) },
  ]);
});

test("older drawings with a single path are read", () => {
  const single = { path: "/x", pathType: "Exact", serviceName: "one", servicePort: 80 };
  const expected = [{ path: "/x", pathType: "Exact", backend: backend("one", 80) }];
  expect(rulesOf(made("ingress", single))[0]?.http.paths).toEqual(expected);
  expect(rulesOf(made("ingress", { ...single, paths: [{ id: "p", path: "/" }] }))[0]?.http.paths).toEqual(
    expected,
  );
});

test("TLS is for the hosts it names, else for the host", () => {
  const tlsOf = (data: object) => made("ingress", { serviceName: "a", servicePort: 1, ...data }).spec?.tls;
  expect(tlsOf({ host: "a.b" })).toBeUndefined();
  expect(tlsOf({ host: "a.b", tlsEnabled: true, tlsSecretName: "cert" })).toEqual([
    { hosts: ["a.b"], secretName: "cert" },
  ]);
  expect(tlsOf({ host: "a.b", tlsEnabled: true, tlsHosts: ["c.d", "e.f"] })).toEqual([
    { hosts: ["c.d", "e.f"] },
  ]);
});

test("what Kubernetes would not take of an ingress is a fault", () => {
  expect(faultsIn("ingress", {})).toEqual(["/serviceName no-target"]);
  const to = { serviceName: "a", servicePort: 1 };
  expect(faultsIn("ingress", { ...to, path: "x" })).toEqual(["/path wrong-form"]);
  const paths = [
    { ...to, path: "/a//b" },
    { ...to, path: "/../x" },
    { ...to, pathType: "Regex" },
    { serviceName: "A" },
    { ...to, servicePort: "not a port" },
  ];
  expect(faultsIn("ingress", { host: "UPPER.com", paths })).toEqual([
    "/host wrong-form",
    "/paths/2/pathType unknown-word",
    "/paths/3/serviceName wrong-form",
    "/paths/4/servicePort wrong-form",
  ]);
  expect(faultsIn("ingress", { paths: paths.slice(0, 2), tlsHosts: ["a_b"] })).toEqual([
    "/paths/0/path wrong-form",
    "/paths/1/path wrong-form",
    "/tlsHosts/0 wrong-form",
  ]);
});
