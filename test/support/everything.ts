import { beforeAll } from "vitest";
import { api } from "../../src/contract/api.ts";
import { type Sandbox, startSandbox } from "../../src/sandbox/sandbox.ts";
import { type App, openApp, type Person } from "./browser.ts";
import { shopDesign, withNode } from "./deploy-story.ts";
import { runEnded } from "./run-story.ts";

/** One route of the app, with something to see. */
export interface Place {
  path: string;
  /** What stands there once it is filled. */
  shows: string;
  /** Where what is read stands beside forms and lists that can do without: nothing need be said when it is refused. */
  canDoWithout?: true;
}

export interface Everything {
  app: App;
  /** The routes, by what they are about. */
  places(): Place[];
  /** Further tabs and views of them. */
  views(): Place[];
  ids(): Ids;
}

/**
 * The app, filled: Ada's workflow is deployed twice and edited since, her cluster is shared with Grace, who draws too.
 */
export function openEverything(): Everything {
  const app = openApp({ ALLOW_PRIVATE_NETWORKS: "true" });
  let ids: Ids;
  beforeAll(async () => {
    const cluster = await startSandbox();
    ids = await fill(app, cluster);
    return () => cluster.stop();
  });
  return { app, places: () => placesOf(ids), views: () => viewsOf(ids), ids: () => ids };
}

/** Of what Ada has. */
interface Ids {
  workflow: string;
  run: string;
  pod: string;
  deployment: string;
  namespace: string;
}

const claim = {
  ...{ id: "disk", type: "persistentvolumeclaim", position: { x: 640, y: 0 } },
  data: { name: "disk", size: "1Gi" },
};

async function fill(app: App, cluster: Sandbox): Promise<Ids> {
  const [ada, grace] = [await app.person(), await app.person("Grace")];
  await shareCluster(ada, cluster);
  await grace.client.call(api.createWorkflow, { body: { name: "till", ...shopDesign() } });
  const { client } = ada;
  const namespace = `everything-${Date.now().toString(36)}`;
  const { id } = await client.call(api.createWorkflow, {
    body: { name: "checkout", description: "Takes the money", tags: ["shop"], ...shopDesign() },
  });
  const params = { id };
  const deploy = async () => {
    const body = { cluster: "sandbox", namespace };
    const { run_id } = await client.call(api.runWorkflow, { params, body });
    await runEnded(client, params, run_id);
    return run_id;
  };
  await deploy();
  await client.call(api.saveWorkflow, { params, body: withNode(shopDesign({ image: "acme/api:2" }), claim) });
  const run = await deploy();
  await client.call(api.createVersion, { params, body: { name: "Before the feast", tag: "feast" } });
  await client.call(api.saveWorkflow, { params, body: shopDesign({ image: "acme/api:3", colour: "red" }) });
  await client.call(api.syncResources, { body: {} });
  const find = async (type: string) => {
    const { resources } = await client.call(api.listResources, { query: { type, namespace } });
    const [first] = resources;
    if (!first) throw new Error(`There is no ${type}`);
    return first.id;
  };
  return { workflow: id, run, pod: await find("Pod"), deployment: await find("Deployment"), namespace };
}

async function shareCluster({ client }: Person, cluster: Sandbox): Promise<void> {
  const credentials = { token: cluster.issue("ada"), insecure: true };
  const body = { name: "prod-eu", server: cluster.server, authType: "token" as const, credentials };
  await client.call(api.addCluster, { body });
  const share = { email: "grace@example.com", role: "viewer" as const };
  await client.call(api.shareCluster, { params: { name: "prod-eu" }, body: share });
}

function placesOf({ workflow, run, deployment, namespace }: Ids): Place[] {
  const at = `/workflows/${workflow}`;
  return [
    { path: "/", shows: "checkout" },
    { path: "/welcome", shows: "sandbox", canDoWithout: true },
    { path: "/workflows", shows: "checkout" },
    { path: "/workflows/new", shows: "Create", canDoWithout: true },
    { path: at, shows: "checkout" },
    { path: `${at}/plan?namespace=${namespace}`, shows: "acme/api:3" },
    { path: `${at}/runs`, shows: "Succeeded" },
    { path: `${at}/runs/${run}`, shows: "Succeeded" },
    { path: `${at}/versions`, shows: "Before the feast" },
    { path: `${at}/versions/1`, shows: "Restore all" },
    { path: `${at}/compare?from=1&to=2`, shows: "1 added" },
    { path: `${at}/settings`, shows: "Takes the money" },
    { path: "/resources", shows: "api" },
    { path: `/resources/${deployment}`, shows: namespace },
    { path: "/clusters", shows: "prod-eu" },
    { path: "/clusters/new", shows: "Kubeconfig", canDoWithout: true },
    { path: "/clusters/prod-eu", shows: "Connected" },
    { path: "/notifications", shows: "checkout" },
    { path: "/profile", shows: "It cannot be changed.", canDoWithout: true },
    { path: "/admin", shows: "Sign-up" },
  ];
}

function viewsOf({ workflow, run, deployment, pod }: Ids): Place[] {
  const at = `/workflows/${workflow}`;
  const of = (path: string, tabs: readonly string[], shows: string) =>
    tabs.map((tab) => ({ path: `${path}?tab=${tab}`, shows }));
  return [
    ...["settings", "yaml", "live", "problems"].map((panel) => ({
      path: `${at}?node=api&panel=${panel}`,
      shows: "api",
    })),
    { path: `${at}?view=live`, shows: "checkout" },
    { path: `${at}/plan?version=1`, shows: "acme/api:1" },
    { path: `${at}/compare?from=live&to=draft`, shows: "changed" },
    ...of(`${at}/runs/${run}`, ["timeline", "log", "plan", "evidence"], "Succeeded"),
    ...of(`/resources/${deployment}`, ["events", "related", "yaml", "logs", "terminal", "history"], "api"),
    { path: `/resources/${pod}`, shows: "Pod" },
    ...of("/clusters/prod-eu", ["activity", "metrics", "sharing", "settings"], "prod-eu"),
  ];
}
