import { onTestFinished } from "vitest";
import type { Client } from "../../src/client/client.ts";
import { api } from "../../src/contract/api.ts";
import type { Input } from "../../src/contract/operation.ts";
import type { ResourceQuery } from "../../src/contract/resources.ts";
import { eventually } from "./eventually.ts";
import { openGateway } from "./gateway.ts";
import { testCluster } from "./target.ts";
import { startTestApp } from "./test-app.ts";

/** A user with a cluster, in whose namespace things are made past the product. */
export async function prepareResources() {
  const cluster = await testCluster();
  return storyIn(cluster, cluster.addBody);
}

/** The same, with a gateway between the server and its cluster. */
export async function prepareBehindGateway() {
  const cluster = await testCluster();
  const gateway = await openGateway(cluster.way);
  onTestFinished(() => gateway.close());
  return { ...(await storyIn(cluster, gateway.addBody)), gateway };
}

type TestCluster = Awaited<ReturnType<typeof testCluster>>;

async function storyIn(cluster: TestCluster, addBody: Parameters<typeof addCluster>[1]) {
  const server = await startTestApp();
  const client = await server.signUp();
  await addCluster(client, addBody);
  const { namespace } = cluster;
  const core = `/api/v1/namespaces/${namespace}`;
  const apps = `/apis/apps/v1/namespaces/${namespace}`;
  const list = (query: Partial<ResourceQuery> = {}) =>
    client.call(api.listResources, { query: { namespace, limit: 100, ...query } });
  const find = async (type: string, name: string) => {
    const { resources } = await list({ type });
    const found = resources.find((each) => each.name === name);
    if (!found) throw new Error(`No ${type} ${name} is listed`);
    return found;
  };

  return {
    cluster,
    server,
    client,
    namespace,
    core,
    apps,
    list,
    find,
    sync: () => client.call(api.syncResources, { body: {} }),
    read: async (type: string, name: string) =>
      client.call(api.getResource, { params: { id: (await find(type, name)).id } }),
    configMap: (name: string, data: Record<string, string> = {}, labels: Record<string, string> = {}) =>
      cluster.api("POST", `${core}/configmaps`, { metadata: { name, labels }, data }),
    /** A Deployment whose pods are up. */
    async deploy(name: string, replicas = 1): Promise<void> {
      await cluster.api("POST", `${apps}/deployments`, deployment(name, cluster.program("web"), replicas));
      await eventually(async () => {
        const found = await cluster.find("apps/v1", "deployments", name);
        return found?.status?.availableReplicas === replicas;
      }, 60_000);
    },
  };
}

const addCluster = (client: Client, addBody: Omit<Input<typeof api.addCluster>["body"], "name">) =>
  client.call(api.addCluster, { body: { ...addBody, name: "prod" } });

function deployment(name: string, { image }: { image: string }, replicas: number) {
  const labels = { app: name };
  return {
    metadata: { name, labels },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: "main", image }] } },
    },
  };
}
