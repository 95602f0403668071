import fc from "fast-check";
import { expect, test } from "vitest";
import { arbitraryDesign } from "../../../test/support/arbitrary-design.ts";
import { nodeOf } from "../../../test/support/compile-one.ts";
import type { Design } from "../../contract/design.ts";
import { catalog } from "../catalog/catalog.ts";
import { keyOf } from "../kubernetes-object.ts";
import { compileDesign } from "./compile-design.ts";

const compile = (design: Design) => compileDesign({ workflow_id: "wf", namespace: "shop", design });
const kinds = [...catalog.keys()];

/** Every setting's name of a kind with any JSON behind it, so that odd values meet the code that reads them. */
const oddSettings = (kind: string) => {
  const known = Object.keys(catalog.get(kind)?.settings.properties ?? {});
  const value = fc.jsonValue({ maxDepth: 4 });
  return fc.dictionary(fc.constantFrom(...known, "overlay", "other"), value, { maxKeys: 8 });
};

test("any node data at all becomes objects or faults, and never throws", { timeout: 30_000 }, () => {
  const odd = fc
    .constantFrom(...kinds)
    .chain((kind) => fc.tuple(fc.constant(kind), fc.oneof(oddSettings(kind), fc.jsonValue({ maxDepth: 5 }))));
  fc.assert(
    fc.property(odd, fc.constantFrom(...kinds), ([kind, data], other) => {
      const nodes = [nodeOf("a", kind, data as Record<string, unknown>), nodeOf("b", other, { image: "i" })];
      const { nodes: made, faults } = compile({ nodes, edges: [{ id: "e", source: "a", target: "b" }] });
      const isFaulty = faults.some(({ node_id }) => node_id === "a");
      expect(isFaulty).toBe(made[0]?.objects.length === 0);
      for (const { message, code, path } of faults) {
        expect(message).toMatch(/^[\p{Lu}“]/u);
        expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
        expect(path).toMatch(/^(\/|$)/);
      }
    }),
    { numRuns: 1_000 },
  );
});

test("a good node with one odd setting never throws either", { timeout: 30_000 }, () => {
  const good: Record<string, unknown> = {
    image: "i",
    port: 80,
    schedule: "@daily",
    maxReplicas: 1,
    scaleTargetName: "x",
    targetCPUUtilization: 1,
    policyTypes: ["Ingress"],
    targetApp: "x",
    serviceName: "x",
    servicePort: 1,
    manifest: { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "x" } },
  };
  const one = fc.constantFrom(...kinds).chain((kind) => {
    const keys = [...Object.keys(catalog.get(kind)?.settings.properties ?? {}), "overlay"];
    return fc.tuple(fc.constant(kind), fc.constantFrom(...keys), fc.jsonValue({ maxDepth: 5 }));
  });
  fc.assert(
    fc.property(one, ([kind, key, value]) => {
      const { nodes, faults } = compile({ nodes: [nodeOf("a", kind, { ...good, [key]: value })], edges: [] });
      expect(faults.length === 0).toBe((nodes[0]?.objects.length ?? 0) > 0);
    }),
    { numRuns: 1_500 },
  );
});

test("the same design becomes the same, and it matters to nothing in which order its nodes were drawn", {
  timeout: 30_000,
}, () => {
  fc.assert(
    fc.property(arbitraryDesign(), (design) => {
      const first = compile(design);
      expect(compile(structuredClone(design))).toEqual(first);
      const again = compile({ ...design, nodes: design.nodes.toReversed() });
      const objectsOf = ({ nodes }: typeof first) =>
        new Map(nodes.flatMap(({ objects }) => objects).map((object) => [keyOf(object), object]));
      expect(objectsOf(again)).toEqual(objectsOf(first));
      const waitsOf = ({ nodes }: typeof first) =>
        nodes
          .map(({ node_id, after }) => [node_id, after.map((wait) => JSON.stringify(wait)).toSorted()])
          .toSorted();
      expect(waitsOf(again)).toEqual(waitsOf(first));
      const faultsOf = ({ faults }: typeof first) => faults.map((each) => JSON.stringify(each)).toSorted();
      expect(faultsOf(again)).toEqual(faultsOf(first));
    }),
    { numRuns: 100 },
  );
});

test("what people draw is what is not changed by drawing it", { timeout: 30_000 }, () => {
  fc.assert(
    fc.property(arbitraryDesign(), (design) => {
      const before = structuredClone(design);
      compile(design);
      expect(design).toEqual(before);
    }),
    { numRuns: 100 },
  );
});

test("most designs that people draw are without fault", { timeout: 30_000 }, () => {
  let [sound, all] = [0, 0];
  fc.assert(
    fc.property(arbitraryDesign(), (design) => {
      all += 1;
      if (compile(design).faults.length === 0) sound += 1;
    }),
    { numRuns: 150 },
  );
  expect(sound / all).toBeGreaterThan(0.3);
});

/** All texts and keys of an object, with the place of each. */
function textsIn(value: unknown, at = ""): string[] {
  if (typeof value === "string") return [`${at}=${value}`];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => textsIn(part, `${at}/${key}`));
}

test("people's text stays in its field, whatever it looks like", { timeout: 30_000 }, () => {
  const mark = fc.string({ minLength: 1, maxLength: 30 }).map((text) => `§${text}\n---\nkind: Pod\n{{x}}`);
  fc.assert(
    fc.property(mark, (text) => {
      const nodes = [
        nodeOf("d", "deployment", {
          image: "i",
          env: { A: text },
          args: [text],
          annotations: { note: text },
        }),
        nodeOf("c", "configmap", { data: { key: text } }),
      ];
      const { nodes: made, faults } = compile({ nodes, edges: [] });
      expect(faults).toEqual([]);
      const objects = made.flatMap((each) => each.objects);
      expect(objects.map(({ kind }) => kind)).toEqual(["Deployment", "ConfigMap"]);
      const places = objects.flatMap((object) => textsIn(object)).filter((each) => each.includes("§"));
      expect(places).toEqual([
        `/metadata/annotations/note=${text}`,
        `/spec/template/spec/containers/0/args/0=${text}`,
        `/spec/template/spec/containers/0/env/0/value=${text}`,
        `/data/key=${text}`,
      ]);
    }),
  );
});

test("text in a field that has a form is refused there, or is nowhere else", { timeout: 30_000 }, () => {
  const hostile = fc.constantFrom(
    "x\nhostPID: true",
    "a b",
    "x: y",
    "{{ x }}",
    "../etc",
    "x\u0000",
    "a/b/c d",
  );
  const fields = ["name", "namespace", "image", "serviceAccountName", "version"];
  fc.assert(
    fc.property(fc.constantFrom(...fields), hostile, (field, text) => {
      const { faults, nodes } = compile({
        nodes: [nodeOf("d", "deployment", { image: "i", [field]: text })],
        edges: [],
      });
      const places = nodes.flatMap(({ objects }) => objects).flatMap((object) => textsIn(object));
      if (faults.length > 0) expect(faults.map(({ path }) => path)).toEqual([`/${field}`]);
      else expect(places.filter((each) => each.endsWith(`=${text}`))).toHaveLength(1);
    }),
  );
});
