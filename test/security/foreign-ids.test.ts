import { expect, test } from "vitest";
import { api } from "../../src/contract/api.ts";
import type { Operation } from "../../src/contract/operation.ts";
import { sight } from "../../src/core/resources/seen.ts";
import { newId } from "../../src/server/new-id.ts";
import { shop, startTestApp } from "../support/test-app.ts";

/** Every operation that names something of somebody's, from the table of all operations. */
const named = Object.entries<Operation>(api).filter(
  ([, { path, access }]) => path.includes("/:") && access === "user",
);

/** Bodies that are right, so that nothing but the id is wrong. */
const bodies: Record<string, unknown> = {
  saveWorkflow: { nodes: [], edges: [] },
  updateWorkflow: { name: "Mine now" },
  setWorkflowStatus: { status: "archived" },
  cloneWorkflow: { name: "Copy" },
  runWorkflow: {},
  createVersion: { name: "Mine now" },
  updateVersion: { name: "Mine now" },
  updateCluster: { description: "Mine now" },
  updateResource: { userNotes: "Mine now" },
  updateClusterCredentials: { token: "another" },
  shareCluster: { targetUserId: "0123456789abcdef01234567", role: "viewer" },
};

const queries: Record<string, string> = { compareVersions: "?v1=1&v2=1" };

async function prepare() {
  const server = await startTestApp({ env: { ALLOW_PRIVATE_NETWORKS: "true" } });
  const ada = await server.signUp("Ada");
  const eve = await server.signUp("Eve");
  const { id } = await ada.call(api.createWorkflow, { body: { name: "Shop", ...shop } });
  await ada.call(api.createVersion, { params: { id }, body: { name: "First" } });
  const body = { name: "prod", server: "https://127.0.0.1:1", token: "t" };
  await ada.call(api.addCluster, { body });
  const { id: cluster_id } = await ada.call(api.getCluster, { params: { name: "prod" } });
  const resource_id = await seeObject(server, cluster_id);
  const [session] = (await ada.call(api.listSessions, {})).sessions;
  const notification_id = await tellAda(server, ada.user.id);
  const ask = async (operation: Operation, of: Record<string, string>, name: string) => {
    const filled = operation.path.replace(/:(\w+)/g, (_, key: string) => of[key] ?? "");
    const path = filled + (queries[name] ?? "");
    const method = operation.type === "endpoint" ? operation.method : "GET";
    const sent = bodies[name];
    const response = await fetch(server.url + path, {
      method,
      headers: {
        authorization: `Bearer ${eve.token}`,
        ...(sent !== undefined && { "content-type": "application/json" }),
      },
      ...(sent !== undefined && { body: JSON.stringify(sent) }),
    });
    return { status: response.status, body: await response.text() };
  };
  const places = {
    "/v1/api/resources/": resource_id,
    "/v1/api/user-notifications/": notification_id,
    "/v1/api/profile/sessions/": session?.id ?? "",
  };
  /** Something of Ada's that the operation may be asked about. */
  const idFor = ({ path }: Operation) =>
    Object.entries(places).find(([start]) => path.startsWith(start))?.[1] ?? id;
  return { ada, id, idFor, ask };
}

/** Something in somebody's cluster, seen without asking it. */
async function seeObject({ storage }: Awaited<ReturnType<typeof startTestApp>>, cluster_id: string) {
  const id = newId();
  const seen = [sight({ apiVersion: "v1", kind: "Pod", metadata: { name: "one", namespace: "shop" } })];
  const at = new Date().toISOString();
  const report = { cluster_id, api_group: "", kind: "Pod", seen, gone: [], at };
  await storage.resources.record({ ...report, newId: () => id });
  return id;
}

/** Something Ada was told. */
async function tellAda({ storage }: Awaited<ReturnType<typeof startTestApp>>, user_id: string) {
  const cluster = await storage.clusters.findOwned("prod", user_id);
  if (!cluster) throw new Error("Ada has no cluster");
  await storage.clusters.update(cluster.id, { status: "connected" });
  await storage.clusters.update(cluster.id, { status: "error" });
  const { notifications } = await storage.notifications.page(user_id, { page: 1, limit: 1, unread: true });
  return notifications[0]?.id ?? "";
}

test("there is something to ask on every such operation", () => {
  expect(named.length).toBeGreaterThan(12);
});

test.each(named)("Z01 I2 %s answers somebody else's exactly as what never was", async (name, operation) => {
  const { ada, id: workflow_id, idFor, ask } = await prepare();
  const id = idFor(operation);
  const foreign = await ask(operation, { id, name: "prod", version: "1", runId: id, userId: id }, name);
  const missing_id = "0123456789abcdef01234567";
  const ids = { id: missing_id, name: "nope", version: "1", runId: missing_id, userId: missing_id };
  const missing = await ask(operation, ids, name);
  expect(foreign.status, foreign.body).toBe(404);
  expect(foreign).toEqual(missing);
  expect(await ada.call(api.getWorkflow, { params: { id: workflow_id } })).toMatchObject({
    name: "Shop",
    status: "draft",
    revision: 1,
  });
  expect((await ada.call(api.listVersions, { params: { id: workflow_id } })).versions).toMatchObject([
    { name: "First" },
  ]);
  expect(await ada.call(api.getCluster, { params: { name: "prod" } })).toMatchObject({
    name: "prod",
    description: "",
  });
});
