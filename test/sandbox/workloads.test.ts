import { expect, test } from "vitest";
import { apps, conditionOf, core, deployment, podTemplate, type Seen, simulated } from "./simulated.ts";

const merge = "application/merge-patch+json";
const hpas = "/apis/autoscaling/v2/namespaces/default/horizontalpodautoscalers";
const namesOf = (objects: Seen[]) => objects.map(({ metadata }) => metadata.name);

const workload = (kind: string, name: string, more: object = {}, template: object = podTemplate(name)) => ({
  ...deployment(name, more, template),
  kind,
});

const claimTemplate = (storageClassName = "standard") => ({
  metadata: { name: "files" },
  spec: { accessModes: ["ReadWriteOnce"], storageClassName, resources: { requests: { storage: "1Gi" } } },
});

test("a stateful set's pods come one after the other, each with a claim of its own that stays", async () => {
  const { api, seen, list } = await simulated();
  const volumeClaimTemplates = [claimTemplate()];
  const set = workload("StatefulSet", "db", { replicas: 3, serviceName: "db", volumeClaimTemplates });
  await api("POST", `${apps}/statefulsets`, set);
  const order: string[] = [];
  await seen(`${core}/pods`, ({ items }) => {
    for (const { metadata } of items) if (!order.includes(metadata.name)) order.push(metadata.name);
    for (const [index, pod] of items.entries())
      if (index < items.length - 1) expect(conditionOf(pod, "Ready")?.status).toBe("True");
    return items.length === 3;
  });
  expect(order).toEqual(["db-0", "db-1", "db-2"]);
  const live = await seen(`${apps}/statefulsets/db`, ({ status }) => status.readyReplicas === 3);
  expect(live.status).toMatchObject({ replicas: 3, currentRevision: live.status.updateRevision });

  const claims = await list(`${core}/persistentvolumeclaims`);
  expect(namesOf(claims)).toEqual(["files-db-0", "files-db-1", "files-db-2"]);
  for (const { status } of claims) expect(status.phase).toBe("Bound");
  const pod = await api("GET", `${core}/pods/db-1`);
  expect(pod.spec.volumes).toContainEqual({
    name: "files",
    persistentVolumeClaim: { claimName: "files-db-1" },
  });

  await api("PATCH", `${apps}/statefulsets/db`, { spec: { replicas: 1 } }, merge);
  await seen(`${core}/pods`, ({ items }) => items.length === 1);
  expect(namesOf(await list(`${core}/pods`))).toEqual(["db-0"]);
  expect(await list(`${core}/persistentvolumeclaims`)).toHaveLength(3);
});

const told = podTemplate("db", "db:1", { "sandbox.orrery.dev/fail": "never-ready" });
const [container] = told.spec.containers;
const probed = {
  ...told,
  metadata: { ...told.metadata, annotations: {} },
  spec: { ...told.spec, containers: [{ ...container, readinessProbe: { exec: { command: ["false"] } } }] },
};

test.each([
  ["is told to", told],
  ["has a probe that only fails", probed],
])("a stateful set waits for a pod that does not become ready, since it %s", async (_, template) => {
  const { api, seen, list } = await simulated();
  await api(
    "POST",
    `${apps}/statefulsets`,
    workload("StatefulSet", "db", { replicas: 2, serviceName: "db" }, template),
  );
  await seen(`${core}/events`, ({ items }) => items.some(({ reason }) => reason === "Unhealthy"));
  expect(namesOf(await list(`${core}/pods`))).toEqual(["db-0"]);
});

test("a daemon set runs once on every node", async () => {
  const { api, seen, list } = await simulated();
  await api("POST", `${apps}/daemonsets`, workload("DaemonSet", "agent"));
  const live = await seen(`${apps}/daemonsets/agent`, ({ status }) => status.numberReady === 3);
  expect(live.status).toMatchObject({
    desiredNumberScheduled: 3,
    updatedNumberScheduled: 3,
    numberAvailable: 3,
  });
  const nodes = namesOf(await list("/api/v1/nodes"));
  const pods = await list(`${core}/pods`);
  expect(pods.map(({ spec }) => spec.nodeName).toSorted()).toEqual(nodes.toSorted());
});

test("a claim is bound at once, when it is used, or never, as its class says", async () => {
  const { api, seen } = await simulated();
  const claims = `${core}/persistentvolumeclaims`;
  for (const [name, storageClass] of [
    ["now", "standard"],
    ["later", "wait"],
    ["never", "nowhere"],
  ] as const) {
    const { spec } = claimTemplate(storageClass);
    await api("POST", claims, { apiVersion: "v1", kind: "PersistentVolumeClaim", metadata: { name }, spec });
  }
  const bound = await seen(`${claims}/now`, ({ status }) => status.phase === "Bound");
  expect(await api("GET", `/api/v1/persistentvolumes/${bound.spec.volumeName}`)).toMatchObject({
    spec: { claimRef: { name: "now", namespace: "default" } },
    status: { phase: "Bound" },
  });
  await seen(`${core}/events`, ({ items }) => items.some(({ reason }) => reason === "WaitForFirstConsumer"));
  expect((await api("GET", `${claims}/later`)).status.phase).toBe("Pending");
  expect((await api("GET", `${claims}/never`)).status.phase).toBe("Pending");

  const template = podTemplate("web");
  const volumes = [{ name: "files", persistentVolumeClaim: { claimName: "later" } }];
  await api("POST", `${core}/pods`, {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "user" },
    spec: { ...template.spec, volumes },
  });
  await seen(`${claims}/later`, ({ status }) => status.phase === "Bound");
});

test("a service's addresses are those of its ready pods", async () => {
  const { api, seen, list } = await simulated();
  const spec = { selector: { app: "web" }, ports: [{ port: 80, targetPort: 8080 }] };
  await api("POST", `${core}/services`, {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "web" },
    spec,
  });
  await api("POST", `${apps}/deployments`, deployment("web", { replicas: 2 }));
  await seen(`${apps}/deployments/web`, ({ status }) => status.readyReplicas === 2);
  const slices =
    "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices?labelSelector=kubernetes.io/service-name%3Dweb";
  const addresses = (await list(`${core}/pods`)).map(({ status }) => status.podIP);
  const [slice] = (
    await seen(slices, ({ items }) => JSON.stringify(items).split('"ready":true').length === 3)
  ).items;
  for (const address of addresses) expect(JSON.stringify(slice)).toContain(`"${address}"`);
  expect(slice).toMatchObject({ ports: [{ port: 8080, protocol: "TCP" }] });
});

test("an autoscaler keeps its target within its bounds", async () => {
  const { api, seen } = await simulated();
  await api("POST", `${apps}/deployments`, deployment("web", { replicas: 1 }));
  const scaleTargetRef = { apiVersion: "apps/v1", kind: "Deployment", name: "web" };
  const target = { type: "Utilization", averageUtilization: 50 };
  const metrics = [{ type: "Resource", resource: { name: "cpu", target } }];
  const spec = { scaleTargetRef, minReplicas: 3, maxReplicas: 5, metrics };
  await api("POST", hpas, {
    apiVersion: "autoscaling/v2",
    kind: "HorizontalPodAutoscaler",
    metadata: { name: "web" },
    spec,
  });
  const scaled = await seen(`${apps}/deployments/web`, (object) => (object.spec.replicas ?? 0) >= 3);
  const owner = scaled.metadata.managedFields?.find(({ subresource }) => subresource === "scale");
  expect(owner).toMatchObject({
    manager: "kube-controller-manager",
    fieldsV1: { "f:spec": { "f:replicas": {} } },
  });
  const live = await seen(`${hpas}/web`, (object) => conditionOf(object, "AbleToScale")?.status === "True");
  expect(live.status).toMatchObject({ desiredReplicas: 3 });
});
