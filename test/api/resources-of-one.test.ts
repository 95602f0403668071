import { expect, test } from "vitest";
import { api } from "../../src/contract/api.ts";
import { eventually } from "../support/eventually.ts";
import { refused } from "../support/refusals.ts";
import { prepareResources } from "../support/resource-story.ts";
import { prepareRun } from "../support/run-story.ts";

async function settings() {
  const story = await prepareResources();
  await story.configMap("settings", { colour: "blue" });
  await story.sync();
  const params = { id: (await story.find("ConfigMap", "settings")).id };
  return { ...story, params };
}

test("R02 tags, notes and the star are one's own, and what is left out stays", async () => {
  const { client, params, list } = await settings();
  const change = (body: object) => client.call(api.updateResource, { params, body });
  await change({ userTags: ["mine", "mine", "blue"], userNotes: "Look here" });
  const { resource } = await change({ isFavorite: true });
  expect(resource).toMatchObject({ userTags: ["mine", "blue"], userNotes: "Look here", isFavorite: true });
  const favorites = await list({ favorite: true });
  expect(favorites.resources.map(({ id }) => id)).toEqual([params.id]);
  await change({ isFavorite: false });
  expect((await list({ favorite: true })).total).toBe(0);
  await expect(change({ status: "failed" })).rejects.toMatchObject(refused(400));
  await expect(change({ userTags: ["x".repeat(65)] })).rejects.toMatchObject(refused(400));
  await expect(change({ userTags: Array(51).fill("x") })).rejects.toMatchObject(refused(400));
  await expect(change({ isFavorite: "yes" })).rejects.toMatchObject(refused(400));
});

test("what a user keeps beside an object outlives syncs and the object being made anew", async () => {
  const { client, params, sync, cluster, core, configMap } = await settings();
  await client.call(api.updateResource, { params, body: { userNotes: "Ask first" } });
  await cluster.api("DELETE", `${core}/configmaps/settings`);
  await sync();
  await configMap("settings");
  await sync();
  const { resource } = await client.call(api.getResource, { params });
  expect(resource).toMatchObject({ userNotes: "Ask first", status: "running" });
});

test("a workload's pods are those it owns, whatever others are called", async () => {
  const { deploy, sync, find, client } = await prepareResources();
  await deploy("web", 2);
  await deploy("web-api");
  await sync();
  const params = { id: (await find("Deployment", "web")).id };
  const { parent, pods, count } = await client.call(api.listResourcePods, { params });
  expect(parent).toMatchObject({ name: "web", type: "Deployment" });
  expect(count).toBe(2);
  expect(pods.map(({ labels }) => labels.app)).toEqual(["web", "web"]);
  const pod = { id: pods[0]?.id ?? "" };
  await expect(client.call(api.listResourcePods, { params: pod })).rejects.toMatchObject(
    refused(400, "Resource type does not have child resources"),
  );
});

test("pods are looked for in the cluster, and not only where they were seen last", async () => {
  const { deploy, sync, find, client, cluster, apps } = await prepareResources();
  await deploy("web");
  await sync();
  const params = { id: (await find("Deployment", "web")).id };
  const patch = { spec: { replicas: 3 } };
  await cluster.api("PATCH", `${apps}/deployments/web`, patch, "application/merge-patch+json");
  await eventually(async () => (await client.call(api.listResourcePods, { params })).count === 3, 30_000);
});

test("a CronJob's children are its jobs", async () => {
  const { sync, find, client, cluster, namespace } = await prepareResources();
  const batch = `/apis/batch/v1/namespaces/${namespace}`;
  const template = {
    spec: { restartPolicy: "Never", containers: [{ name: "main", ...cluster.program("job"), env: [] }] },
  };
  const owner = (await cluster.api("POST", `${batch}/cronjobs`, {
    metadata: { name: "nightly" },
    spec: { schedule: "0 3 * * *", jobTemplate: { spec: { template } } },
  })) as { metadata: { uid: string } };
  await cluster.api("POST", `${batch}/jobs`, {
    metadata: {
      name: "by-hand",
      ownerReferences: [
        {
          apiVersion: "batch/v1",
          kind: "CronJob",
          name: "nightly",
          uid: owner.metadata.uid,
          controller: true,
        },
      ],
    },
    spec: { template },
  });
  await sync();
  const params = { id: (await find("CronJob", "nightly")).id };
  const { jobs, pods } = await client.call(api.listResourcePods, { params });
  expect(jobs?.map(({ name }) => name)).toEqual(["by-hand"]);
  expect(pods).toEqual(jobs);
});

test("a manifest is the object as it is now, without managers unless they are asked for", async () => {
  const { client, params, cluster, core } = await settings();
  const patch = { data: { colour: "red" } };
  await cluster.api("PATCH", `${core}/configmaps/settings`, patch, "application/merge-patch+json");
  const { yaml } = await client.call(api.getManifest, { params });
  expect(yaml).toContain("kind: ConfigMap");
  expect(yaml).toContain("colour: red");
  expect(yaml).not.toContain("managedFields");
  const whole = await client.call(api.getManifest, { params, query: { managed: true } });
  expect(whole.yaml).toContain("managedFields");
  await cluster.api("DELETE", `${core}/configmaps/settings`);
  await expect(client.call(api.getManifest, { params })).rejects.toMatchObject(
    refused(404, "ConfigMap settings is no longer in the cluster"),
  );
});

test("R01 a manifest names the keys of a Secret and masks their values", async () => {
  const { client, cluster, core, sync, find } = await prepareResources();
  const canary = "canary-77aa01";
  const annotations = { "kubectl.kubernetes.io/last-applied-configuration": canary };
  await cluster.api("POST", `${core}/secrets`, {
    metadata: { name: "key", annotations },
    stringData: { password: canary },
  });
  await sync();
  const params = { id: (await find("Secret", "key")).id };
  for (const managed of [false, true]) {
    const { yaml } = await client.call(api.getManifest, { params, query: { managed } });
    expect(yaml).toContain("password: ••••");
    expect(yaml).not.toContain(canary);
    expect(yaml).not.toContain(Buffer.from(canary).toString("base64"));
  }
});

test("the events of an object are those about it, the latest first", async () => {
  const { deploy, sync, find, list, client } = await prepareResources();
  await deploy("web");
  await sync();
  const params = { id: (await find("Deployment", "web")).id };
  const { events } = await client.call(api.listResourceEvents, { params });
  expect(events.map(({ reason }) => reason)).toContain("ScalingReplicaSet");
  const [pod] = (await list({ type: "Pod" })).resources;
  const ofPod = await client.call(api.listResourceEvents, { params: { id: pod?.id ?? "" } });
  expect(ofPod.events.map(({ reason }) => reason)).toEqual(
    expect.arrayContaining(["Scheduled", "Pulled", "Started"]),
  );
  const times = ofPod.events.map(({ at }) => at);
  expect(times).toEqual(times.toSorted().toReversed());
});

test("what belongs to an object, and what it uses or is used by, is found with how", async () => {
  const { deploy, configMap, sync, find, client, cluster, core, apps } = await prepareResources();
  await deploy("web");
  await configMap("settings");
  const from = { envFrom: [{ configMapRef: { name: "settings" } }] };
  const patch = { spec: { template: { spec: { containers: [{ name: "main", ...from }] } } } };
  const strategic = "application/strategic-merge-patch+json";
  await cluster.api("PATCH", `${apps}/deployments/web`, patch, strategic);
  await cluster.api("POST", `${core}/services`, {
    metadata: { name: "door" },
    spec: { selector: { app: "web" }, ports: [{ port: 80 }] },
  });
  await sync();
  const params = { id: (await find("Deployment", "web")).id };
  const { nodes, edges } = await client.call(api.listRelated, { params });
  const names = new Map(nodes.map(({ id, type, name }) => [id, type === "Pod" ? "Pod" : `${type}/${name}`]));
  const told = edges.map(({ from, to, relation }) => `${names.get(from)} ${relation} ${names.get(to)}`);
  expect(told).toContain("Service/door selects Deployment/web");
  expect(told).toContain("Deployment/web uses ConfigMap/settings");
  expect(told.some((each) => /^Deployment\/web owns ReplicaSet\/web-/.test(each))).toBe(true);
  expect(told.some((each) => /^ReplicaSet\/web-\S+ owns Pod$/.test(each))).toBe(true);
});

test("a history is read in pages, the newest first", async () => {
  const { client, params, sync, cluster, core } = await settings();
  for (const tier of ["a", "b"]) {
    const patch = { metadata: { labels: { tier } } };
    await cluster.api("PATCH", `${core}/configmaps/settings`, patch, "application/merge-patch+json");
    await sync();
  }
  const query = { limit: 2 };
  const first = await client.call(api.listResourceHistory, { params, query });
  expect(first).toMatchObject({
    total: 3,
    history: [
      { action: "labels_changed", changes: [{ path: "/labels/tier", from: "a", to: "b" }] },
      { action: "labels_changed", changes: [{ path: "/labels/tier", to: "a" }] },
    ],
  });
  const second = await client.call(api.listResourceHistory, { params, query: { ...query, page: 2 } });
  expect(second.history.map(({ action }) => action)).toEqual(["created"]);
});

test("after a run its objects are listed with the workflow and the node they are of", async () => {
  const { client, server, params, start, ended, cluster } = await prepareRun();
  await ended((await start()).run_id);
  const query = { workflowId: params.id, limit: 100 };
  const listed = await eventually(async () => {
    const { resources } = await client.call(api.listResources, { query });
    const kinds = new Set(resources.map(({ type }) => type));
    return kinds.has("Deployment") && kinds.has("Service") && kinds.has("Pod") ? resources : undefined;
  }, 20_000);
  const web = listed.find(({ type }) => type === "Deployment");
  const { resource } = await client.call(api.getResource, { params: { id: web?.id ?? "" } });
  expect(resource).toMatchObject({
    ...{ name: "web", namespace: cluster.namespace, status: "running" },
    ...{ workflowId: params.id, workflowName: "Shop", nodeId: "web" },
  });
  expect(web).toMatchObject({ workflowId: params.id, workflowName: "Shop" });
  const { facets } = await client.call(api.listResources, { query: { facets: true, type: "Deployment" } });
  expect(facets?.workflow).toEqual([{ id: params.id, name: "Shop", count: 1 }]);
  await client.call(api.syncResources, { body: {} });
  const others = await client.call(api.listResources, { query: { workflowId: "none", limit: 100 } });
  expect(others.resources.some(({ workflowId }) => workflowId !== undefined)).toBe(false);
  expect(others.total).toBeGreaterThan(0);
  const eve = await server.signUp("Eve");
  expect((await eve.call(api.listResources, { query })).total).toBe(0);
});
