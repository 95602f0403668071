import { expect, test } from "vitest";
import {
  apps,
  conditionOf,
  configMap,
  core,
  deployment,
  podTemplate,
  type Seen,
  simulated,
} from "./simulated.ts";

const deployments = `${apps}/deployments`;
const web = `${deployments}/web`;
const merge = "application/merge-patch+json";
const fail = "sandbox.orrery.dev/fail";
const isAvailable = (object: Seen) => conditionOf(object, "Available")?.status === "True";
const waitingOf = (pod: Seen) => pod.status.containerStatuses?.[0]?.state.waiting;

type Tenant = Awaited<ReturnType<typeof simulated>>;

/** The one pod of an app once it looks as awaited. */
const podSeen = ({ seen }: Tenant, app: string, isAwaited: (pod: Seen) => unknown) =>
  seen(`${core}/pods?labelSelector=app%3D${app}`, ({ items }) => items[0] && isAwaited(items[0])).then(
    ({ items }) => items[0] as Seen,
  );

const eventReasons = async ({ list }: Tenant, kind: string) => {
  const events = await list(`${core}/events?fieldSelector=involvedObject.kind%3D${kind}`);
  return events.map(({ reason }) => reason);
};

test("a deployment makes a replica set, which makes pods, which become ready", async () => {
  const tenant = await simulated();
  const { api, seen, list } = tenant;
  await api("POST", deployments, deployment("web", { replicas: 3 }));
  const live = await seen(web, ({ status }) => status.readyReplicas === 3);
  expect(live.status).toMatchObject({
    replicas: 3,
    updatedReplicas: 3,
    availableReplicas: 3,
    observedGeneration: 1,
  });
  await seen(web, (object) => conditionOf(object, "Progressing")?.reason === "NewReplicaSetAvailable");
  expect(isAvailable(await api("GET", web))).toBe(true);

  const [set, ...more] = await list(`${apps}/replicasets`);
  expect(more).toEqual([]);
  expect(set?.metadata.ownerReferences).toMatchObject([
    { kind: "Deployment", name: "web", uid: live.metadata.uid },
  ]);
  const pods = await list(`${core}/pods`);
  expect(pods).toHaveLength(3);
  for (const pod of pods) {
    expect(pod.metadata.ownerReferences).toMatchObject([{ kind: "ReplicaSet", name: set?.metadata.name }]);
    expect(pod.spec.nodeName).toMatch(/^sandbox-/);
    expect(pod.status).toMatchObject({
      phase: "Running",
      podIP: expect.any(String),
      hostIP: expect.any(String),
    });
    expect(conditionOf(pod, "Ready")?.status).toBe("True");
  }
  expect(await eventReasons(tenant, "Pod")).toEqual(
    expect.arrayContaining(["Scheduled", "Pulled", "Started"]),
  );
  expect(await eventReasons(tenant, "ReplicaSet")).toContain("SuccessfulCreate");
  expect(await eventReasons(tenant, "Deployment")).toContain("ScalingReplicaSet");
});

test("a new template rolls the pods over to a set of their own, with enough of them ready at all times", async () => {
  const { api, seen, list } = await simulated();
  await api("POST", deployments, deployment("web", { replicas: 4 }));
  await seen(web, ({ status }) => status.readyReplicas === 4);
  const next = podTemplate("web", "web:2");
  await api("PATCH", web, { spec: { template: next } }, merge);
  const lows: number[] = [];
  await seen(web, ({ status }) => {
    lows.push(status.readyReplicas ?? 0);
    return (
      status.observedGeneration === 2 &&
      status.updatedReplicas === 4 &&
      status.replicas === 4 &&
      status.readyReplicas === 4
    );
  });
  expect(Math.min(...lows)).toBeGreaterThanOrEqual(3);
  const sets = await list(`${apps}/replicasets`);
  expect(sets.map(({ spec }) => spec.replicas).toSorted()).toEqual([0, 4]);
  expect((await api("GET", web)).metadata.annotations).toMatchObject({
    "deployment.kubernetes.io/revision": "2",
  });
  // Pods on their way out are not counted any more, but may still be there.
  const staying = (await list(`${core}/pods`)).filter(({ metadata }) => !metadata.deletionTimestamp);
  expect(new Set(staying.map(({ spec }) => spec.containers[0]?.image))).toEqual(new Set(["web:2"]));
});

test("scaling changes the number of pods and makes no new set", async () => {
  const { api, seen, list } = await simulated();
  await api("POST", deployments, deployment("web", { replicas: 1 }));
  await api("PATCH", `${web}/scale`, { spec: { replicas: 3 } }, merge);
  await seen(web, ({ status }) => status.readyReplicas === 3);
  await api("PATCH", `${web}/scale`, { spec: { replicas: 0 } }, merge);
  await seen(`${core}/pods`, ({ items }) => items.length === 0);
  expect(await list(`${apps}/replicasets`)).toHaveLength(1);
});

test("an image that does not exist is told as a kubelet tells it", async () => {
  const tenant = await simulated();
  await tenant.api("POST", deployments, deployment("web", {}, podTemplate("web", "shop:does-not-exist")));
  const pod = await podSeen(tenant, "web", (each) => waitingOf(each)?.reason === "ImagePullBackOff");
  expect(pod.status.phase).toBe("Pending");
  expect(waitingOf(pod)?.message).toContain('Back-off pulling image "shop:does-not-exist"');
  expect(await eventReasons(tenant, "Pod")).toEqual(expect.arrayContaining(["Failed", "BackOff"]));
  expect(isAvailable(await tenant.api("GET", web))).toBe(false);
});

test("an image of a registry that cannot be is not found either", async () => {
  const tenant = await simulated();
  await tenant.api("POST", deployments, deployment("web", {}, podTemplate("web", "registry.invalid/shop:1")));
  await podSeen(tenant, "web", (each) => waitingOf(each)?.reason === "ImagePullBackOff");
});

const failures = [
  { how: "bad-image", reason: "ImagePullBackOff" },
  { how: "crash", reason: "CrashLoopBackOff" },
  { how: "oom", reason: "CrashLoopBackOff" },
  { how: "config-missing", reason: "CreateContainerConfigError" },
];

test.each(failures)("a pod that is to fail by $how waits in $reason", async ({ how, reason }) => {
  const tenant = await simulated();
  await tenant.api("POST", deployments, deployment("web", {}, podTemplate("web", "web:1", { [fail]: how })));
  const pod = await podSeen(tenant, "web", (each) => waitingOf(each)?.reason === reason);
  expect(conditionOf(pod, "Ready")?.status).toBe("False");
});

test("a pod that is out of memory says so, and that it was started again", async () => {
  const tenant = await simulated();
  await tenant.api(
    "POST",
    deployments,
    deployment("web", {}, podTemplate("web", "web:1", { [fail]: "oom" })),
  );
  const pod = await podSeen(
    tenant,
    "web",
    (each) => (each.status.containerStatuses?.[0]?.restartCount ?? 0) > 0,
  );
  expect(pod.status.containerStatuses).toMatchObject([
    { lastState: { terminated: { reason: "OOMKilled", exitCode: 137 } } },
  ]);
});

test("a pod that never becomes ready runs, and its probe is seen to fail", async () => {
  const tenant = await simulated();
  await tenant.api(
    "POST",
    deployments,
    deployment("web", {}, podTemplate("web", "web:1", { [fail]: "never-ready" })),
  );
  await podSeen(tenant, "web", ({ status }) => status.phase === "Running");
  await tenant.seen(`${core}/events`, ({ items }) => items.some(({ reason }) => reason === "Unhealthy"));
  expect(isAvailable(await tenant.api("GET", web))).toBe(false);
});

test("a pod that fits no node is unschedulable, in the scheduler's words", async () => {
  const tenant = await simulated();
  const template = podTemplate("web");
  const spec = { ...template.spec, nodeSelector: { disk: "golden" } };
  await tenant.api("POST", deployments, deployment("web", {}, { ...template, spec }));
  const pod = await podSeen(tenant, "web", (each) => conditionOf(each, "PodScheduled")?.status === "False");
  expect(conditionOf(pod, "PodScheduled")).toMatchObject({
    reason: "Unschedulable",
    message: expect.stringMatching(
      /^0\/3 nodes are available: 3 node\(s\) didn't match Pod's node affinity\/selector/,
    ),
  });
});

test("a pod waits for the configuration it names, and goes on when it is there", async () => {
  const tenant = await simulated();
  const template = podTemplate("web");
  const valueFrom = { configMapKeyRef: { name: "settings", key: "a" } };
  const containers = [{ name: "web", image: "web:1", env: [{ name: "A", valueFrom }] }];
  await tenant.api("POST", deployments, deployment("web", {}, { ...template, spec: { containers } }));
  const pod = await podSeen(
    tenant,
    "web",
    (each) => waitingOf(each)?.reason === "CreateContainerConfigError",
  );
  expect(waitingOf(pod)?.message).toBe('configmap "settings" not found');
  await tenant.api("POST", `${core}/configmaps`, configMap("settings", { a: "1" }));
  await tenant.seen(web, isAvailable);
});
