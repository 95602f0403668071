import { onTestFinished } from "vitest";
import type { Client } from "../../src/client/client.ts";
import { api } from "../../src/contract/api.ts";
import type { Design } from "../../src/contract/design.ts";
import type { NodeRun, PlanRequest, RunRequest, WorkflowRun } from "../../src/contract/runs.ts";
import type { KubernetesObject } from "../../src/core/kubernetes-object.ts";
import { eventually } from "./eventually.ts";
import { testCluster } from "./target.ts";
import { startTestApp } from "./test-app.ts";

type Params = { id: string };

/** A user with a cluster and a drawing of a Deployment behind a Service, ready to be run. */
export async function prepareRun() {
  const cluster = await testCluster();
  const server = await startTestApp();
  const client = await server.signUp();
  await client.call(api.addCluster, { body: { ...cluster.addBody, name: "prod" } });
  const design = shopOfOne(cluster.program("web"));
  const { id } = await client.call(api.createWorkflow, { body: { name: "Shop", ...design } });
  const params = { id };
  const states: { node_id: string; node: NodeRun }[] = [];
  listen(client, params, states);

  return {
    cluster,
    server,
    client,
    params,
    design,
    save: (changed: Design) => client.call(api.saveWorkflow, { params, body: changed }),
    start: (request: RunRequest = {}) =>
      client.call(api.runWorkflow, {
        params,
        body: { cluster: "prod", namespace: cluster.namespace, ...request },
      }),
    plan: (request: PlanRequest = {}) =>
      client.call(api.planWorkflow, {
        params,
        body: { cluster: "prod", namespace: cluster.namespace, ...request },
      }),
    ended: (run_id: string, ms?: number) => runEnded(client, params, run_id, ms),
    /** What a node went through, as the stream told it. */
    heard: (node_id: string) => states.flatMap((each) => (each.node_id === node_id ? [each.node] : [])),
    /** An object of the test's namespace as it is in the cluster. */
    live: (apiVersion: string, plural: string, name: string) =>
      cluster.find(apiVersion, plural, name) as Promise<KubernetesObject | undefined>,
  };
}

/** A Deployment behind a Service. */
export function shopOfOne(program: object = { image: "nginx:1.29" }): Design {
  const data = { name: "web", ...program, replicas: 1, port: 8080 };
  return {
    nodes: [
      { id: "web", type: "deployment", position: { x: 0, y: 0 }, data },
      { id: "door", type: "service", position: { x: 320, y: 0 }, data: { name: "door", port: 80 } },
    ],
    edges: [{ id: "e1", source: "door", target: "web" }],
  };
}

/** The drawing with other settings in one of its nodes. */
export function withData({ nodes, edges }: Design, node_id: string, more: object): Design {
  const changed = nodes.map((node) =>
    node.id === node_id ? { ...node, data: { ...node.data, ...more } } : node,
  );
  return { nodes: changed, edges };
}

/** The run, once it has ended. */
export function runEnded(client: Client, params: Params, run_id: string, ms = 30_000): Promise<WorkflowRun> {
  return eventually(async () => {
    const { runs } = await client.call(api.listRuns, { params });
    return runs.find(({ id, status }) => id === run_id && status !== "running");
  }, ms);
}

function listen(client: Client, params: Params, states: { node_id: string; node: NodeRun }[]): void {
  const leaving = new AbortController();
  onTestFinished(() => leaving.abort());
  void (async () => {
    for await (const { name, data } of client.follow(api.followWorkflow, { params }, leaving.signal))
      if (name === "run_update" && data.data.node_id && data.data.node)
        states.push({ node_id: data.data.node_id, node: data.data.node });
  })().catch(() => undefined);
}
