import { expect, test } from "vitest";
import { applyPatch, apps, batch, configMap, core, deployment, podTemplate, simulated } from "./simulated.ts";

const deployments = `${apps}/deployments`;
const merge = "application/merge-patch+json";

test("an unknown field is refused where the client is strict, and dropped where it is not", async () => {
  const { ask } = await simulated();
  const object = deployment("web", { replicas: 0, replica: 3 });
  expect(await ask("POST", `${deployments}?fieldValidation=Strict`, object)).toMatchObject({
    status: 400,
    body: {
      reason: "BadRequest",
      message: expect.stringContaining('strict decoding error: unknown field "spec.replica"'),
    },
  });
  const lenient = await ask("POST", deployments, object);
  expect(lenient.status).toBe(201);
  expect(lenient.body.spec).not.toHaveProperty("replica");
});

test("an unknown field deep inside a pod is found when it is applied, too", async () => {
  const { ask } = await simulated();
  const template = podTemplate("web");
  const containers = [{ name: "web", image: "web:1", imagePullPolcy: "Always" }];
  const object = deployment("web", {}, { ...template, spec: { containers } });
  const path = `${deployments}/web?fieldManager=us&fieldValidation=Strict`;
  const { status, body } = await ask("PATCH", path, object, applyPatch);
  // As a real one has it: an apply cannot merge what the schema does not know.
  expect(status).toBe(500);
  expect(body.message).toMatch(
    /^failed to create typed patch object .*imagePullPolcy: field not declared in schema$/,
  );
});

test("a value of the wrong type is a bad request", async () => {
  const { ask } = await simulated();
  const { status, body } = await ask("POST", deployments, deployment("web", { replicas: "three" }));
  expect(status).toBe(400);
  expect(body.message).toMatch(
    /cannot unmarshal string into Go struct field DeploymentSpec\.spec\.replicas of type int32/,
  );
});

test("labels that are no texts are a bad request", async () => {
  const { ask } = await simulated();
  const object = { ...configMap("one"), metadata: { name: "one", labels: { a: 1 } } };
  expect(await ask("POST", `${core}/configmaps`, object)).toMatchObject({ status: 400 });
});

test("a selector that does not match the template's labels is invalid, in the server's words", async () => {
  const { ask } = await simulated();
  const { status, body } = await ask("POST", deployments, deployment("web", {}, podTemplate("other")));
  expect(status).toBe(422);
  expect(body).toMatchObject({
    reason: "Invalid",
    message: expect.stringMatching(
      /^Deployment\.apps "web" is invalid: spec\.template\.metadata\.labels: Invalid value: .*: `selector` does not match template `labels`$/,
    ),
    details: {
      name: "web",
      group: "apps",
      kind: "Deployment",
      causes: [{ field: "spec.template.metadata.labels" }],
    },
  });
});

test("every fault of an object is told at once", async () => {
  const { ask } = await simulated();
  const template = podTemplate("web");
  const containers = [{ name: "Web", image: "web:1", ports: [{ containerPort: 70_000 }] }];
  const { status, body } = await ask(
    "POST",
    deployments,
    deployment("web", { replicas: -1 }, { ...template, spec: { containers } }),
  );
  expect(status).toBe(422);
  expect(body.details.causes.map(({ field }) => field).toSorted()).toEqual([
    "spec.replicas",
    "spec.template.spec.containers[0].name",
    "spec.template.spec.containers[0].ports[0].containerPort",
  ]);
});

test.each(["Upper", "-dash", "dot..dot", "a b", "x".repeat(254)])(
  "%s is no name for an object",
  async (name) => {
    const { ask } = await simulated();
    expect(await ask("POST", `${core}/configmaps`, configMap(name))).toMatchObject({
      status: 422,
      body: { details: { causes: [{ field: "metadata.name" }] } },
    });
  },
);

test("what may not change does not", async () => {
  const { ask, api } = await simulated();
  const immutable = (field: string, sentence = /field is immutable/) => ({
    status: 422,
    body: {
      message: expect.stringMatching(sentence),
      details: { causes: [expect.objectContaining({ field })] },
    },
  });
  await api("POST", deployments, deployment("web", { replicas: 0 }));
  const selected = {
    selector: { matchLabels: { app: "web", b: "c" } },
    template: { metadata: { labels: { b: "c" } } },
  };
  expect(await ask("PATCH", `${deployments}/web`, { spec: selected }, merge)).toMatchObject(
    immutable("spec.selector"),
  );

  const spec = {
    template: { ...podTemplate("job"), spec: { ...podTemplate("job").spec, restartPolicy: "Never" } },
  };
  await api("POST", `${batch}/jobs`, {
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: { name: "job" },
    spec: { ...spec, suspend: true },
  });
  expect(await ask("PATCH", `${batch}/jobs/job`, { spec: { completions: 2 } }, merge)).toMatchObject(
    immutable("spec.completions"),
  );

  await api("POST", `${core}/configmaps`, { ...configMap("fixed", { a: "1" }), immutable: true });
  expect(await ask("PATCH", `${core}/configmaps/fixed`, { data: { a: "2" } }, merge)).toMatchObject(
    immutable("data", /field is immutable when `immutable` is set/),
  );

  const secret = { apiVersion: "v1", kind: "Secret", metadata: { name: "s" }, type: "Opaque" };
  await api("POST", `${core}/secrets`, secret);
  expect(await ask("PATCH", `${core}/secrets/s`, { type: "example.com/other" }, merge)).toMatchObject(
    immutable("type"),
  );

  const ports = [{ port: 80 }];
  const service = { apiVersion: "v1", kind: "Service", metadata: { name: "s" }, spec: { ports } };
  await api("POST", `${core}/services`, service);
  const address = { spec: { clusterIP: "10.96.0.99", clusterIPs: ["10.96.0.99"] } };
  const { status, body } = await ask("PATCH", `${core}/services/s`, address, merge);
  expect(status).toBe(422);
  expect(body.message).toMatch(/spec\.clusterIPs\[0\]: Invalid value: .*: may not change once set/);
});

test("of a stateful set only what may change does", async () => {
  const { ask, api } = await simulated();
  const path = `${apps}/statefulsets`;
  const { spec } = deployment("db", { replicas: 0, serviceName: "db" });
  await api("POST", path, { apiVersion: "apps/v1", kind: "StatefulSet", metadata: { name: "db" }, spec });
  expect(await ask("PATCH", `${path}/db`, { spec: { serviceName: "other" } }, merge)).toMatchObject({
    status: 422,
    body: {
      message: expect.stringContaining("updates to statefulset spec for fields other than"),
      details: { causes: [{ field: "spec" }] },
    },
  });
  expect(await api("PATCH", `${path}/db`, { spec: { minReadySeconds: 1 } }, merge)).toMatchObject({
    metadata: { generation: 2 },
  });
});

test("the defaults a server fills in are filled in", async () => {
  const { api } = await simulated();
  expect(await api("POST", deployments, deployment("web", {}))).toMatchObject({
    spec: {
      replicas: 1,
      progressDeadlineSeconds: 600,
      revisionHistoryLimit: 10,
      strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: "25%", maxUnavailable: "25%" } },
      template: {
        spec: {
          dnsPolicy: "ClusterFirst",
          restartPolicy: "Always",
          schedulerName: "default-scheduler",
          terminationGracePeriodSeconds: 30,
          containers: [{ imagePullPolicy: "IfNotPresent", terminationMessagePath: "/dev/termination-log" }],
        },
      },
    },
  });
  const service = {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "s" },
    spec: { type: "NodePort", ports: [{ port: 80 }] },
  };
  expect(await api("POST", `${core}/services`, service)).toMatchObject({
    spec: {
      clusterIP: expect.stringMatching(/^\d+\.\d+\.\d+\.\d+$/),
      sessionAffinity: "None",
      ports: [{ port: 80, targetPort: 80, protocol: "TCP", nodePort: expect.any(Number) }],
    },
  });
});
