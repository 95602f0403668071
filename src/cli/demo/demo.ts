import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { styleText } from "node:util";
import { ApiError } from "../../client/api-error.ts";
import { type Client, createClient } from "../../client/client.ts";
import { api } from "../../contract/api.ts";
import type { RunUpdate } from "../../contract/runs.ts";
import type { Workflow } from "../../contract/workflows.ts";
import { keptKey } from "../../server/kept-key.ts";
import { serve } from "../../server/main.ts";
import { showProgress } from "./progress.ts";
import { keysNode, shopDesign } from "./shop.ts";

export interface DemoOptions {
  kubeconfig?: string | undefined;
  image?: string | undefined;
  namespace?: string | undefined;
  once: boolean;
}

const workflowName = "Shop";
const email = "demo@example.com";

/** Does the main job before one's eyes: sign in, draw a shop, deploy it, and see it come up. Answers with an exit code. */
export async function runDemo(options: DemoOptions, env: NodeJS.ProcessEnv): Promise<number> {
  const say = (line = "") => process.stdout.write(`${line}\n`);
  const folder = env.ORRERY_DATA_DIR ?? join("data", "demo");
  const server = await serve({
    LOG_LEVEL: "error",
    ...env,
    ORRERY_DATA_DIR: folder,
    PORT: env.PORT ?? (options.once ? "0" : "8080"),
  });

  try {
    const password = keptKey(folder, "demo-password", 9);
    const client = await signIn(server.url, password);
    const cluster = await chooseCluster(client, options.kubeconfig);
    say(styleText("bold", `Orrery is up at ${server.url}`));
    if (cluster.simulated)
      say("The cluster is the sandbox: a simulated Kubernetes inside this server. Nothing runs for real.");
    const ending = await bringUp(client, cluster, options, say);
    if (options.once) return ending?.status === "completed" ? 0 : 1;
    say();
    for (const line of farewell(server.url, password)) say(line);
    await server.ended;
    return 0;
  } finally {
    await server.close();
  }
}

/** Deploys the shop; one that is there already, and was not asked for anew, is left as somebody has made it. */
async function bringUp(
  client: Client,
  cluster: { name: string },
  options: DemoOptions,
  say: (line?: string) => void,
): Promise<RunUpdate | undefined> {
  const { namespace = "orrery-demo", image } = options;
  const known = await findShop(client);
  const isAsked = options.once || options.kubeconfig || options.namespace || image;
  if (known?.deployed_version !== undefined && !isAsked) {
    say(`“${known.name}” is deployed already, as version ${known.deployed_version}, and left as it is.`);
    return undefined;
  }
  const workflow = await drawShop(client, known, { cluster, namespace, image });
  const nodes = `${workflow.nodes.length} nodes`;
  say(`Deploying “${workflow.name}”, ${nodes}, to ${cluster.name}, namespace ${namespace}.`);
  say();
  const ending = await deploy(client, workflow, namespace);
  say();
  say(sentenceOf(ending));
  return ending;
}

/** How to get in, and what to look at first. */
function farewell(url: string, password: string): string[] {
  return [
    `Open      ${url}`,
    `Sign in   ${email}`,
    `Password  ${password}`,
    "",
    `Then open “${workflowName}”. To see something go wrong, give “front” the image busybox:does-not-exist, review it,`,
    "deploy it, and watch it being put back. Under Versions, any earlier state can be had again.",
    styleText("dim", "Press Ctrl-C to stop. Run it again to go on where you left off."),
  ];
}

async function signIn(baseUrl: string, password: string): Promise<Client> {
  const anonymous = createClient({ baseUrl });
  const body = { email, password, name: "Demo" };
  const { token } = await anonymous.call(api.register, { body }).catch((error) => {
    if (error instanceof ApiError && error.status === 409) return anonymous.call(api.logIn, { body });
    throw error;
  });
  return createClient({ baseUrl, token: () => token });
}

/** The sandbox, or the cluster of the given kubeconfig. */
async function chooseCluster(client: Client, path: string | undefined) {
  if (!path) return client.call(api.getCluster, { params: { name: "sandbox" } });
  const name = "demo";
  const kubeconfig = await readFile(path, "utf8");
  const body = { name, auth_type: "kubeconfig" as const, kubeconfig };
  const added = await client.call(api.addCluster, { body }).catch(async (error) => {
    if (!(error instanceof ApiError && error.status === 409)) throw error;
    await client.call(api.updateClusterCredentials, { params: { name }, body: { kubeconfig } });
    return client.call(api.getCluster, { params: { name } });
  });
  if (added.status !== "connected") throw new Error(added.warning ?? "The cluster cannot be reached");
  return added;
}

async function findShop(client: Client) {
  const { workflows } = await client.call(api.listWorkflows, { query: { search: workflowName } });
  return workflows.find(({ name }) => name === workflowName);
}

interface Aim {
  cluster: { name: string };
  namespace: string;
  image: string | undefined;
}

async function drawShop(
  client: Client,
  known: { id: string } | undefined,
  { cluster: { name: cluster_id }, namespace, image }: Aim,
): Promise<Workflow> {
  const design = shopDesign(namespace, image);
  if (!known)
    return client.call(api.createWorkflow, {
      body: { name: workflowName, description: "A shop of all twelve kinds", cluster_id, ...design },
    });
  return client.call(api.updateWorkflow, { params: { id: known.id }, body: { cluster_id, ...design } });
}

/** Runs the workflow, and draws its nodes until the run has ended. */
async function deploy(
  client: Client,
  { id, nodes, cluster_id }: Workflow,
  namespace: string,
): Promise<RunUpdate> {
  const leaving = new AbortController();
  const params = { id };
  const news = client.follow(api.followWorkflow, { params }, leaving.signal);
  // The stream is open before the run begins, so that nothing of it is missed.
  await news.next();
  const secrets = { [keysNode]: { SIGNING_KEY: "a-key-for-show" } };
  const { run_id } = await client.call(api.runWorkflow, {
    params,
    body: { cluster: cluster_id, namespace, trigger_data: { secrets } },
  });
  const progress = showProgress(process.stdout, nodes);
  try {
    for await (const { name, data } of news) {
      if (name === "run_update" && data.data.node_id && data.data.node)
        progress.note(data.data.node_id, data.data.node);
      if (name === "complete" && data.data.run_id === run_id) return data.data;
    }
    throw new Error("The server stopped before the run had ended");
  } finally {
    progress.end();
    leaving.abort();
  }
}

function sentenceOf({ status, version, error }: RunUpdate): string {
  if (status === "completed")
    return styleText("green", `Version ${version} is deployed, and was seen to work.`);
  return styleText("red", `Version ${version} is not deployed. ${error ?? ""}`);
}
