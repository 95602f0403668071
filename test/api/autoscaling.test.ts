import { expect, test } from "vitest";
import type { Design } from "../../src/contract/design.ts";
import type { KubernetesObject } from "../../src/core/kubernetes-object.ts";
import { prepareRun } from "../support/run-story.ts";

test("what an autoscaler's target was scaled to survives a run that changes the rest of it", async () => {
  const { start, ended, save, live, design, cluster } = await prepareRun();
  await save(autoscaled(design));
  expect(await ended((await start()).run_id)).toMatchObject({ status: "completed", outcome: "succeeded" });
  const first = await live("apps/v1", "deployments", "web");
  expect(first?.spec).toMatchObject({ replicas: 1 });
  expect(ownersOfReplicas(first)).toEqual([]);

  const path = `/apis/apps/v1/namespaces/${cluster.namespace}/deployments/web/scale`;
  const scale = { spec: { replicas: 3 } };
  await cluster.api("PATCH", `${path}?fieldManager=kubectl`, scale, "application/merge-patch+json");
  await save(autoscaled(design, { env: { COLOUR: "blue" } }));
  const run = await ended((await start()).run_id);

  expect(run.node_states.web).toMatchObject({ result: { applied_resources: [{ operation: "updated" }] } });
  const second = await live("apps/v1", "deployments", "web");
  expect(second?.spec).toMatchObject({
    replicas: 3,
    template: { spec: { containers: [{ env: [{ name: "COLOUR", value: "blue" }] }] } },
  });
  expect(second?.status).toMatchObject({ updatedReplicas: 3, availableReplicas: 3 });
  // Nobody owned them before, so that the scaling has not made them anybody's.
  expect(ownersOfReplicas(second)).toEqual([]);
});

/** The drawing with an autoscaler on its Deployment. As the pods ask for no CPU, it knows no figures to scale by. */
function autoscaled({ nodes, edges }: Design, more: object = {}): Design {
  const settings = { name: "web", minReplicas: 1, maxReplicas: 5, targetCPUUtilization: 80 };
  const scaler = { id: "scaler", type: "hpa", position: { x: 0, y: 160 }, data: settings };
  return {
    nodes: [
      ...nodes.map((node) => (node.id === "web" ? { ...node, data: { ...node.data, ...more } } : node)),
      scaler,
    ],
    edges: [...edges, { id: "e2", source: "scaler", target: "web" }],
  };
}

interface Entry {
  manager: string;
  fieldsV1?: { "f:spec"?: object };
}

function ownersOfReplicas(object: KubernetesObject | undefined): string[] {
  const { managedFields = [] } = (object?.metadata ?? {}) as { managedFields?: Entry[] };
  return managedFields.flatMap(({ manager, fieldsV1 }) =>
    Object.hasOwn(fieldsV1?.["f:spec"] ?? {}, "f:replicas") ? [manager] : [],
  );
}
