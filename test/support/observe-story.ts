import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { api } from "../../src/contract/api.ts";
import { type App, openApp } from "./browser.ts";
import { type ChildServer, startChildServer } from "./child-server.ts";
import { freePort } from "./free-port.ts";
import { withLogs } from "./log-story.ts";
import { testCluster } from "./target.ts";

/** The app on a server that can be stopped and started again at the same address, with the same data. */
export async function openLastingApp() {
  const folder = mkdtempSync(join(tmpdir(), "orrery-lasting-"));
  const env = {
    ...{ ORRERY_DATA_DIR: folder, PORT: String(await freePort()), SANDBOX: "off" },
    DEBUG_IMAGE: process.env.TEST_SHELL_IMAGE ?? "busybox:1.37",
  };
  const app = openApp(env);
  // The first one is ended by whoever started it.
  const restarted: ChildServer[] = [];
  afterAll(() => Promise.all(restarted.map((server) => server.kill())));
  return {
    app,
    async restart(whileDown: () => Promise<void> = async () => undefined): Promise<void> {
      await app.server.stop();
      await whileDown();
      app.server = await startChildServer(folder, env);
      restarted.push(app.server);
    },
  };
}

/** Ada's own cluster for one test, and what is made in it past the product. */
export async function prepareObserving(app: App) {
  const cluster = await testCluster();
  const { client } = await app.person();
  const { namespace } = cluster;
  const name = namespace.replace("test-", "prod-");
  await client.call(api.addCluster, { body: { ...cluster.addBody, name } });
  const find = async (type: string, search: string) => {
    const query = { type, search, namespace, cluster: name, limit: 100 };
    const { resources } = await client.call(api.listResources, { query });
    const found = resources.find((each) => each.name === search);
    if (!found) throw new Error(`No ${type} ${search} is listed`);
    return found;
  };
  const story = {
    ...{ cluster, client, name, namespace, find },
    core: `/api/v1/namespaces/${namespace}`,
    apps: `/apis/apps/v1/namespaces/${namespace}`,
    sync: () => client.call(api.syncResources, { body: { cluster: name } }),
  };
  return withLogs(story);
}
