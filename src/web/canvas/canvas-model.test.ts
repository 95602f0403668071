import { expect, onTestFinished, test, vi } from "vitest";
import type { DesignEdge, DesignNode } from "../../contract/design.ts";
import { changesSince, discarded } from "./changes.ts";
import { connectionOf } from "./connect.ts";
import { edgeName, labelOf, lineOf, sentenceOf } from "./edge-words.ts";
import { edgeOf, nodeOf } from "./fixtures.ts";
import { drawingOf, type Graph, graphOf, withEdges, withNodes, withoutNodes } from "./graph.ts";
import { middleEllipsis, suggestedName, uniqueName } from "./names.ts";
import { cardName, factOf, imageTag } from "./node-words.ts";
import { isOnlyMoved } from "./same-graph.ts";
import { createStatusStore } from "./statuses.ts";
import { areaOf, createAreas, createStrides, levelOf, shownIn } from "./window.ts";

const graph = (nodes: DesignNode[], edges: DesignEdge[] = []): Graph => graphOf({ nodes, edges });
const api = nodeOf("api", "deployment", { name: "api", image: "ghcr.io/acme/api:2.5.0", port: 8080 });
const door = nodeOf("door", "service", { name: "api", port: 80 });
const front = nodeOf("front", "ingress", { name: "front", host: "shop.example" });
const migrate = nodeOf("migrate", "job", { name: "migrate" });

test("a drawing that is opened and not touched is the same drawing, also on its canvas", () => {
  const canvas = {
    notes: [],
    groups: [{ id: "g", title: "shop", node_ids: ["api"], collapsed: false }],
    placed: ["api"],
    more: 1,
  };
  const drawing = { nodes: [api, door], edges: [edgeOf("door", "api", { note: 1 } as object)], canvas };
  expect(drawingOf(graphOf(drawing))).toEqual(drawing);
});

test("what the server knows of a node is not part of the drawing, and broken notes break nothing", () => {
  const known = { ...api, data: { ...api.data, _status: { state: "healthy", message: "" } } };
  const read = graphOf({
    nodes: [known],
    edges: [],
    canvas: { groups: null, notes: [{ id: 1 }], placed: "all" },
  });
  expect(read.nodes.get("api")).toEqual(api);
  expect(read.extras).toEqual({ groups: [], notes: [], placed: [] });
});

test("of nodes with one id each stays, under an id of its own", () => {
  expect(graph([api, { ...door, id: "api" }]).nodes.size).toBe(2);
});

test("an edge begins where its relation begins, whichever way it is drawn", () => {
  const drawing = graph([api, door]);
  expect(connectionOf(drawing, "api", "door")).toMatchObject({
    edge: { source: "door", target: "api" },
    relation: "serves",
  });
  expect(connectionOf(graph([api, door], [edgeOf("door", "api")]), "api", "door")).toEqual({
    why: "api and api are connected already.",
    ways: [],
  });
});

test("a misfit is refused with its reason and a way; a circle with its chain", () => {
  expect(connectionOf(graph([api, front]), "front", "api")).toEqual({
    why: "An Ingress sends traffic to a Service, not to pods.",
    ways: [{ between: "service" }],
  });
  const order = { id: "o", source: "migrate", target: "api", type: "dependency" };
  expect(connectionOf(graph([api, migrate], [order]), "api", "migrate")).toEqual({
    why: "That would be a circle, in which nothing can start: migrate → api → migrate.",
    ways: [],
  });
});

test("a job and a service can be put in order when that is asked for", () => {
  expect(
    connectionOf(graph([door, migrate]), "migrate", "door", { isOrder: true, condition: "completed" }),
  ).toMatchObject({
    edge: { source: "migrate", target: "door", type: "dependency", data: { condition: "completed" } },
  });
});

test("edges say what they do", () => {
  const settings = nodeOf("settings", "configmap", { name: "settings" });
  const reader = { ...api, data: { ...api.data, envFrom: [{ type: "configMap", name: "settings" }] } };
  const scaler = nodeOf("scaler", "hpa", { minReplicas: 1, maxReplicas: 10, targetCPUUtilization: 80 });
  const rows: [DesignEdge, DesignNode, DesignNode][] = [
    [edgeOf("front", "door"), front, door],
    [edgeOf("api", "door"), api, door],
    [edgeOf("settings", "api"), settings, reader],
    [edgeOf("scaler", "api"), scaler, api],
    [edgeOf("migrate", "api", { type: "dependency" }), migrate, api],
    [edgeOf("front", "api"), front, api],
  ];
  expect(rows.map((row) => [lineOf(...row), labelOf(...row)])).toEqual([
    ["traffic", "/ → 80"],
    ["traffic", "80 → 8080"],
    ["config", "env, /etc/config"],
    ["scaling", "1–10 at 80 % CPU"],
    ["dependency", "after completed"],
    ["none", "means nothing"],
  ]);
  expect(sentenceOf(edgeOf("api", "door"), api, door)).toBe("Service api sends traffic to Deployment api");
  expect(edgeName(edgeOf("api", "door"), api, door)).toBe(
    "Service api sends traffic to Deployment api: 80 → 8080",
  );
  expect(sentenceOf(edgeOf("migrate", "api", { type: "dependency" }), migrate, api)).toBe(
    "Deployment api waits for Job migrate: after completed",
  );
});

test("names are free and readable, and a card is told in words", () => {
  expect(suggestedName("deployment", [])).toBe("app");
  expect(
    uniqueName("app", "deployment", [
      nodeOf("a", "deployment", { name: "app" }),
      nodeOf("b", "job", { name: "app-2" }),
    ]),
  ).toBe("app-2");
  expect(middleEllipsis("payments-eu-west-worker", 12)).toBe("payme…worker");
  expect([factOf(api), factOf(door), factOf(front), imageTag("a@sha256:0123456789")]).toEqual([
    ...["2.5.0", "80", "shop.example", "@0123456"],
  ]);
  const around = { status: "Starting 1 of 3", change: "Edited", problems: 1, into: 2, out: 1 };
  expect(cardName(nodeOf("x", "deployment", { name: "checkout", namespace: "shop" }), around)).toBe(
    "checkout, Deployment, namespace shop, starting 1 of 3, edited, 1 problem, 2 in, 1 out",
  );
});

test("only what is near is handed on, with the far ends of its edges; too much is not", () => {
  const far = { ...api, position: { x: 90_000, y: 0 } };
  const farther = { ...migrate, position: { x: 0, y: 90_000 } };
  const drawing = graph([far, door, farther], [edgeOf("door", "api")]);
  const area = areaOf({ x: 0, y: 0, zoom: 1 }, { width: 1_000, height: 600 });
  expect(area).toEqual({ left: -420, top: -360, right: 1_680, bottom: 1_080 });
  expect(shownIn(drawing, area)).toEqual({ nodes: [door], far: [far], edges: [edgeOf("door", "api")] });
  const places = new Map([
    ["door", { x: 0, y: 5_000 }],
    ["migrate", { x: 0, y: 200 }],
  ]);
  expect(shownIn(drawing, area, places)).toEqual({ nodes: [farther], far: [], edges: [] });
  const crowd = Array.from({ length: 601 }, (_, index) => nodeOf(`n${index}`, "job"));
  expect(shownIn(graph(crowd), area)).toBeUndefined();
  expect([1, 0.5, 0.35, 0.2].map(levelOf)).toEqual(["card", "status", "name", "overview"]);
});

test("what is dragged is looked at anew once others may have come into sight", () => {
  const strideTo = createStrides();
  const to = (x: number) => new Map([["api", { x, y: 0 }]]);
  const [none, first, near, far] = [new Map(), to(0), to(200), to(220)];
  const told = [undefined, none, first, near, far, far, undefined].map(strideTo);
  for (const [index, places] of [undefined, none, first, first, far, far, undefined].entries())
    expect(told[index], `${index}`).toBe(places);
});

test("what is drawn stays while all that is seen is in it and not much else", () => {
  const areaFor = createAreas();
  const size = { width: 1_000, height: 600 };
  const at = (x: number, y: number, zoom = 1, isTight = false) =>
    areaFor({ x: -x, y: -y, zoom }, size, isTight);
  const first = at(0, 0);
  expect(at(400, -300)).toBe(first);
  expect(at(-400, 300)).toBe(first);
  const second = at(900, 0);
  expect(second).toEqual({ left: 420, top: -360, right: 2_520, bottom: 1_080 });
  expect(at(600, 0)).toBe(second);
  // From far away much is seen, of which little is left close by.
  const wide = at(0, 0, 0.3);
  expect(at(100, 60, 0.33)).toBe(wide);
  const close = at(100, 60);
  expect(close).not.toBe(wide);
  // Some cells more than are seen are kept, unless each of them counts.
  const further = at(100, 60, 0.75);
  expect(at(100, 60)).toBe(further);
  expect(at(100, 60, 1, true)).toEqual(close);
});

test("changes since a version are counted by node, and by edge where both ends stayed; moving is none", () => {
  const deployed = graph([api, door, migrate], [edgeOf("door", "api")]);
  const now = graph(
    [{ ...api, data: { ...api.data, image: "api:3" } }, { ...door, position: { x: 9, y: 9 } }, front],
    [edgeOf("front", "door")],
  );
  const changes = changesSince(deployed, now);
  expect([...changes.nodes]).toEqual([
    ["api", "edited"],
    ["front", "new"],
    ["migrate", "removed"],
  ]);
  expect(changes.count).toBe(4);
  expect(changesSince(deployed, deployed).count).toBe(0);
});

test("a drawing with a node moved is the same but for that; one in which something is said otherwise is not", () => {
  const before = graph([api, door], [edgeOf("door", "api")]);
  const [first = api] = before.nodes.values();
  const moved = { ...first, position: { x: 40, y: 8 } };
  expect(isOnlyMoved(before, withNodes(before, [moved]))).toBe(true);
  expect(isOnlyMoved(before, withNodes(before, [{ ...moved, data: { ...api.data, replicas: 2 } }]))).toBe(
    false,
  );
  expect(isOnlyMoved(before, withNodes(before, [{ ...moved, type: "statefulset" }]))).toBe(false);
  expect(isOnlyMoved(before, withNodes(before, [front]))).toBe(false);
  expect(isOnlyMoved(before, withNodes(withoutNodes(before, new Set(["door"])), [front]))).toBe(false);
  expect(isOnlyMoved(before, withEdges(before, [edgeOf("api", "door")]))).toBe(false);
});

test("a discarded change is as it was deployed, at its present place, with its edges", () => {
  const deployed = graph([api, door], [edgeOf("door", "api")]);
  const edited = withNodes(deployed, [{ ...api, position: { x: 8, y: 8 }, data: { name: "other" } }]);
  expect(discarded(edited, deployed, "api").nodes.get("api")).toEqual({ ...api, position: { x: 8, y: 8 } });
  const removed = withoutNodes(deployed, new Set(["api"]));
  expect(changesSince(deployed, discarded(removed, deployed, "api")).count).toBe(0);
});

test("statuses that come within one frame are applied together, the last of each", () => {
  const frames: (() => void)[] = [];
  const store = createStatusStore((apply) => frames.push(apply));
  let changes = 0;
  store.subscribe(() => {
    changes += 1;
  });
  for (const state of ["pending", "healthy"] as const) store.hear("a", { state, message: "" });
  store.hear("b", { state: "error", message: "" });
  for (const apply of frames) apply();
  expect([frames.length, changes, store.getState().get("a")?.status.state]).toEqual([1, 1, "healthy"]);
});

test("what was heard since an answer was asked for is not undone by it", () => {
  const frames: (() => void)[] = [];
  const store = createStatusStore((apply) => frames.push(apply));
  store.replace([
    ["a", { state: "pending", message: "" }],
    ["gone", { state: "healthy", message: "" }],
  ]);
  const askedAt = Date.now() + 1;
  vi.setSystemTime(askedAt);
  onTestFinished(() => void vi.useRealTimers());
  store.hear("a", { state: "healthy", message: "" });
  for (const apply of frames.splice(0)) apply();
  store.hear("b", { state: "healthy", message: "" });
  const old = ["a", "b", "c"].map((id) => [id, { state: "error", message: "" }] as const);
  store.replace(old, askedAt);
  const states = Object.fromEntries([...store.getState()].map(([id, { status }]) => [id, status.state]));
  expect(states).toEqual({ a: "healthy", b: "healthy", c: "error" });
});
