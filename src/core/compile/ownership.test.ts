import { expect, test } from "vitest";
import { compileAll, containerOf, faultsIn, made, nodeOf } from "../../../test/support/compile-one.ts";
import { withoutFields } from "./ownership.ts";

const web = { image: "nginx", replicas: 2, annotations: { "example.com/a": "b", "example.com/c": "d" } };
const owning = (ownership: unknown, more: object = {}) => ({ ...web, ...more, ownership });

test("what is never managed is not in the object", () => {
  const object = made(
    "deployment",
    owning({
      "/spec/replicas": "never",
      "/metadata/annotations/example.com~1a": "never",
      "/spec/template/spec/containers/0/image": "never",
      "/spec/nowhere/at/all": "never",
    }),
  );
  expect(object.spec).not.toHaveProperty("replicas");
  expect(object.metadata.annotations).toEqual({ "example.com/c": "d" });
  expect(containerOf(object)).not.toHaveProperty("image");
  expect(containerOf(object)).toHaveProperty("name", "web");
});

test("items of lists go together, wherever they stand", () => {
  const object = {
    apiVersion: "v1",
    kind: "Thing",
    metadata: { name: "a" },
    items: ["a", "b", "c", { d: 1, e: 2 }],
  };
  const rest = withoutFields(object, ["/items/0", "/items/2", "/items/3/d", "/items/7", "/items/-"]);
  expect(rest).toEqual({ ...object, items: ["b", { e: 2 }] });
  expect(object.items).toHaveLength(4);
});

test("what is left and what is taken is told with the node, and stays in the object", () => {
  const data = owning({
    "/spec/replicas": "leave",
    "/metadata/annotations/example.com~1a": "take",
    "/spec/strategy": "take",
  });
  const [node] = compileAll([nodeOf("web", "deployment", data)]).nodes;
  expect(node?.ownership).toEqual({
    leave: ["/spec/replicas"],
    take: ["/metadata/annotations/example.com~1a", "/spec/strategy"],
  });
  const [plain] = compileAll([nodeOf("web", "deployment", web)]).nodes;
  expect(node?.objects).toEqual(plain?.objects);
});

test("where nothing was chosen, nothing is said", () => {
  for (const data of [web, owning(null), owning({}), owning({ "/spec/replicas": "never" })])
    expect(compileAll([nodeOf("web", "deployment", data)]).nodes[0]).not.toHaveProperty("ownership");
});

test("it is a choice for each field, and says so at its place", () => {
  expect(faultsIn("deployment", owning("take"))).toEqual(["/ownership wrong-type"]);
  expect(faultsIn("deployment", owning(["/spec/replicas"]))).toEqual(["/ownership wrong-type"]);
  const wrong = {
    "": "take",
    "spec/replicas": "take",
    "/a~2": "take",
    "/spec/replicas": "keep",
    "/spec/paused": true,
  };
  expect(faultsIn("deployment", owning(wrong))).toEqual([
    "/ownership/ wrong-form",
    "/ownership/spec~1replicas wrong-form",
    "/ownership/~1a~02 wrong-form",
    "/ownership/~1spec~1replicas unknown-word",
    "/ownership/~1spec~1paused wrong-type",
  ]);
});

test("what else is wrong with the node is said too", () => {
  expect(faultsIn("deployment", owning(5, { port: "x" }))).toEqual([
    "/port wrong-type",
    "/ownership wrong-type",
  ]);
});

test.each(["never", "leave", "take"])("nothing that makes an object ours can be chosen: %s", (choice) => {
  const places = [
    "/kind",
    "/metadata",
    "/metadata/name",
    "/metadata/labels",
    "/metadata/labels/app",
    "/metadata/labels/orrery.dev~1node",
    "/spec",
    "/spec/selector",
    "/spec/selector/matchLabels/app",
    "/spec/template",
    "/spec/template/metadata/labels/app.kubernetes.io~1managed-by",
  ];
  const ownership = Object.fromEntries(places.map((place) => [place, choice]));
  const faults = faultsIn("deployment", owning(ownership));
  expect(faults).toEqual(
    places.map(
      (place) => `/ownership/${place.replaceAll("~", "~0").replaceAll("/", "~1")} ownership-not-allowed`,
    ),
  );
});

test("an overlay's fields can be chosen like any other", () => {
  const overlay = { spec: { minReadySeconds: 5 } };
  const object = made("deployment", owning({ "/spec/minReadySeconds": "never" }, { overlay }));
  expect(object.spec).not.toHaveProperty("minReadySeconds");
});

test("it is the node's main object that is spoken of", () => {
  const node = nodeOf("web", "deployment", owning({ "/type": "never" }));
  const { nodes } = compileAll([node], [], { values: { env: { web: { A: "1" } } } });
  expect(nodes[0]?.objects[0]).toMatchObject({ kind: "Secret", type: "Opaque" });
});
