import { expect, test } from "vitest";
import { compileAll, containerOf, faultsIn, nodeOf, objectOf } from "../../../test/support/compile-one.ts";
import { toBase64 } from "../catalog/base64.ts";

const keys = (...names: string[]) => ({ keys: names.map((name, index) => ({ id: `k${index}`, name })) });

test("a secret holds the values given to the run and nothing of the drawing", () => {
  const node = nodeOf("s", "secret", {
    name: "db",
    ...keys("user", "password", "", "_new_1"),
    values: { user: "drawn" },
  });
  const values = { secrets: { s: { password: "pä$$\n", _new_1: "x" }, other: { user: "theirs" } } };
  const { nodes, secretKeys } = compileAll([node], [], { values });
  expect(nodes[0]?.objects).toMatchObject([
    { apiVersion: "v1", kind: "Secret", type: "Opaque", data: { password: btoa("p\u00c3\u00a4$$\n") } },
  ]);
  expect(nodes[0]?.objects[0]).toHaveProperty("data", { password: "cMOkJCQK" });
  expect(secretKeys).toEqual([
    { node_id: "s", name: "db", namespace: "shop", declared: ["user", "password"], missing: ["user"] },
  ]);
});

test("a key that the cluster holds is not missing", () => {
  const node = nodeOf("s", "secret", keys("user", "password"));
  const { secretKeys, faults } = compileAll([node], [], { present: { secretKeys: { s: ["user"] } } });
  expect(faults).toEqual([]);
  expect(secretKeys).toMatchObject([{ missing: ["password"] }]);
});

test("a secret's type, and what cannot be its keys", () => {
  expect(objectOf([nodeOf("s", "secret", { secretType: "kubernetes.io/tls" })])).toMatchObject({
    type: "kubernetes.io/tls",
    data: {},
  });
  expect(faultsIn("secret", keys("a b", "ok", "ok", ".."))).toEqual([
    "/keys/0/name wrong-form",
    "/keys/3/name wrong-form",
    "/keys/2/name duplicate",
  ]);
  const values = { secrets: { s: { "a/b": "x" } } };
  expect(compileAll([nodeOf("s", "secret")], [], { values }).faults).toMatchObject([
    { node_id: "s", path: "/keys", code: "wrong-form" },
  ]);
});

test("values keep every character", () => {
  for (const text of ["", "a", "ab", "abc", "ä€😀", "line\nline", "\u0000"])
    expect(toBase64(text)).toBe(Buffer.from(text, "utf8").toString("base64"));
  expect(toBase64("\ud800")).toBe(Buffer.from("\ufffd", "utf8").toString("base64"));
});

const api = nodeOf("n", "deployment", {
  name: "api",
  image: "i",
  env: { MODE: "drawn", LEVEL: "info" },
  envKeys: [{ id: "1", name: "TOKEN" }, { id: "2", name: "" }, { name: "_new_3" }],
});

test("environment given to a run is kept in a secret of the node, and wins over the drawing", () => {
  const { nodes } = compileAll([api], [], { values: { env: { n: { MODE: "live" } } } });
  const [secret, workload] = nodes[0]?.objects ?? [];
  expect(secret).toMatchObject({
    kind: "Secret",
    metadata: { name: "api-env", namespace: "shop", labels: { "orrery.dev/node": "n" } },
    data: { MODE: btoa("live") },
  });
  const fromSecret = (key: string) => ({
    name: key,
    valueFrom: { secretKeyRef: { name: "api-env", key, optional: true } },
  });
  expect(workload && containerOf(workload).env).toEqual([
    { name: "LEVEL", value: "info" },
    fromSecret("TOKEN"),
    fromSecret("MODE"),
  ]);
});

test("environment of earlier runs stays where it is", () => {
  const { nodes } = compileAll([api], [], { present: { envKeys: { n: ["OLD"] } } });
  expect(nodes[0]?.objects.map(({ kind }) => kind)).toEqual(["Deployment"]);
  const [workload] = nodes[0]?.objects ?? [];
  expect(workload && containerOf(workload).env).toContainEqual(
    expect.objectContaining({
      name: "OLD",
      valueFrom: { secretKeyRef: expect.objectContaining({ key: "OLD" }) },
    }),
  );
});

test("it reaches the first container where the node itself has no image", () => {
  const node = nodeOf("n", "job", {
    name: "api",
    containers: [{ name: "one", image: "i", env: { A: "1" } }],
  });
  const job = objectOf([node], [], { values: { env: { n: { B: "2" } } } });
  expect(containerOf(job).env).toMatchObject([{ name: "A" }, { name: "B" }]);
});

test("what cannot be a variable is refused by name", () => {
  const { faults } = compileAll([nodeOf("n", "deployment", { image: "i" })], [], {
    values: { env: { n: { "1A": "x", "B C": "x" } } },
  });
  expect(faults).toMatchObject([
    { node_id: "n", path: "/envKeys", code: "wrong-form", message: expect.stringContaining("“1A”") },
    { node_id: "n", path: "/envKeys", code: "wrong-form", message: expect.stringContaining("“B C”") },
  ]);
});

test("a node's runtime secret and a secret node of its name are two makers of one object", () => {
  const nodes = [
    nodeOf("n", "deployment", { name: "api", image: "i" }),
    nodeOf("s", "secret", { name: "api-env" }),
  ];
  const { faults } = compileAll(nodes, [], { values: { env: { n: { A: "1" } } } });
  expect(faults.map(({ code }) => code)).toEqual(["duplicate-object", "duplicate-object"]);
});
