import { expect, test } from "vitest";
import { apps, core, deployment, podTemplate, simulated } from "./simulated.ts";

const pod = (name: string) => ({ ...podTemplate(name), apiVersion: "v1", kind: "Pod", metadata: { name } });

test("a running pod is given its time to end, and is gone after it", async () => {
  const { api, seen, gone } = await simulated({ pace: 0.2 });
  await api("POST", `${core}/pods`, pod("one"));
  await seen(`${core}/pods/one`, ({ status }) => status.phase === "Running");
  const ending = await api("DELETE", `${core}/pods/one`);
  expect(ending.metadata).toMatchObject({
    deletionGracePeriodSeconds: 30,
    deletionTimestamp: expect.any(String),
  });
  expect((await api("GET", `${core}/pods/one`)).metadata.deletionTimestamp).toBeDefined();
  await gone(`${core}/pods/one`);
  const events = await api("GET", `${core}/events?fieldSelector=reason=Killing,involvedObject.name=one`);
  expect(events.items.map(({ message }) => message)).toEqual(["Stopping container web"]);
});

test("without a grace period a pod is gone at once", async () => {
  const { api, seen, ask } = await simulated();
  await api("POST", `${core}/pods`, pod("one"));
  await seen(`${core}/pods/one`, ({ status }) => status.phase === "Running");
  await api("DELETE", `${core}/pods/one`, { gracePeriodSeconds: 0 });
  expect((await ask("GET", `${core}/pods/one`)).status).toBe(404);
});

test("what is deleted in the foreground waits for what it owns", async () => {
  const { api, seen, gone, list } = await simulated({ pace: 0.2 });
  await api("POST", `${apps}/deployments`, deployment("web"));
  await seen(`${apps}/deployments/web`, ({ status }) => status.readyReplicas === 1);
  await api("DELETE", `${apps}/deployments/web`, { propagationPolicy: "Foreground" });
  const waiting = await api("GET", `${apps}/deployments/web`);
  expect(waiting.metadata).toMatchObject({
    finalizers: ["foregroundDeletion"],
    deletionTimestamp: expect.any(String),
  });
  await gone(`${apps}/deployments/web`);
  expect(await list(`${apps}/replicasets`)).toEqual([]);
  expect(await list(`${core}/pods`)).toEqual([]);
});

test("what is orphaned stays, and belongs to nobody", async () => {
  const { api, seen, list } = await simulated();
  await api("POST", `${apps}/deployments`, deployment("web"));
  await seen(`${apps}/deployments/web`, ({ status }) => status.readyReplicas === 1);
  await api("DELETE", `${apps}/deployments/web`, { propagationPolicy: "Orphan" });
  const [set] = await list(`${apps}/replicasets`);
  expect(set?.metadata.ownerReferences).toEqual([]);
  expect(await list(`${core}/pods`)).toHaveLength(1);
});

test("a deletion meant for another object of the name is refused", async () => {
  const { api, ask } = await simulated();
  const { metadata } = await api("POST", `${apps}/deployments`, deployment("web"));
  const other = await ask("DELETE", `${apps}/deployments/web`, { preconditions: { uid: "other" } });
  expect(other).toMatchObject({
    status: 409,
    body: {
      reason: "Conflict",
      message: `Operation cannot be fulfilled on Deployment.apps "web": the UID in the precondition (other) does not match the UID in record (${metadata.uid}). The object might have been deleted and then recreated`,
    },
  });
  const own = await ask("DELETE", `${apps}/deployments/web`, { preconditions: { uid: metadata.uid } });
  expect(own.body).toMatchObject({
    kind: "Status",
    status: "Success",
    details: { name: "web", uid: metadata.uid },
  });
});

test("a claim stays as long as a pod has its volume", async () => {
  const { api, seen, gone } = await simulated();
  const claims = `${core}/persistentvolumeclaims`;
  const spec = { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } };
  await api("POST", claims, { metadata: { name: "data" }, spec });
  const volumes = [{ name: "v", persistentVolumeClaim: { claimName: "data" } }];
  await api("POST", `${core}/pods`, { ...pod("one"), spec: { ...pod("one").spec, volumes } });
  await seen(`${core}/pods/one`, ({ status }) => status.phase === "Running");
  const { spec: bound } = await api("GET", `${claims}/data`);
  await api("DELETE", `${claims}/data`);
  expect((await api("GET", `${claims}/data`)).metadata.deletionTimestamp).toBeDefined();
  await api("DELETE", `${core}/pods/one`);
  await gone(`${claims}/data`);
  await gone(`/api/v1/persistentvolumes/${bound.volumeName}`);
});

test("the namespaces every cluster needs are not deleted", async () => {
  const { ask } = await simulated();
  const { status, body } = await ask("DELETE", "/api/v1/namespaces/default");
  expect([status, body.message]).toEqual([
    403,
    'namespaces "default" is forbidden: this namespace may not be deleted',
  ]);
});
