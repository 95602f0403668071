import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { arbitraryDesign } from "../../../test/support/arbitrary-design.ts";
import type { Design, DesignNode } from "../../contract/design.ts";
import type { KubernetesObject } from "../kubernetes-object.ts";
import { compareData } from "../versions/compare-data.ts";
import { fromObjects, overruled } from "./from-objects.ts";
import { nodeCompiler } from "./node-compiler.ts";
import { sameMeaning } from "./same-meaning.ts";

interface Case {
  design: Design;
  node: DesignNode;
}

/** One node of a drawing that becomes something. */
const drawn: fc.Arbitrary<Case> = fc
  .tuple(arbitraryDesign(), fc.nat())
  .map(([design, pick]) => ({ design, node: design.nodes[pick % design.nodes.length] as DesignNode }))
  .filter(({ design, node }) => compilerOf({ design, node })(node.data).objects.length > 0);

function compilerOf({ design, node }: Case) {
  return nodeCompiler({ workflow_id: "wf", namespace: "shop", design }, node.id);
}

test("reading back what was written changes nothing", () => {
  fc.assert(
    fc.property(drawn, (one) => {
      const { objects } = compilerOf(one)(one.node.data);
      expect(fromObjects(one.node, objects, compilerOf(one))).toEqual({ data: one.node.data });
    }),
    { numRuns: 100 },
  );
});

test("what is read from objects alone makes the same objects again", () => {
  fc.assert(
    fc.property(drawn, (one) => {
      const toObjects = compilerOf(one);
      const { objects } = toObjects(one.node.data);
      const reading = fromObjects({ type: one.node.type, data: {} }, objects, toObjects);
      if (!("data" in reading)) throw new Error(JSON.stringify(reading.faults));
      const again = toObjects(reading.data).objects.at(-1);
      expect(again).toSatisfy((made) => sameMeaning(made, objects.at(-1)));
    }),
    { numRuns: 100 },
  );
});

const edits: Readonly<Record<string, (object: Loose) => [change: () => void, key: string]>> = {
  Deployment: (object) => [() => set(object, "spec.template.spec.containers.0.image", "changed:2"), "image"],
  StatefulSet: (object) => [() => set(object, "spec.revisionHistoryLimit", 77), "revisionHistoryLimit"],
  DaemonSet: (object) => [() => set(object, "spec.template.spec.containers.0.image", "changed:2"), "image"],
  Job: (object) => [() => set(object, "spec.backoffLimit", 9), "backoffLimit"],
  CronJob: (object) => [() => set(object, "spec.schedule", "7 7 * * *"), "schedule"],
  ConfigMap: (object) => [() => set(object, "data.NEW", "x"), "data"],
  PersistentVolumeClaim: (object) => [
    () => set(object, "spec.resources.requests.storage", "77Gi"),
    "storage",
  ],
  HorizontalPodAutoscaler: (object) => [() => set(object, "spec.maxReplicas", 77), "maxReplicas"],
  Ingress: (object) => [() => set(object, "spec.ingressClassName", "other"), "ingressClassName"],
};
type Loose = Record<string, unknown>;

function set(object: Loose, place: string, value: unknown): void {
  const keys = place.split(".");
  const last = keys.pop() ?? "";
  let holder = object;
  for (const key of keys) holder = holder[key] as Loose;
  holder[last] = value;
}

test("editing one line of the objects changes one setting, and nothing else", () => {
  fc.assert(
    fc.property(
      drawn.filter(({ design, node }) => {
        const main = compilerOf({ design, node })(node.data).objects.at(-1);
        return main !== undefined && main.kind in edits;
      }),
      (one) => {
        const toObjects = compilerOf(one);
        const objects = structuredClone(toObjects(one.node.data).objects);
        const main = objects.at(-1) as unknown as Loose;
        const [change, key] = edits[String(main.kind)]?.(main) ?? [() => {}, ""];
        change();
        const reading = fromObjects(one.node, objects, toObjects);
        if (!("data" in reading)) throw new Error(JSON.stringify(reading.faults));
        const changed = compareData(one.node.data, reading.data).map(({ path }) => path.split("/")[1]);
        expect(new Set(changed)).toEqual(new Set([key]));
      },
    ),
    { numRuns: 100 },
  );
});

const unknown = fc.constantFrom<[string, unknown]>(
  ["spec.progressive", { of: ["a", 1, true] }],
  ["metadata.finalizers", ["example.com/keep"]],
  ["spec.template.spec.dnsPolicy", "None"],
  ["spec.template.spec.hostAliases", [{ ip: "10.0.0.1", hostnames: ["a"] }]],
  ["spec.template.spec.containers.0.tty", true],
  ["spec.template.spec.containers.0.terminationMessagePolicy", "File"],
);

test("what there is no setting for is kept in the overlay, and settings stay as they were", () => {
  const workloads = drawn.filter(({ node }) =>
    ["deployment", "statefulset", "daemonset"].includes(node.type),
  );
  fc.assert(
    fc.property(workloads, unknown, (one, [place, value]) => {
      const toObjects = compilerOf(one);
      const objects = structuredClone(toObjects(one.node.data).objects);
      set(objects.at(-1) as unknown as Loose, place, value);
      const reading = fromObjects(one.node, objects, toObjects);
      if (!("data" in reading)) throw new Error(JSON.stringify(reading.faults));
      const { overlay, ...settings } = reading.data;
      expect(settings).toEqual(one.node.data);
      expect(overlay).toBeDefined();
      expect(sameMeaning(toObjects(reading.data).objects.at(-1), objects.at(-1))).toBe(true);
      expect(fromObjects({ type: one.node.type, data: reading.data }, objects, toObjects)).toEqual(reading);
    }),
    { numRuns: 100 },
  );
});

const [api, keys] = ["deployment/api", "secret/api-secrets"].map((place) =>
  parse(readFileSync(`test/data/manifests/${place}.yaml`, "utf8")),
) as [KubernetesObject, KubernetesObject];
const emptyNode = (type: string): DesignNode => ({ id: "n1", type, position: { x: 0, y: 0 }, data: {} });
const node = emptyNode("deployment");
const toObjects = compilerOf({ design: { nodes: [node], edges: [] }, node });
const read = (manifest: unknown) => fromObjects(node, [manifest as KubernetesObject], toObjects);

test("what no node can say is refused, with the place", () => {
  const other = structuredClone(api) as unknown as Loose;
  set(other, "spec.selector", { matchLabels: { app: "other" } });
  expect(read(other)).toMatchObject({ faults: [{ code: "overlay-not-allowed" }] });
  expect(read({ ...api, status: { replicas: 1 } })).toHaveProperty("data");
  const nameless = { ...api, metadata: {} };
  expect(read(nameless)).toMatchObject({ of: "objects", faults: [{ path: "/metadata/name" }] });
});

test("a node stays of its kind, and a value never enters the drawing", () => {
  const { data } = read(api) as { data: Record<string, unknown> };
  const job = { apiVersion: "batch/v1", kind: "Job", metadata: { name: "api" } };
  expect(fromObjects({ ...node, data }, [job], toObjects)).toMatchObject({ faults: [{ path: "/kind" }] });
  const secret = { ...keys, stringData: { password: "hunter2" } } as KubernetesObject;
  const reading = fromObjects(emptyNode("secret"), [secret], toObjects);
  expect(reading).toMatchObject({ of: "objects", faults: [{ path: "/stringData/password" }] });
  expect(JSON.stringify(reading)).not.toContain("hunter2");
});

test("settings that an overlay overrules are known", () => {
  const { data } = read(api) as { data: Record<string, unknown> };
  expect(overruled({ ...node, data }, toObjects)).toEqual([]);
  const overlay = { spec: { replicas: 9 } };
  expect(overruled({ ...node, data: { ...data, overlay } }, toObjects)).toEqual(["replicas"]);
});
