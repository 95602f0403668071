import { expect, test } from "vitest";
import {
  applyPatch,
  apps,
  configMap,
  core,
  deployment,
  podTemplate,
  type Seen,
  simulated,
} from "./simulated.ts";

const one = `${core}/configmaps/one`;
const web = `${apps}/deployments/web`;
const data = (values: Record<string, string>) => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name: "one" },
  data: values,
});
const ownersOf = ({ metadata }: Seen) => metadata.managedFields ?? [];
const container = (object: Seen) => object.spec.template.spec.containers[0];

test("an apply makes what is not there, and owns exactly what it says", async () => {
  const { ask } = await simulated();
  const made = await ask("PATCH", `${one}?fieldManager=us`, data({ a: "1" }), applyPatch);
  expect(made.status).toBe(201);
  expect(ownersOf(made.body)).toMatchObject([
    { manager: "us", operation: "Apply", fieldsV1: { "f:data": { "f:a": {} } } },
  ]);
  const again = await ask("PATCH", `${one}?fieldManager=us`, data({ a: "2" }), applyPatch);
  expect(again).toMatchObject({ status: 200, body: { data: { a: "2" } } });
});

test("an apply that changes nothing leaves the version and the owners' times alone", async () => {
  const { apply } = await simulated();
  const object = deployment("web", { replicas: 0 });
  await apply(web, object);
  const before = await apply(web, object);
  const after = await apply(web, object);
  expect(after.metadata.resourceVersion).toBe(before.metadata.resourceVersion);
  expect(ownersOf(after)).toEqual(ownersOf(before));
});

test("a field that is no longer applied goes, unless somebody else owns it too", async () => {
  const { apply } = await simulated();
  await apply(one, data({ mine: "1", shared: "1" }), "us");
  await apply(one, data({ shared: "1", theirs: "1" }), "them");
  const left = await apply(one, data({}), "us");
  expect(left.data).toEqual({ shared: "1", theirs: "1" });
});

test("a field of another's is a conflict that names the field and its owner", async () => {
  const { apply, ask, api } = await simulated();
  await apply(web, deployment("web", { replicas: 1 }), "us");
  await api(
    "PATCH",
    `${web}?fieldManager=kubectl-edit`,
    { spec: { replicas: 2 } },
    "application/merge-patch+json",
  );
  const refused = await ask(
    "PATCH",
    `${web}?fieldManager=us`,
    deployment("web", { replicas: 3 }),
    applyPatch,
  );
  expect(refused.status).toBe(409);
  const owner = ownersOf(await api("GET", web)).find(({ manager }) => manager === "kubectl-edit");
  expect(owner).toMatchObject({ operation: "Update", fieldsV1: { "f:spec": { "f:replicas": {} } } });
  const message = expect.stringMatching(/^conflict with "kubectl-edit" using apps\/v1/);
  expect(refused.body).toMatchObject({
    reason: "Conflict",
    message: expect.stringMatching(
      /^Apply failed with 1 conflict: conflict with "kubectl-edit" using apps\/v1.*: \.spec\.replicas$/,
    ),
    details: { causes: [{ reason: "FieldManagerConflict", message, field: ".spec.replicas" }] },
  });
});

test("whoever scaled owns the replicas, by way of the scale", async () => {
  const { apply, ask, api } = await simulated();
  await apply(web, deployment("web", { replicas: 1 }), "us");
  const scaled = await api(
    "PATCH",
    `${web}/scale?fieldManager=kubectl`,
    { spec: { replicas: 2 } },
    "application/merge-patch+json",
  );
  expect(scaled).toMatchObject({ kind: "Scale", spec: { replicas: 2 } });
  const owner = ownersOf(await api("GET", web)).find(({ manager }) => manager === "kubectl");
  expect(owner).toMatchObject({ subresource: "scale", fieldsV1: { "f:spec": { "f:replicas": {} } } });
  const { status, body } = await ask(
    "PATCH",
    `${web}?fieldManager=us`,
    deployment("web", { replicas: 1 }),
    applyPatch,
  );
  expect(status).toBe(409);
  expect(body.message).toBe(
    'Apply failed with 1 conflict: conflict with "kubectl" with subresource "scale" using apps/v1: .spec.replicas',
  );
});

test("replicas that nobody owns are still nobody's after a scaling, and stay as they were scaled", async () => {
  const { apply, api } = await simulated();
  await apply(web, deployment("web"), "us");
  const before = ownersOf(await api("GET", web)).filter(({ subresource }) => subresource !== "status");
  await api(
    "PATCH",
    `${web}/scale?fieldManager=kubectl`,
    { spec: { replicas: 2 } },
    "application/merge-patch+json",
  );
  const after = ownersOf(await api("GET", web)).filter(({ subresource }) => subresource !== "status");
  expect(after).toEqual(before);
  const { spec } = await apply(web, deployment("web", { minReadySeconds: 1 }), "us");
  expect(spec.replicas).toBe(2);
});

test("several conflicts are told together", async () => {
  const { apply, ask } = await simulated();
  await apply(one, data({ a: "1", b: "1" }), "them");
  const { status, body } = await ask("PATCH", `${one}?fieldManager=us`, data({ a: "2", b: "2" }), applyPatch);
  expect(status).toBe(409);
  expect(body.message).toBe('Apply failed with 2 conflicts: conflicts with "them":\n- .data.a\n- .data.b');
  expect(body.details.causes.map(({ field }) => field)).toEqual([".data.a", ".data.b"]);
});

test("the same value by two appliers is no conflict, and then belongs to both", async () => {
  const { apply } = await simulated();
  await apply(one, data({ a: "1" }), "us");
  const both = await apply(one, data({ a: "1" }), "them");
  expect(
    ownersOf(both)
      .map(({ manager }) => manager)
      .toSorted(),
  ).toEqual(["them", "us"]);
});

test("force takes a field away from its owner", async () => {
  const { apply } = await simulated();
  await apply(one, data({ a: "1" }), "them");
  const taken = await apply(one, data({ a: "2" }), "us", "&force=true");
  expect(taken.data).toEqual({ a: "2" });
  expect(ownersOf(taken)).toMatchObject([{ manager: "us", fieldsV1: { "f:data": { "f:a": {} } } }]);
});

test("lists with keys are merged item by item", async () => {
  const { apply } = await simulated();
  const withEnv = (env: object[]) => {
    const template = podTemplate("web");
    return deployment(
      "web",
      { replicas: 0 },
      { ...template, spec: { containers: [{ name: "web", image: "web:1", env }] } },
    );
  };
  await apply(
    web,
    withEnv([
      { name: "A", value: "1" },
      { name: "B", value: "1" },
    ]),
    "us",
  );
  await apply(web, withEnv([{ name: "C", value: "1" }]), "them");
  const merged = await apply(web, withEnv([{ name: "A", value: "2" }]), "us");
  expect(container(merged)?.env).toHaveLength(2);
  expect(container(merged)?.env).toEqual(
    expect.arrayContaining([
      { name: "A", value: "2" },
      { name: "C", value: "1" },
    ]),
  );
});

test("an apply needs to say for whom", async () => {
  const { ask } = await simulated();
  expect(await ask("PATCH", one, data({}), applyPatch)).toMatchObject({
    status: 422,
    body: { message: expect.stringContaining("fieldManager") },
  });
});

test("YAML is applied as JSON is", async () => {
  const { ask } = await simulated();
  const yaml = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\ndata:\n  a: '1'\n";
  const { status, body } = await ask("PATCH", `${one}?fieldManager=us`, yaml, applyPatch);
  expect(status).toBe(201);
  expect(body.data).toEqual({ a: "1" });
});

test("a dry run answers what would be and keeps nothing of it", async () => {
  const { ask, api, apply } = await simulated();
  const path = `${one}?fieldManager=us&dryRun=All`;
  expect(await ask("PATCH", path, data({ a: "1" }), applyPatch)).toMatchObject({
    status: 201,
    body: { data: { a: "1" } },
  });
  expect(await ask("GET", one)).toMatchObject({ status: 404 });
  const before = await apply(one, data({ a: "1" }), "us");
  expect(await api("PATCH", path, data({ a: "2" }), applyPatch)).toMatchObject({ data: { a: "2" } });
  await api("POST", `${core}/configmaps?dryRun=All`, configMap("two"));
  await api("DELETE", `${one}?dryRun=All`);
  expect(await api("GET", one)).toEqual(before);
  expect(await ask("GET", `${core}/configmaps/two`)).toMatchObject({ status: 404 });
});
