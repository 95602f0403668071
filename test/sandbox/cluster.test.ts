import { expect, test } from "vitest";
import { apps, conditionOf, configMap, core, deployment, podTemplate, simulated } from "./simulated.ts";

const merge = "application/merge-patch+json";

test("a namespace takes everything in it along, and takes nothing new meanwhile", async () => {
  const { api, ask, gone } = await simulated();
  const path = "/api/v1/namespaces/shop";
  await api("POST", "/api/v1/namespaces", {
    apiVersion: "v1",
    kind: "Namespace",
    metadata: { name: "shop" },
  });
  const held = { ...configMap("held"), metadata: { name: "held", finalizers: ["example.com/hold"] } };
  await api("POST", `${path}/configmaps`, held);
  await api("POST", `${path}/configmaps`, configMap("free"));
  await api("DELETE", path);
  await gone(`${path}/configmaps/free`);
  expect((await api("GET", path)).status.phase).toBe("Terminating");
  expect(await ask("POST", `${path}/configmaps`, configMap("late"))).toMatchObject({
    status: 403,
    body: { message: expect.stringContaining("because it is being terminated") },
  });
  await api("PATCH", `${path}/configmaps/held`, { metadata: { finalizers: null } }, merge);
  await gone(path);
});

test("a quota refuses what goes beyond it, and the replica set says so", async () => {
  const { api, ask, seen } = await simulated();
  const hard = { pods: "1", "count/configmaps": "2" };
  await api("POST", `${core}/resourcequotas`, {
    apiVersion: "v1",
    kind: "ResourceQuota",
    metadata: { name: "few" },
    spec: { hard },
  });
  await seen(`${core}/configmaps`, ({ items }) => items.length === 1);
  await seen(`${core}/resourcequotas/few`, ({ status }) => JSON.stringify(status).includes('"used"'));
  await api("POST", `${core}/configmaps`, configMap("one"));
  expect(await ask("POST", `${core}/configmaps`, configMap("two"))).toMatchObject({
    status: 403,
    body: {
      message:
        'configmaps "two" is forbidden: exceeded quota: few, requested: count/configmaps=1, used: count/configmaps=2, limited: count/configmaps=2',
    },
  });
  await api("POST", `${apps}/deployments`, deployment("web", { replicas: 2 }));
  const live = await seen(
    `${apps}/deployments/web`,
    (object) => conditionOf(object, "ReplicaFailure")?.status === "True",
  );
  expect(conditionOf(live, "ReplicaFailure")).toMatchObject({
    reason: "FailedCreate",
    message: expect.stringContaining("exceeded quota: few, requested: pods=1, used: pods=1, limited: pods=1"),
  });
});

test("a definition makes its kind served", async () => {
  const { api, ask, seen } = await simulated();
  const names = { kind: "Thing", plural: "things", singular: "thing", listKind: "ThingList" };
  const schema = { openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true } };
  const versions = [{ name: "v1", served: true, storage: true, schema }];
  const definition = {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: "things.example.com" },
    spec: { group: "example.com", scope: "Namespaced", names, versions },
  };
  const definitions = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
  await api("POST", definitions, definition);
  await seen(
    `${definitions}/things.example.com`,
    (object) => conditionOf(object, "Established")?.status === "True",
  );
  const things = "/apis/example.com/v1/namespaces/default/things";
  const made = await ask("POST", things, {
    apiVersion: "example.com/v1",
    kind: "Thing",
    metadata: { name: "t" },
    spec: { a: 1 },
  });
  expect(made).toMatchObject({ status: 201, body: { spec: { a: 1 } } });
});

test("logs go on where they are followed, and say that they are simulated", async () => {
  const { api, seen, ask, fetchFrom } = await simulated();
  const pod = { apiVersion: "v1", kind: "Pod", metadata: { name: "one" }, spec: podTemplate("one").spec };
  await api("POST", `${core}/pods`, pod);
  await seen(`${core}/pods/one`, (object) => conditionOf(object, "Ready")?.status === "True");
  const { status, body } = await ask("GET", `${core}/pods/one/log?tailLines=1&timestamps=true`);
  expect(status).toBe(200);
  expect(String(body)).toMatch(/^\d{4}-\d\d-\d\dT\S+Z .*simulated.*\n$/);
  const followed = await fetchFrom("GET", `${core}/pods/one/log?follow=true`);
  const reader = followed.body?.getReader();
  expect(new TextDecoder().decode((await reader?.read())?.value)).toContain("simulated");
  await reader?.cancel();
  expect(await ask("GET", `${core}/pods/one/log?container=other`)).toMatchObject({ status: 400 });
});
