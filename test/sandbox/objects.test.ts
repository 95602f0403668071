import { expect, test } from "vitest";
import { configMap, core, deployment, simulated } from "./simulated.ts";

test("the server says which groups, versions and kinds it serves", async () => {
  const { api } = await simulated();
  expect(await api("GET", "/version")).toMatchObject({ gitVersion: expect.stringMatching(/^v1\.34\.\d+/) });
  expect(await api("GET", "/api")).toMatchObject({ versions: ["v1"] });
  const groups = ["apps", "batch", "networking.k8s.io", "autoscaling", "policy", "storage.k8s.io"];
  expect(await api("GET", "/apis")).toMatchObject({
    groups: expect.arrayContaining(groups.map((name) => expect.objectContaining({ name }))),
  });
  const deployments = { name: "deployments", kind: "Deployment", namespaced: true, shortNames: ["deploy"] };
  const scale = { name: "deployments/scale", kind: "Scale", group: "autoscaling", version: "v1" };
  expect(await api("GET", "/apis/apps/v1")).toMatchObject({
    resources: expect.arrayContaining([deployments, scale].map((each) => expect.objectContaining(each))),
  });
});

test("what is created is answered with what only the server can say, and read back the same", async () => {
  const { ask, api } = await simulated();
  const { status, body } = await ask("POST", `${core}/configmaps`, configMap("one", { a: "1" }));
  expect(status).toBe(201);
  expect(body.metadata.uid).toMatch(/^[0-9a-f-]{36}$/);
  expect(body.metadata.namespace).toBe("default");
  expect(await api("GET", `${core}/configmaps/one`)).toEqual(body);
});

test("a name is taken once, and asked for in vain before", async () => {
  const { ask } = await simulated();
  const missing = await ask("GET", `${core}/configmaps/one`);
  expect(missing).toMatchObject({
    status: 404,
    body: { kind: "Status", reason: "NotFound", message: 'configmaps "one" not found' },
  });
  await ask("POST", `${core}/configmaps`, configMap("one"));
  expect(await ask("POST", `${core}/configmaps`, configMap("one"))).toMatchObject({
    status: 409,
    body: { reason: "AlreadyExists", message: 'configmaps "one" already exists' },
  });
});

test("nothing is created in a namespace that is not there", async () => {
  const { ask } = await simulated();
  const path = "/api/v1/namespaces/nowhere/configmaps";
  expect(await ask("POST", path, configMap("one"))).toMatchObject({
    status: 404,
    body: { message: 'namespaces "nowhere" not found' },
  });
});

test("a path that is not served is not found, and a method that is not allowed is told so", async () => {
  const { ask } = await simulated();
  expect(await ask("GET", "/apis/nothing.example.com/v1/things")).toMatchObject({ status: 404 });
  expect(await ask("POST", `${core}/configmaps/one`, configMap("one"))).toMatchObject({ status: 405 });
});

test("an update of what has changed meanwhile is a conflict", async () => {
  const { ask, api } = await simulated();
  const first = await api("POST", `${core}/configmaps`, configMap("one", { a: "1" }));
  await api("PUT", `${core}/configmaps/one`, { ...first, data: { a: "2" } });
  expect(await ask("PUT", `${core}/configmaps/one`, { ...first, data: { a: "3" } })).toMatchObject({
    status: 409,
    body: { reason: "Conflict", message: expect.stringContaining("the object has been modified") },
  });
});

test("a list is read in pages that together are the whole", async () => {
  const { api, ask } = await simulated();
  const names = ["a", "b", "c", "d", "e"];
  for (const name of names) await ask("POST", `${core}/configmaps`, configMap(name, {}, { page: "1" }));
  const seen: string[] = [];
  let next = "";
  do {
    const page = await api("GET", `${core}/configmaps?labelSelector=page&limit=2&continue=${next}`);
    expect(page.kind).toBe("ConfigMapList");
    expect(page.items.length).toBeLessThanOrEqual(2);
    for (const item of page.items) {
      expect(item).not.toHaveProperty("kind");
      seen.push(item.metadata.name);
    }
    next = page.metadata.continue ?? "";
  } while (next);
  expect(seen).toEqual(names);
});

test("selectors pick by labels and by fields", async () => {
  const { list, ask } = await simulated();
  await ask("POST", `${core}/configmaps`, configMap("a", {}, { tier: "web", stage: "live" }));
  await ask("POST", `${core}/configmaps`, configMap("b", {}, { tier: "api" }));
  await ask("POST", `${core}/configmaps`, configMap("c", {}, { stage: "test" }));
  const picked = async (kind: string, selector: string) => {
    const items = await list(`${core}/configmaps?${kind}=${encodeURIComponent(selector)}`);
    return items.map(({ metadata }) => metadata.name).filter((name) => name !== "kube-root-ca.crt");
  };
  expect(await picked("labelSelector", "tier=web")).toEqual(["a"]);
  expect(await picked("labelSelector", "tier in (web, api)")).toEqual(["a", "b"]);
  expect(await picked("labelSelector", "tier,tier notin (web)")).toEqual(["b"]);
  expect(await picked("labelSelector", "!tier")).toEqual(["c"]);
  expect(await picked("labelSelector", "stage!=live,stage")).toEqual(["c"]);
  expect(await picked("fieldSelector", "metadata.name=b")).toEqual(["b"]);
});

test("a selector that cannot be read is refused", async () => {
  const { ask } = await simulated();
  const path = `${core}/configmaps?labelSelector=${encodeURIComponent("a b")}`;
  expect(await ask("GET", path)).toMatchObject({ status: 400, body: { reason: "BadRequest" } });
});

test("the generation counts changes of the spec, and of nothing else", async () => {
  const { api } = await simulated();
  const path = "/apis/apps/v1/namespaces/default/deployments";
  const made = await api("POST", path, deployment("web", { replicas: 0 }));
  expect(made.metadata.generation).toBe(1);
  const merge = "application/merge-patch+json";
  const labelled = await api("PATCH", `${path}/web`, { metadata: { labels: { a: "b" } } }, merge);
  expect(labelled.metadata.generation).toBe(1);
  const paused = await api("PATCH", `${path}/web`, { spec: { paused: true } }, merge);
  expect(paused.metadata.generation).toBe(2);
  const status = await api("PATCH", `${path}/web/status`, { status: { collisionCount: 1 } }, merge);
  expect(status.metadata.generation).toBe(2);
});

test("merge, strategic and JSON patches change what they name", async () => {
  const { api } = await simulated();
  await api("POST", `${core}/configmaps`, configMap("one", { a: "1", b: "2" }));
  const path = `${core}/configmaps/one`;
  const merged = await api("PATCH", path, { data: { a: null, c: "3" } }, "application/merge-patch+json");
  expect(merged.data).toEqual({ b: "2", c: "3" });
  const steps = [{ op: "replace", path: "/data/b", value: "9" }];
  expect((await api("PATCH", path, steps, "application/json-patch+json")).data).toEqual({ b: "9", c: "3" });

  const deployments = "/apis/apps/v1/namespaces/default/deployments";
  await api("POST", deployments, deployment("web", { replicas: 0 }));
  const containers = [{ name: "side", image: "side:1" }];
  const patch = { spec: { template: { spec: { containers } } } };
  const more = await api("PATCH", `${deployments}/web`, patch, "application/strategic-merge-patch+json");
  const names = more.spec.template.spec.containers.map(({ name }) => name);
  expect(names.toSorted()).toEqual(["side", "web"]);
});

test("a patch in a form nobody knows is unsupported", async () => {
  const { ask, api } = await simulated();
  await api("POST", `${core}/configmaps`, configMap("one"));
  expect(await ask("PATCH", `${core}/configmaps/one`, {}, "application/json")).toMatchObject({ status: 415 });
});

test("what owns others takes them along when it goes", async () => {
  const { api, gone } = await simulated();
  const owner = await api("POST", `${core}/configmaps`, configMap("owner"));
  const { apiVersion, kind, metadata } = owner;
  const ownerReferences = [{ apiVersion, kind, name: metadata.name, uid: metadata.uid }];
  await api("POST", `${core}/configmaps`, {
    ...configMap("owned"),
    metadata: { name: "owned", ownerReferences },
  });
  await api("DELETE", `${core}/configmaps/owner`);
  await gone(`${core}/configmaps/owned`);
});

test("a finalizer keeps an object until it is taken off", async () => {
  const { api, ask } = await simulated();
  const metadata = { name: "held", finalizers: ["example.com/hold"] };
  await api("POST", `${core}/configmaps`, { ...configMap("held"), metadata });
  await api("DELETE", `${core}/configmaps/held`);
  expect((await api("GET", `${core}/configmaps/held`)).metadata.deletionTimestamp).toMatch(/^\d{4}-/);
  await api(
    "PATCH",
    `${core}/configmaps/held`,
    { metadata: { finalizers: null } },
    "application/merge-patch+json",
  );
  expect(await ask("GET", `${core}/configmaps/held`)).toMatchObject({ status: 404 });
});

test("a collection is deleted as far as it is selected", async () => {
  const { api, list } = await simulated();
  for (const name of ["a", "b"]) await api("POST", `${core}/configmaps`, configMap(name, {}, { drop: name }));
  await api("DELETE", `${core}/configmaps?labelSelector=drop%3Da`);
  const left = await list(`${core}/configmaps?labelSelector=drop`);
  expect(left.map(({ metadata }) => metadata.name)).toEqual(["b"]);
});
