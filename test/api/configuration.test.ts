import { expect, test } from "vitest";
import type { Design } from "../../src/contract/design.ts";
import type { KubernetesObject } from "../../src/core/kubernetes-object.ts";
import { prepareRun } from "../support/run-story.ts";

test("pods that mount a changed config map are replaced, and no others", async () => {
  const { start, ended, save, live, design } = await prepareRun();
  const workloads = async () =>
    Promise.all(["web", "other"].map((name) => live("apps/v1", "deployments", name)));
  await save(configured(design, "blue"));
  expect(await ended((await start()).run_id)).toMatchObject({ status: "completed", outcome: "succeeded" });
  const [web, other] = await workloads();
  expect(stampOf(web)).toMatch(/^[A-Za-z0-9_-]{16}$/);
  expect(stampOf(other)).toBeUndefined();

  const again = await ended((await start()).run_id);
  for (const id of ["settings", "web", "other", "door"])
    expect(operationsOf(again, id)).toEqual(["unchanged"]);
  expect(await workloads()).toMatchObject([generationOf(web), generationOf(other)]);

  await save(configured(design, "green"));
  const changed = await ended((await start()).run_id);
  expect(changed).toMatchObject({ status: "completed", outcome: "succeeded" });
  expect(["settings", "web", "other"].map((id) => operationsOf(changed, id))).toEqual([
    ["updated"],
    ["updated"],
    ["unchanged"],
  ]);
  const [rolled, left] = await workloads();
  expect(stampOf(rolled)).not.toBe(stampOf(web));
  expect(rolled?.metadata.generation).toBe((web?.metadata.generation ?? 0) + 1);
  expect(rolled?.status).toMatchObject({ updatedReplicas: 1, availableReplicas: 1 });
  expect(left).toMatchObject(generationOf(other));
});

test("an environment given to one run is configuration of the next, which was not given it", async () => {
  const { start, ended, live } = await prepareRun();
  const web = () => live("apps/v1", "deployments", "web");
  const given = (TOKEN: string) => start({ trigger_data: { envVars: { web: { TOKEN } } } });
  await ended((await given("canary-1b2c")).run_id);
  const first = await web();
  expect(stampOf(first)).toBeDefined();

  const again = await ended((await start()).run_id);
  expect(operationsOf(again, "web")).toEqual(["unchanged"]);
  expect(await web()).toMatchObject(generationOf(first));

  expect((await ended((await given("canary-3d4e")).run_id)).status).toBe("completed");
  const rolled = await web();
  expect(stampOf(rolled)).not.toBe(stampOf(first));
  expect(rolled?.metadata.generation).toBe((first?.metadata.generation ?? 0) + 1);
});

/** The drawing with a config map that its Deployment mounts, beside a Deployment that mounts nothing. */
function configured({ nodes, edges }: Design, colour: string): Design {
  const position = { x: 0, y: 160 };
  const web = nodes.find(({ id }) => id === "web");
  const data = { name: "settings", mountPath: "/etc/settings", data: { COLOUR: colour } };
  return {
    nodes: [
      ...nodes,
      { id: "settings", type: "configmap", position, data },
      { id: "other", type: "deployment", position, data: { ...web?.data, name: "other" } },
    ],
    edges: [...edges, { id: "e2", source: "settings", target: "web" }],
  };
}

interface Ended {
  node_states: Record<string, { result?: { applied_resources: { operation: string }[] } | null }>;
}

function operationsOf({ node_states }: Ended, id: string): string[] {
  return (node_states[id]?.result?.applied_resources ?? []).map(({ operation }) => operation);
}

function stampOf(object: KubernetesObject | undefined): unknown {
  const { template } = (object?.spec ?? {}) as { template?: { metadata?: KubernetesObject["metadata"] } };
  return template?.metadata?.annotations?.["orrery.dev/configuration"];
}

function generationOf(object: KubernetesObject | undefined) {
  return { metadata: { generation: object?.metadata.generation } };
}
