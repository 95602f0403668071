import type { Page } from "playwright-core";
import { expect, onTestFinished } from "vitest";
import { api } from "../../src/contract/api.ts";
import type { Design } from "../../src/contract/design.ts";
import type { Input } from "../../src/contract/operation.ts";
import type { RunRequest } from "../../src/contract/runs.ts";
import type { App } from "./browser.ts";
import { openGateway } from "./gateway.ts";
import { runEnded } from "./run-story.ts";
import { serving, testCluster } from "./target.ts";

type TestCluster = Awaited<ReturnType<typeof testCluster>>;

interface Options {
  name?: string;
}

/** Somebody with a cluster, a drawing of their own to go there, and their page. */
export async function openStory(app: App, design: Design, options: Options = {}) {
  const cluster = await testCluster();
  return storyIn(app, cluster, cluster.addBody, { design, ...options });
}

/** The same, with a gateway between the server and its cluster. */
export async function openStoryBehindGateway(app: App, design: Design, options: Options = {}) {
  const cluster = await testCluster();
  const gateway = await openGateway(cluster.way);
  onTestFinished(() => gateway.close());
  return { ...(await storyIn(app, cluster, gateway.addBody, { design, ...options })), gateway };
}

async function storyIn(
  app: App,
  cluster: TestCluster,
  addBody: Omit<Input<typeof api.addCluster>["body"], "name">,
  { design, name = "checkout" }: Options & { design: Design },
) {
  const { namespace } = cluster;
  const clusterName = namespace.replace("test-", "prod-");
  const somebody = await app.signedIn();
  const { page, client } = somebody;
  await client.call(api.addCluster, { body: { ...addBody, name: clusterName } });
  const { id } = await client.call(api.createWorkflow, { body: { name, ...design } });
  const params = { id };
  const at = (place: string) => `/workflows/${id}/${place}`;

  return {
    ...{ ...somebody, id, cluster, clusterName, namespace, at },
    save: (next: Design) => client.call(api.saveWorkflow, { params, body: next }),
    /** Deploys what is drawn without the page, and waits for the end. */
    async deployed(body: RunRequest = {}) {
      const { run_id } = await client.call(api.runWorkflow, {
        params,
        body: { cluster: clusterName, namespace, ...body },
      });
      return runEnded(client, params, run_id, 90_000);
    },
    review: () => page.goto(`${at("plan")}?cluster=${clusterName}&namespace=${namespace}`),
    workflow: () => client.call(api.getWorkflow, { params }),
  };
}

/** The deploy button, whatever it says just now. */
export function deployButton(page: Page) {
  return page.getByRole("region", { name: "Review" }).getByRole("button", { name: /^Deploy/ });
}

/** Waits until the plan on screen may be carried out. */
export async function mayDeploy(page: Page): Promise<void> {
  const isOff = () => deployButton(page).getAttribute("aria-disabled");
  await expect.poll(isOff, { timeout: 30_000 }).toBe(null);
}

const place = (x: number, y = 0) => ({ x, y });

/** A server behind a door, with its settings. */
export function shopDesign(more: { image?: string; colour?: string; replicas?: number } = {}): Design {
  const { image = serving.first, colour = "blue", replicas = 1 } = more;
  return {
    nodes: [
      {
        id: "api",
        type: "deployment",
        position: place(0),
        data: { name: "api", image, replicas, port: 8080 },
      },
      { id: "door", type: "service", position: place(320), data: { name: "door", port: 80 } },
      {
        id: "cfg",
        type: "configmap",
        position: place(0, 160),
        data: { name: "settings", data: { COLOUR: colour } },
      },
    ],
    edges: [{ id: "e1", source: "door", target: "api" }],
  };
}

export function withNode(design: Design, node: Design["nodes"][number]): Design {
  return { ...design, nodes: [...design.nodes, node] };
}

export function withoutNode({ nodes, edges }: Design, id: string): Design {
  return {
    nodes: nodes.filter((node) => node.id !== id),
    edges: edges.filter(({ source, target }) => source !== id && target !== id),
  };
}
