import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { ResourceStatus } from "../../contract/resources.ts";
import type { KubernetesObject } from "../kubernetes-object.ts";
import { changesBetween } from "./changes.ts";
import { linksOf } from "./links.ts";
import { type Relatable, relatedTo } from "./related.ts";
import { isKept, type Seen, toSeen } from "./seen.ts";
import { statusOf } from "./status.ts";
import { summaryOf } from "./summary.ts";

const fixtures = new URL("../health/fixtures/", import.meta.url);
const everything = readdirSync(fixtures).flatMap((file) =>
  parseAllDocuments(readFileSync(new URL(file, fixtures), "utf8")).map(
    (document) => document.toJS() as { is: string; object: KubernetesObject },
  ),
);

const now = new Date("2026-11-27T12:00:00Z");

function object(apiVersion: string, kind: string, parts: object = {}): KubernetesObject {
  const metadata = { name: "web", namespace: "shop", uid: "u1", creationTimestamp: "2026-11-25T09:30:07Z" };
  return { apiVersion, kind, metadata, ...parts } as KubernetesObject;
}

const deployment = (spec: object, status: object) => object("apps/v1", "Deployment", { spec, status });

test("every object there is a fixture of has a status, a summary and nothing that is no plain value", () => {
  for (const { object: each } of everything) {
    const seen = toSeen(each);
    expect(ResourceStatus.enum).toContain(seen.status);
    expect(JSON.parse(JSON.stringify(seen))).toEqual(seen);
    for (const value of Object.values(summaryOf(seen, seen.spec, now)))
      expect(["string", "number"]).toContain(typeof value);
  }
});

describe("the status in one word", () => {
  const job = (spec: object, status: object) => object("batch/v1", "Job", { spec, status });
  const pod = (phase: string) => object("v1", "Pod", { status: { phase } });
  const crashing = { name: "main", restartCount: 9, state: { waiting: { reason: "CrashLoopBackOff" } } };
  const address = { loadBalancer: { ingress: [{ ip: "10.0.0.1" }] } };

  test.each([
    ["no replica yet", deployment({ replicas: 2 }, {}), "pending"],
    ["all replicas", deployment({ replicas: 2 }, { replicas: 2, availableReplicas: 2 }), "running"],
    ["some replicas", deployment({ replicas: 2 }, { replicas: 2, availableReplicas: 1 }), "warning"],
    ["none available", deployment({ replicas: 2 }, { replicas: 2 }), "failed"],
    ["a pod that runs", pod("Running"), "running"],
    ["a pod that is done", pod("Succeeded"), "completed"],
    ["a pod nobody hears of", pod("Unknown"), "unknown"],
    [
      "a pod whose container crashes",
      object("v1", "Pod", { status: { phase: "Running", containerStatuses: [crashing] } }),
      "failed",
    ],
    ["a job that is done", job({ completions: 1 }, { succeeded: 1 }), "completed"],
    ["a job at work", job({ completions: 1 }, { active: 1 }), "running"],
    ["a job that tries again", job({ backoffLimit: 3 }, { failed: 1, active: 1 }), "warning"],
    ["a job that gave up", job({ backoffLimit: 0 }, { failed: 1 }), "failed"],
    ["a CronJob held back", object("batch/v1", "CronJob", { spec: { suspend: true } }), "pending"],
    ["an Ingress without address", object("networking.k8s.io/v1", "Ingress"), "pending"],
    ["an Ingress with one", object("networking.k8s.io/v1", "Ingress", { status: address }), "running"],
    ["a namespace that goes", object("v1", "Namespace", { status: { phase: "Terminating" } }), "deleted"],
    [
      "a node that is ready",
      object("v1", "Node", { status: { conditions: [{ type: "Ready", status: "True" }] } }),
      "running",
    ],
    [
      "a node that is not",
      object("v1", "Node", { status: { conditions: [{ type: "Ready", status: "False" }] } }),
      "failed",
    ],
    ["a claim that is lost", object("v1", "PersistentVolumeClaim", { status: { phase: "Lost" } }), "failed"],
    [
      "a custom kind that is not ready",
      object("x.io/v1", "Thing", { status: { conditions: [{ type: "Ready", status: "False" }] } }),
      "pending",
    ],
    ["a Service", object("v1", "Service", { spec: {} }), "running"],
  ])("of %s", (_, each, word) => {
    expect(statusOf(each)).toBe(word);
  });
});

test("what is shown of a pod is its containers, without their environment", () => {
  const env = [{ name: "PASSWORD", value: "canary" }];
  const resources = { requests: { cpu: "100m" }, limits: { memory: "64Mi" } };
  const container = { name: "main", image: "web:1", env, resources, ports: [{ containerPort: 80 }] };
  const lastState = { terminated: { reason: "OOMKilled" } };
  const status = { name: "main", restartCount: 2, ready: true, state: { running: {} }, lastState };
  const { spec } = toSeen(
    object("v1", "Pod", {
      spec: { containers: [container], nodeName: "n1" },
      status: { podIP: "10.0.0.2", containerStatuses: [status] },
    }),
  );
  expect(spec).toEqual({
    containers: [
      {
        ...{ name: "main", image: "web:1", ports: [{ containerPort: 80 }] },
        resources: { requestsCPU: "100m", limitsMemory: "64Mi" },
        ...{ restartCount: 2, ready: true, state: "running" },
        ...{ lastState: "terminated: OOMKilled", terminationReason: "OOMKilled" },
      },
    ],
    ...{ nodeName: "n1", podIP: "10.0.0.2" },
  });
});

test("R01 of Secrets and ConfigMaps no value is kept, and no copy of what was applied", () => {
  for (const kind of ["Secret", "ConfigMap"]) {
    const metadata = {
      ...object("v1", kind).metadata,
      annotations: { "kubectl.kubernetes.io/last-applied-configuration": "canary", note: "kept" },
      managedFields: [{ manager: "canary" }],
    };
    const seen = toSeen(
      object("v1", kind, { metadata, data: { password: "canary" }, stringData: { a: "canary" } }),
    );
    expect(JSON.stringify(seen)).not.toContain("canary");
    expect(seen.metadata.annotations).toEqual({ note: "kept" });
  }
  expect(isKept(object("v1", "Secret", { type: "kubernetes.io/service-account-token" }))).toBe(false);
});

test("a line of a list says how old the object is, in one unit", () => {
  const age = (created_at: string) => summaryOf({ kind: "ConfigMap", created_at }, {}, now).age;
  expect(age("2026-11-27T11:59:18Z")).toBe("42s");
  expect(age("2026-11-27T11:55:00Z")).toBe("5m");
  expect(age("2026-11-27T09:00:00Z")).toBe("3h");
  expect(age("2026-11-25T11:00:00Z")).toBe("2d");
  expect(age("2027-01-01T00:00:00Z")).toBe("0s");
});

describe("what has changed", () => {
  const template = (image: string) => ({ spec: { containers: [{ name: "main", image }] } });
  const with_ = (spec: object, metadata: object = {}): Seen => {
    const made = deployment(
      { replicas: 1, template: template("web:1"), ...spec },
      { replicas: 1, availableReplicas: 1 },
    );
    return toSeen({ ...made, metadata: { ...made.metadata, ...metadata } });
  };

  test.each([
    ["scaled", with_({ replicas: 3 }), "/spec/replicas", 1, 3, "Scaled from 1 to 3"],
    [
      "image_changed",
      with_({ template: template("web:2") }),
      "/spec/images/main",
      "web:1",
      "web:2",
      "Image changed from web:1 to web:2",
    ],
    [
      "labels_changed",
      with_({}, { labels: { "a/b": "x" } }),
      "/labels/a~1b",
      undefined,
      "x",
      "1 field changed",
    ],
    [
      "updated",
      with_({}, { annotations: { note: "x" } }),
      "/annotations/note",
      undefined,
      "x",
      "1 field changed",
    ],
  ])("is named: %s", (action, after, path, from, to, message) => {
    const difference = changesBetween(with_({}), after);
    expect(difference).toMatchObject({ action, message });
    expect(difference?.changes).toContainEqual({
      path,
      ...(from !== undefined && { from }),
      ...(to !== undefined && { to }),
    });
  });

  test("is nothing where only a controller has counted", () => {
    const counted = { annotations: { "deployment.kubernetes.io/revision": "7" }, resourceVersion: "9" };
    expect(changesBetween(with_({}), with_({}, counted))).toBeUndefined();
  });

  test("is a restart where a container was restarted", () => {
    const pod = (restartCount: number) =>
      toSeen(
        object("v1", "Pod", {
          spec: { containers: [{ name: "main", image: "web:1" }] },
          status: {
            phase: "Running",
            containerStatuses: [{ name: "main", restartCount, state: { running: {} } }],
          },
        }),
      );
    expect(changesBetween(pod(0), pod(1))).toEqual({
      action: "container_restarted",
      changes: [{ path: "/spec/containers/main/restartCount", from: 0, to: 1 }],
      message: "A container was restarted",
    });
  });
});

test("a pod template refers to all it mounts and reads, each once", () => {
  const container = {
    name: "main",
    envFrom: [{ configMapRef: { name: "settings" } }, { secretRef: { name: "key" } }],
    env: [{ name: "A", valueFrom: { secretKeyRef: { name: "key", key: "a" } } }],
  };
  const volumes = [
    { name: "data", persistentVolumeClaim: { claimName: "data" } },
    {
      name: "all",
      projected: { sources: [{ configMap: { name: "settings" } }, { secret: { name: "key" } }] },
    },
  ];
  const template = {
    metadata: { labels: { app: "web" } },
    spec: { containers: [container], volumes, serviceAccountName: "robot" },
  };
  const links = linksOf(deployment({ template }, {}));
  expect(links.podLabels).toEqual({ app: "web" });
  expect(links.to.map(({ relation, kind, name }) => `${relation} ${kind}/${name}`).toSorted()).toEqual([
    "mounts ConfigMap/settings",
    "mounts PersistentVolumeClaim/data",
    "mounts Secret/key",
    "uses ConfigMap/settings",
    "uses Secret/key",
    "uses ServiceAccount/robot",
  ]);
});

test("relations lead from traffic to storage, and never through what is called alike", () => {
  const node = (kind: string, name: string, parts: Partial<Relatable> = {}): Relatable => ({
    ...{ id: `${kind}/${name}`, kind, name, uid: `uid-${name}`, owner_uid: null },
    ...{ labels: {}, links: { to: [] } },
    ...parts,
  });
  const web = { app: "web" };
  const mounted = { relation: "mounts", kind: "PersistentVolumeClaim", name: "data" } as const;
  const all = [
    node("Ingress", "site", { links: { to: [{ relation: "routes", kind: "Service", name: "door" }] } }),
    node("Service", "door", { links: { to: [], selects: web } }),
    node("Service", "other", { links: { to: [], selects: { app: "web-api" } } }),
    node("HorizontalPodAutoscaler", "more", {
      links: { to: [{ relation: "scales", kind: "Deployment", name: "web" }] },
    }),
    node("Deployment", "web", { links: { to: [mounted], podLabels: web } }),
    node("ReplicaSet", "web-1", { owner_uid: "uid-web", links: { to: [mounted], podLabels: web } }),
    node("Pod", "web-1-a", { owner_uid: "uid-web-1", labels: web, links: { to: [mounted] } }),
    node("Pod", "web-api-1", { labels: { app: "web-api" } }),
    node("PersistentVolumeClaim", "data", {
      links: { to: [{ relation: "binds", kind: "PersistentVolume", name: "disk" }] },
    }),
    node("PersistentVolume", "disk"),
  ];
  const told = (id: string) =>
    relatedTo(id, all)
      .edges.map(({ from, to, relation }) => `${from} ${relation} ${to}`)
      .toSorted();
  const around = [
    "Deployment/web mounts PersistentVolumeClaim/data",
    "Deployment/web owns ReplicaSet/web-1",
    "HorizontalPodAutoscaler/more scales Deployment/web",
    "Ingress/site routes Service/door",
    "PersistentVolumeClaim/data binds PersistentVolume/disk",
    "ReplicaSet/web-1 owns Pod/web-1-a",
    "Service/door selects Deployment/web",
  ];
  expect(told("Deployment/web")).toEqual(around);
  expect(told("Service/other")).toEqual(["Service/other selects Pod/web-api-1"]);
  expect(told("PersistentVolume/disk")).toEqual(["PersistentVolumeClaim/data binds PersistentVolume/disk"]);
  expect(relatedTo("Pod/none", all)).toEqual({ ids: [], edges: [] });
});
