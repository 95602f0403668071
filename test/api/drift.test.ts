import { expect, test } from "vitest";
import { keysNode, shopDesign } from "../../src/cli/demo/shop.ts";
import { api } from "../../src/contract/api.ts";
import type { Design } from "../../src/contract/design.ts";
import type { Drift } from "../../src/contract/drift.ts";
import { refused } from "../support/refusals.ts";
import { prepareRun } from "../support/run-story.ts";

type Data = Record<string, unknown>;

test("right after a run nothing has drifted, and what is drawn since is no drift", async () => {
  const { deployed, drift, save, drawn } = await prepareDrift(settings(), keys());
  await deployed({ trigger_data: { secrets: { keys: { PASSWORD: "canary-7f3a" } } } });
  const found = await drift();
  expect(found).toMatchObject({ version: 1, cluster: "prod", nodes: [] });
  expect(Date.now() - Date.parse(found.checked_at)).toBeLessThan(10_000);

  await save(withData(drawn, "web", { replicas: 4, env: { COLOUR: "blue" } }));
  expect(await drift()).toMatchObject({ version: 1, nodes: [] });
});

test("no kind of node drifts by what Kubernetes makes of it", async () => {
  const { deployed, drift, save, cluster } = await prepareDrift();
  await save(shopDesign(cluster.namespace, cluster.shellImage));
  await deployed({ trigger_data: { secrets: { [keysNode]: { SIGNING_KEY: "a-key-for-show" } } } });
  expect((await drift()).nodes).toEqual([]);
}, 120_000);

test("what others changed is told field by field, with who did it and when", async () => {
  const { deployed, drift, patch } = await prepareDrift();
  await deployed();
  const startedMs = Date.now();
  const containers = [{ name: "web", image: "registry.invalid/other:2" }];
  const spec = { replicas: 3, template: { spec: { containers } } };
  await patch("kubectl-edit", "deployments/web", { metadata: { labels: { app: "other", more: "1" } }, spec });
  await patch("ops", "services/door", { spec: { ports: [{ port: 80, targetPort: 9_090 }] } });

  const { nodes } = await drift();
  const web = { key: keyOf("apps/Deployment", "web"), manager: "kubectl-edit" };
  expect(sorted(nodes)).toMatchObject([
    {
      node_id: "door",
      missing: [],
      fields: [
        { key: keyOf("/Service", "door"), path: "/spec/ports/0/targetPort", live: 9_090, manager: "ops" },
      ],
    },
    {
      node_id: "web",
      missing: [],
      fields: [
        { ...web, path: "/metadata/labels/app", designed: "web", live: "other" },
        { ...web, path: "/spec/replicas", designed: 1, live: 3 },
        {
          ...web,
          path: "/spec/template/spec/containers/0/image",
          designed: expect.any(String),
          live: "registry.invalid/other:2",
        },
      ],
    },
  ]);
  for (const { at = "" } of nodes.flatMap(({ fields }) => fields))
    expect(Math.abs(Date.parse(at) - startedMs)).toBeLessThan(10_000);

  function keyOf(kind: string, name: string) {
    return expect.stringMatching(new RegExp(`^${kind}/test-[0-9a-f]+/${name}$`));
  }
});

test("what is gone is named, and deploying again brings it back", async () => {
  const { deployed, drift, cluster, at } = await prepareDrift(settings());
  await deployed();
  await cluster.api("DELETE", at("services/door"));
  await cluster.api("DELETE", at("configmaps/settings"));
  const { nodes } = await drift();
  expect(sorted(nodes)).toEqual([
    { node_id: "door", missing: [`/Service/${cluster.namespace}/door`], fields: [] },
    { node_id: "settings", missing: [`/ConfigMap/${cluster.namespace}/settings`], fields: [] },
  ]);
  await deployed();
  expect(await drift()).toMatchObject({ version: 2, nodes: [] });
});

test("a config map changed by hand has drifted, and what is configured with it has not", async () => {
  const { deployed, drift, patch } = await prepareDrift(settings());
  await deployed();
  await patch("kubectl-edit", "configmaps/settings", { data: { COLOUR: "green" } });
  const field = { path: "/data/COLOUR", designed: "blue", live: "green", manager: "kubectl-edit" };
  expect((await drift()).nodes).toMatchObject([{ node_id: "settings", missing: [], fields: [field] }]);
});

test("an autoscaler's replicas are no drift, whether it is drawn or not; those of people are", async () => {
  const { deployed, drift, cluster, at, save, drawn } = await prepareDrift();
  const scale = (replicas: number, manager: string) =>
    cluster.api(
      "PATCH",
      `${at("deployments/web")}/scale?fieldManager=${manager}`,
      { spec: { replicas } },
      "application/merge-patch+json",
    );
  await deployed();
  await scale(2, "kube-controller-manager");
  expect((await drift()).nodes).toEqual([]);
  await scale(3, "kubectl");
  const field = { path: "/spec/replicas", designed: 1, live: 3, manager: "kubectl" };
  expect((await drift()).nodes).toMatchObject([{ node_id: "web", fields: [field] }]);

  await scale(1, "kubectl");
  const data = { name: "web", minReplicas: 1, maxReplicas: 5, targetCPUUtilization: 80 };
  const scaler = { id: "scaler", type: "hpa", position, data };
  const edge = { id: "e2", source: "scaler", target: "web" };
  await save({ nodes: [...drawn.nodes, scaler], edges: [...drawn.edges, edge] });
  await deployed();
  await scale(3, "kubectl");
  expect(await drift()).toMatchObject({ version: 2, nodes: [] });
});

test("what people leave to others is no drift, and what they take is", async () => {
  const { deployed, drift, patch, save, drawn } = await prepareDrift();
  const annotations = { "example.com/team": "shop" };
  const ownership = (choice: string) => ({
    annotations,
    env: { COLOUR: "blue" },
    ownership: {
      "/spec/replicas": choice,
      "/metadata/annotations/example.com~1team": choice,
      "/spec/template/spec/containers/0/env/0/value": choice,
    },
  });
  const env = [{ name: "COLOUR", value: "green" }];
  const change = {
    metadata: { annotations: { "example.com/team": "ops" } },
    spec: { replicas: 2, template: { spec: { containers: [{ name: "web", env }] } } },
  };
  for (const choice of ["leave", "never"]) {
    await save(withData(drawn, "web", ownership(choice)));
    await deployed();
    await patch("ops", "deployments/web", change);
    expect((await drift()).nodes, choice).toEqual([]);
  }
  await save(withData(drawn, "web", ownership("take")));
  await deployed();
  await patch("ops", "deployments/web", change);
  const [web] = (await drift()).nodes;
  expect(web?.fields.map(({ path }) => path)).toEqual([
    "/metadata/annotations/example.com~1team",
    "/spec/replicas",
    "/spec/template/spec/containers/0/env/0/value",
  ]);
});

test("a Secret that lost a key has drifted, its values have not, and none is ever told", async () => {
  const { deployed, drift, patch, cluster, at } = await prepareDrift(keys());
  const envVars = { web: { TOKEN: "canary-1b2c" } };
  await deployed({ trigger_data: { secrets: { keys: { PASSWORD: "canary-7f3a" } }, envVars } });
  const data = { PASSWORD: Buffer.from("canary-9e9e").toString("base64") };
  await patch("ops", "secrets/keys", { data });
  expect((await drift()).nodes).toEqual([]);

  await patch("ops", "secrets/keys", { data: { PASSWORD: null }, metadata: { labels: { app: "other" } } });
  await cluster.api("DELETE", at("secrets/web-env"));
  const found = await drift();
  expect(sorted(found.nodes)).toMatchObject([
    {
      node_id: "keys",
      missing: [],
      fields: [
        { path: "/metadata/labels/app", live: "other", manager: "ops" },
        { path: "/data/PASSWORD", designed: "••••" },
      ],
    },
    { node_id: "web", missing: [`/Secret/${cluster.namespace}/web-env`], fields: [] },
  ]);
  expect(JSON.stringify(found)).not.toMatch(/canary|Y2FuYXJ5/);
});

test("what is not deployed, not any more, or somebody else's is refused", async () => {
  const { deployed, drift, ended, client, params, server } = await prepareDrift();
  const notDeployed = refused(400, "This workflow is not deployed");
  await expect(drift()).rejects.toMatchObject(notDeployed);
  await deployed();
  const eve = await server.signUp("Eve");
  await expect(eve.call(api.getDrift, { params })).rejects.toMatchObject(refused(404, "Workflow not found"));

  const body = { status: "archived" as const };
  const { run_id } = await client.call(api.setWorkflowStatus, { params, body });
  await ended(run_id ?? "");
  expect(await client.call(api.getWorkflow, { params })).not.toHaveProperty("deployed_version");
  await expect(drift()).rejects.toMatchObject(notDeployed);
});

const position = { x: 0, y: 160 };
const settings = () => ({
  id: "settings",
  type: "configmap",
  position,
  data: { name: "settings", mountPath: "/etc/settings", data: { COLOUR: "blue" } },
});
const keys = () => ({
  id: "keys",
  type: "secret",
  position,
  data: { name: "keys", keys: [{ id: "k", name: "PASSWORD" }] },
});

/** A drawing of a Deployment, its Service and what it is configured with, to be deployed and changed from outside. */
async function prepareDrift(...more: Design["nodes"]) {
  const story = await prepareRun();
  const { design, cluster, client, params, save, start, ended } = story;
  const edges = more.map(({ id }) => ({ id: `to-${id}`, source: id, target: "web" }));
  const drawn: Design = { nodes: [...design.nodes, ...more], edges: [...design.edges, ...edges] };
  await save(drawn);
  const at = (path: string) => {
    const [plural = ""] = path.split("/");
    const root = plural === "deployments" ? "/apis/apps/v1" : "/api/v1";
    return `${root}/namespaces/${cluster.namespace}/${path}`;
  };

  return {
    ...story,
    drawn,
    at,
    drift: (): Promise<Drift> => client.call(api.getDrift, { params }),
    async deployed(request: Parameters<typeof start>[0] = {}) {
      const run = await ended((await start(request)).run_id, 100_000);
      expect(run.error ?? run.outcome).toBe("succeeded");
    },
    /** As kubectl changes objects. */
    patch: (manager: string, path: string, body: object) =>
      cluster.api(
        "PATCH",
        `${at(path)}?fieldManager=${manager}`,
        body,
        "application/strategic-merge-patch+json",
      ),
  };
}

function withData({ nodes, edges }: Design, id: string, more: Data): Design {
  return {
    nodes: nodes.map((node) => (node.id === id ? { ...node, data: { ...node.data, ...more } } : node)),
    edges,
  };
}

function sorted(nodes: Drift["nodes"]) {
  return nodes.toSorted((a, b) => (a.node_id < b.node_id ? -1 : 1));
}
