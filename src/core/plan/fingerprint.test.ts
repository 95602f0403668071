import { expect, test } from "vitest";
import type { KubernetesObject } from "../kubernetes-object.ts";
import { stateOf } from "./fingerprint.ts";

const live = (
  spec: Record<string, unknown> = {},
  metadata: object = {},
  more: object = {},
): KubernetesObject => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "web", uid: "1", ...metadata },
  spec,
  ...more,
});
const restartedAt = "kubectl.kubernetes.io/restartedAt";

test("the order of keys says nothing, that of lists does", () => {
  expect(stateOf(live({ a: 1, b: { c: 1, d: 2 } }))).toBe(stateOf(live({ b: { d: 2, c: 1 }, a: 1 })));
  expect(stateOf(live({ a: [1, 2] }))).not.toBe(stateOf(live({ a: [2, 1] })));
});

test("what the server counts, and how the object fares, says nothing", () => {
  const later = { resourceVersion: "2", generation: 3, managedFields: [{}], selfLink: "/" };
  const annotations = { "deployment.kubernetes.io/revision": "4" };
  const changed = live({ a: 1 }, { ...later, annotations }, { status: { replicas: 2 } });
  expect(stateOf(changed)).toBe(stateOf(live({ a: 1 })));
});

test("restarts, labels, data and being made anew say something", () => {
  const states = [
    live(),
    live({ a: 1 }),
    live({ template: { metadata: { annotations: { [restartedAt]: "now" } } } }),
    live({}, { labels: { a: "b" } }),
    live({}, { annotations: { a: "b" } }),
    live({}, { uid: "2" }),
    live({}, { deletionTimestamp: "2026-01-01T00:00:00Z" }),
    live({}, {}, { data: { a: "1" } }),
    undefined,
  ].map((each) => stateOf(each));
  expect(new Set(states).size).toBe(states.length);
});

test("replicas are an autoscaler's where the design leaves them open", () => {
  const [two, three] = [live({ replicas: 2 }), live({ replicas: 3 })];
  expect(stateOf(two, live())).toBe(stateOf(three, live()));
  expect(stateOf(two, live({ replicas: 2 }))).not.toBe(stateOf(three, live({ replicas: 2 })));
  expect(stateOf(two)).not.toBe(stateOf(three));
});

test("the object stays as it is", () => {
  const object = live({ replicas: 2 }, { resourceVersion: "1" });
  const before = structuredClone(object);
  stateOf(object, live());
  expect(object).toEqual(before);
});
