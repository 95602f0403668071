import { expect, test } from "vitest";
import type { KubernetesObject } from "../kubernetes-object.ts";
import { restartOf } from "./restarts.ts";

const object = (kind: string, image: string, spec: object = {}, status: Record<string, unknown> = {}) =>
  ({
    apiVersion: "apps/v1",
    kind,
    metadata: { name: "web" },
    spec: { ...spec, template: { metadata: { labels: { app: "web" } }, spec: { containers: [{ image }] } } },
    status,
  }) satisfies KubernetesObject;
const restart = (kind: string, spec?: object, status?: Record<string, unknown>) =>
  restartOf(object(kind, "a", spec, status), object(kind, "b", spec, status));

test("another pod template restarts as many pods as there are to be now", () => {
  expect(restart("Deployment", { replicas: 3 })).toEqual({ pods: 3, how: "rolling" });
  expect(restart("Deployment")).toEqual({ pods: 1, how: "rolling" });
  expect(restart("StatefulSet", { replicas: 2 })).toEqual({ pods: 2, how: "rolling" });
  expect(restart("DaemonSet", {}, { desiredNumberScheduled: 5 })).toEqual({ pods: 5, how: "rolling" });
  const scaled = object("Deployment", "b", { replicas: 9 });
  expect(restartOf(object("Deployment", "a", { replicas: 2 }), scaled)).toEqual({ pods: 2, how: "rolling" });
});

test("how it is done is what the plan says", () => {
  const recreate = { strategy: { type: "Recreate" } };
  const onDelete = { updateStrategy: { type: "OnDelete" } };
  expect(restart("Deployment", recreate)?.how).toBe("recreate");
  expect(restart("StatefulSet", onDelete)?.how).toBe("on-delete");
  expect(restart("DaemonSet", onDelete, { desiredNumberScheduled: 1 })?.how).toBe("on-delete");
  expect(restartOf(object("Deployment", "a"), object("Deployment", "b", recreate))?.how).toBe("recreate");
});

test("nothing restarts that is new, has the same pods, has none, or is paused", () => {
  expect(restartOf(undefined, object("Deployment", "a"))).toBeUndefined();
  expect(
    restartOf(object("Deployment", "a", { replicas: 1 }), object("Deployment", "a", { replicas: 2 })),
  ).toBeUndefined();
  expect(restart("Deployment", { replicas: 0 })).toBeUndefined();
  expect(restart("Deployment", { paused: true })).toBeUndefined();
  expect(restart("DaemonSet")).toBeUndefined();
  expect(restart("CronJob")).toBeUndefined();
  expect(restart("Service")).toBeUndefined();
});

test("a partition leaves the first pods alone", () => {
  const updateStrategy = { type: "RollingUpdate", rollingUpdate: { partition: 2 } };
  expect(restart("StatefulSet", { replicas: 3, updateStrategy })).toEqual({ pods: 1, how: "rolling" });
  expect(restart("StatefulSet", { replicas: 2, updateStrategy })).toBeUndefined();
});

test("a Job that is replaced starts anew", () => {
  expect(restart("Job", { parallelism: 2 })).toEqual({ pods: 2, how: "anew" });
  const job = object("Job", "a");
  expect(restartOf(job, job, { replaced: true })).toEqual({ pods: 1, how: "anew" });
  const labelled = structuredClone(job);
  Object.assign(labelled.spec.template.metadata.labels, {
    "controller-uid": "1",
    "batch.kubernetes.io/job-name": "web",
  });
  expect(restartOf(labelled, job)).toBeUndefined();
});

test("whatever is replaced starts anew", () => {
  const web = object("Deployment", "a", { replicas: 2 });
  expect(restartOf(web, web, { replaced: true })).toEqual({ pods: 2, how: "anew" });
});
