import { expect, test } from "vitest";
import type { KubernetesObject } from "../../src/core/kubernetes-object.ts";
import { handOver, needsHandOver, takeBack } from "../../src/server/background/deploy/hand-over.ts";
import { conflictsOf } from "../../src/server/cluster/field-conflicts.ts";
import { eventually } from "../support/eventually.ts";
import { ownConnection } from "../support/own-connection.ts";
import { testCluster } from "../support/target.ts";

const asking = { signal: new AbortController().signal };
const mergePatch = "application/merge-patch+json";

/** Our own connection to the test's cluster, and a Deployment of so many replicas there. */
async function prepare() {
  const target = await testCluster();
  const cluster = await ownConnection(target);
  const labels = { app: "web" };
  const containers = [{ name: "web", ...target.program("web") }];
  const web = (spec: object): KubernetesObject => ({
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "web", namespace: target.namespace },
    spec: {
      ...spec,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers } },
    },
  });
  const path = `/apis/apps/v1/namespaces/${target.namespace}/deployments/web`;

  async function live(): Promise<KubernetesObject> {
    const found = await cluster.read(web({}), asking);
    if (!found) throw new Error("There is no Deployment");
    return found;
  }
  return {
    cluster,
    web,
    live,
    apply: (spec: object, more: object = {}) => cluster.apply(web(spec), { ...asking, ...more }),
    scale: (replicas: number, by: string) =>
      target.api("PATCH", `${path}/scale?fieldManager=${by}`, { spec: { replicas } }, mergePatch),
    async autoscale(minReplicas: number) {
      const scaleTargetRef = { apiVersion: "apps/v1", kind: "Deployment", name: "web" };
      const autoscaler = {
        apiVersion: "autoscaling/v2",
        kind: "HorizontalPodAutoscaler",
        metadata: { name: "web" },
      };
      const scalers = `/apis/autoscaling/v2/namespaces/${target.namespace}/horizontalpodautoscalers`;
      await target.api("POST", scalers, {
        ...autoscaler,
        spec: { scaleTargetRef, minReplicas, maxReplicas: 9 },
      });
      await eventually(async () => (await live()).spec?.replicas === minReplicas, 60_000);
      return () => target.api("DELETE", `${scalers}/web`);
    },
  };
}

interface Entry {
  manager: string;
  operation: string;
  subresource?: string;
  fieldsV1: { "f:spec"?: object };
}

function ownersOfReplicas({ metadata }: KubernetesObject): string[] {
  const { managedFields = [] } = metadata as { managedFields?: Entry[] };
  return managedFields
    .filter(({ fieldsV1 }) => Object.hasOwn(fieldsV1["f:spec"] ?? {}, "f:replicas"))
    .map(({ manager, operation, subresource = "" }) => `${manager} ${operation} ${subresource}`.trim())
    .toSorted();
}

test("a number that is dropped without a hand-over falls back to one", async () => {
  const { apply, live } = await prepare();
  await apply({ replicas: 3 });
  await apply({});
  expect((await live()).spec).toMatchObject({ replicas: 1 });
});

test("replicas are handed over once, before they are dropped, and stay as they are", async () => {
  const { cluster, web, apply, live } = await prepare();
  await apply({ replicas: 3 });
  expect(ownersOfReplicas(await live())).toEqual(["orrery Apply"]);
  expect(await handOver(cluster, await live(), web({ replicas: 3 }), asking)).toBe(false);
  expect(needsHandOver(await live(), web({}))).toBe(true);
  expect(await handOver(cluster, await live(), web({}), asking)).toBe(true);
  // Two that apply the same value own it both.
  expect(ownersOfReplicas(await live())).toEqual(["orrery Apply", "orrery-handover Apply"]);
  await apply({});
  expect((await live()).spec).toMatchObject({ replicas: 3 });
  expect(ownersOfReplicas(await live())).toEqual(["orrery-handover Apply"]);
  expect(await handOver(cluster, await live(), web({}), asking)).toBe(false);
});

test("nothing is handed over that is not there, is nobody's, or somebody else set meanwhile", async () => {
  const { cluster, web, apply, live, scale } = await prepare();
  expect(await handOver(cluster, undefined, web({}), asking)).toBe(false);
  await apply({ replicas: 2 });
  const seen = await live();
  await scale(4, "kubectl");
  expect(ownersOfReplicas(await live())).toEqual(["kubectl Update scale"]);
  expect(await handOver(cluster, seen, web({}), asking)).toBe(false);
  await apply({});
  expect((await live()).spec).toMatchObject({ replicas: 4 });
});

test("an autoscaler's number is taken back without a pod less, and then is the drawing's", async () => {
  const { cluster, web, apply, live, autoscale } = await prepare();
  await apply({ replicas: 1 });
  await handOver(cluster, await live(), web({}), asking);
  await apply({});
  const stop = await autoscale(3);
  // The controller writes through the scale subresource, and the number is its alone from then on.
  expect(ownersOfReplicas(await live())).toEqual(["kube-controller-manager Update scale"]);
  await stop();

  const first = takeBack(await live(), web({ replicas: 2 }));
  expect(first).toMatchObject({ object: { spec: { replicas: 3 } }, take: ["/spec/replicas"] });
  // The same number is no conflict, and both own it from then on.
  await cluster.apply(first.object, asking);
  expect(ownersOfReplicas(await live())).toEqual(["kube-controller-manager Update scale", "orrery Apply"]);

  const second = takeBack(await live(), web({ replicas: 2 }));
  expect(second).toEqual({ object: web({ replicas: 2 }), take: ["/spec/replicas"] });
  const refusal = await cluster.apply(second.object, asking).catch((error: unknown) => error);
  expect(conflictsOf(refusal)).toEqual([{ manager: "kube-controller-manager", field: ".spec.replicas" }]);
  await cluster.apply(second.object, { ...asking, force: true });
  expect((await live()).spec).toMatchObject({ replicas: 2 });
  expect(ownersOfReplicas(await live())).toEqual(["orrery Apply"]);
  expect(takeBack(await live(), web({ replicas: 5 })).take).toEqual([]);
});

test("a larger number that is drawn stands, and one that was only handed over is taken back too", async () => {
  const { cluster, web, apply, live } = await prepare();
  await apply({ replicas: 2 });
  await handOver(cluster, await live(), web({}), asking);
  await apply({});
  const { object, take } = takeBack(await live(), web({ replicas: 4 }));
  expect([object, take]).toEqual([web({ replicas: 4 }), ["/spec/replicas"]]);
  await cluster.apply(object, { ...asking, force: true });
  expect(ownersOfReplicas(await live())).toEqual(["orrery Apply"]);
});

test("a number that a person set is not taken without asking, and no other kind has one to take", async () => {
  const { web, apply, live, scale } = await prepare();
  await apply({ replicas: 2 });
  await scale(5, "kubectl");
  expect(takeBack(await live(), web({ replicas: 2 }))).toEqual({ object: web({ replicas: 2 }), take: [] });
  expect(takeBack(undefined, web({ replicas: 2 })).take).toEqual([]);
  await scale(6, "keda-operator");
  expect(takeBack(await live(), web({ replicas: 2 }))).toMatchObject({ object: { spec: { replicas: 6 } } });
  expect(takeBack(await live(), web({})).take).toEqual([]);
});

test("conflicts name every field and who has it, and force takes them all", async () => {
  const { apply, live, scale } = await prepare();
  const seconds = { minReadySeconds: 1 };
  await apply({ replicas: 1, ...seconds });
  await scale(2, "kubectl");
  await apply({ minReadySeconds: 2 }, { manager: "some “one”", force: true });
  const refusal = await apply({ replicas: 1, ...seconds }).catch((error: unknown) => error);
  const conflicts = conflictsOf(refusal).toSorted((a, b) => (a.field < b.field ? -1 : 1));
  expect(conflicts).toEqual([
    { manager: "some “one”", field: ".spec.minReadySeconds" },
    { manager: "kubectl", field: ".spec.replicas" },
  ]);
  expect(String(refusal)).toMatch(
    /Apply failed with 2 conflicts: conflicts with "kubectl" with subresource "scale" using apps\/v1: - \.spec\.replicas conflicts with "some “one”": - \.spec\.minReadySeconds/,
  );
  expect(conflictsOf(new Error("conflict"))).toEqual([]);
  await apply({ replicas: 1, ...seconds }, { force: true });
  expect(ownersOfReplicas(await live())).toEqual(["orrery Apply"]);
});
