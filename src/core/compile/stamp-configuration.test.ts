import { expect, test } from "vitest";
import { compileAll, edgeOf, nodeOf } from "../../../test/support/compile-one.ts";
import type { DesignNode } from "../../contract/design.ts";
import type { KubernetesObject } from "../kubernetes-object.ts";
import type { CompiledNode } from "./compile-design.ts";
import { stampConfiguration } from "./stamp-configuration.ts";

const annotation = "orrery.dev/configuration";
/** Shows what was hashed. */
const asItIs = (text: string) => `${text.length}:${text}`;
const numbered = () => {
  const seen: string[] = [];
  return (text: string) =>
    String(seen.includes(text) ? seen.indexOf(text) : seen.push(text) - 1).padStart(16);
};

function compiled(
  nodes: DesignNode[],
  ...more: Parameters<typeof compileAll> extends [unknown, ...infer R] ? R : []
) {
  const { nodes: made, faults } = compileAll(nodes, ...more);
  expect(faults).toEqual([]);
  return made;
}

function annotationsOf(nodes: readonly CompiledNode[], id: string): Record<string, string> | undefined {
  const main = nodes.find(({ node_id }) => node_id === id)?.objects.at(-1);
  const spec = main?.spec as { template: { metadata: { annotations?: Record<string, string> } } };
  return spec.template.metadata.annotations;
}

const stampOf = (nodes: readonly CompiledNode[], id: string) => annotationsOf(nodes, id)?.[annotation];

const manifest = (kind: string, spec: object, more: object = {}) =>
  nodeOf(kind.toLowerCase(), "object", {
    manifest: { apiVersion: "apps/v1", kind, metadata: { name: kind.toLowerCase(), ...more }, spec },
  });

const settings = (data: object, more: object = {}) =>
  nodeOf("c", "configmap", { name: "settings", data, ...more });

function workload(pod: object) {
  const labels = { app: "deployment" };
  const containers = [{ name: "main", image: "i" }];
  const template = { metadata: { labels }, spec: { containers, ...pod } };
  return manifest("Deployment", { selector: { matchLabels: labels }, template });
}

const ways: Record<string, object> = {
  "a variable": {
    containers: [
      { name: "main", env: [{ name: "A", valueFrom: { configMapKeyRef: { name: "settings", key: "A" } } }] },
    ],
  },
  "all of its variables": {
    containers: [{ name: "main", envFrom: [{ configMapRef: { name: "settings" } }] }],
  },
  "an init container": {
    initContainers: [{ name: "first", envFrom: [{ configMapRef: { name: "settings" } }] }],
  },
  "a volume": { volumes: [{ name: "v", configMap: { name: "settings" } }] },
  "a projected volume": {
    volumes: [{ name: "v", projected: { sources: [{ configMap: { name: "settings" } }] } }],
  },
};

test.each(Object.entries(ways))("what pods know as %s is in their stamp", (_, pod) => {
  const hash = numbered();
  const stamp = (data: object) =>
    stampOf(stampConfiguration(compiled([settings(data), workload(pod)]), hash), "deployment");
  expect(stamp({ A: "1", B: "2" })).toHaveLength(16);
  expect(stamp({ B: "2", A: "1" })).toBe(stamp({ A: "1", B: "2" }));
  expect(stamp({ A: "1", B: "3" })).not.toBe(stamp({ A: "1", B: "2" }));
  expect(stamp({ A: "1", B: "2", C: "" })).not.toBe(stamp({ A: "1", B: "2" }));
});

test("secrets count by their values, and those the cluster keeps by what it has", () => {
  const api = nodeOf("api", "deployment", { name: "api", image: "i" });
  const first = compiled([api], [], { values: { env: { api: { TOKEN: "one" } } } });
  const kept = first.flatMap(({ objects }) => objects).filter(({ kind }) => kind === "Secret");
  const later = compiled([api], [], { present: { envKeys: { api: ["TOKEN"] } } });
  expect(kept).toHaveLength(1);
  const stamp = stampOf(stampConfiguration(first, asItIs), "api");
  expect(stamp).toBeDefined();
  expect(stampOf(stampConfiguration(later, asItIs, kept), "api")).toBe(stamp);
  expect(stampOf(stampConfiguration(later, asItIs), "api")).toBeUndefined();
});

test("what is sent wins over what the cluster kept", () => {
  const hash = numbered();
  const api = nodeOf("api", "deployment", { name: "api", image: "i" });
  const run = (value: string) => compiled([api], [], { values: { env: { api: { TOKEN: value } } } });
  const secretOf = (value: string) => run(value).flatMap(({ objects }) => objects.slice(0, 1));
  const stamp = stampOf(stampConfiguration(run("two"), hash, secretOf("one")), "api");
  expect(stamp).toBe(stampOf(stampConfiguration(run("two"), hash), "api"));
});

test("pods of another namespace, and names that nothing of the design bears, mean nothing", () => {
  const pod = { volumes: [{ name: "v", configMap: { name: "settings" } }] };
  const elsewhere = settings({ A: "1" }, { namespace: "elsewhere" });
  for (const nodes of [[elsewhere, workload(pod)], [workload(pod)]])
    expect(annotationsOf(stampConfiguration(compiled(nodes), asItIs), "deployment")).toBeUndefined();
});

test("a stamp that people drew never stands, and their other annotations do", () => {
  const podAnnotations = { [annotation]: "mine", "example.com/a": "b" };
  const data = settings({ A: "1" }, { mountPath: "/etc/a" });
  const web = nodeOf("web", "deployment", { image: "i", podAnnotations });
  const alone = stampConfiguration(compiled([web]), asItIs);
  expect(annotationsOf(alone, "web")).toEqual({ "example.com/a": "b" });
  const joined = stampConfiguration(compiled([data, web], [edgeOf("c", "web")]), asItIs);
  expect(annotationsOf(joined, "web")).toEqual({
    "example.com/a": "b",
    [annotation]: expect.stringContaining(":[["),
  });
});

test("what runs once is not rolled, and daemons and stateful sets are", () => {
  const data = settings({ A: "1" }, { mountPath: "/etc/a" });
  for (const [type, more, isStamped] of [
    ["job", {}, false],
    ["cronjob", { schedule: "@daily" }, false],
    ["daemonset", {}, true],
    ["statefulset", {}, true],
  ] as const) {
    const nodes = compiled([data, nodeOf("w", type, { image: "i", ...more })], [edgeOf("c", "w")]);
    const before: readonly KubernetesObject[] = structuredClone(nodes.flatMap(({ objects }) => objects));
    const stamped = stampConfiguration(nodes, asItIs);
    expect(JSON.stringify(stamped).includes(annotation), type).toBe(isStamped);
    expect(nodes.flatMap(({ objects }) => objects)).toEqual(before);
  }
});
