import { expect, test } from "vitest";
import { api } from "../../src/contract/api.ts";
import type { Operation } from "../../src/contract/operation.ts";
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
  return { server, ada, id, ask };
}

test("there is something to ask on every such operation", () => {
  expect(named.length).toBeGreaterThan(12);
});

test.each(named)("Z01 I2 %s answers somebody else's exactly as what never was", async (name, operation) => {
  const { ada, id, ask } = await prepare();
  const foreign = await ask(operation, { id, name: "prod", version: "1", runId: id, userId: id }, name);
  const missing_id = "0123456789abcdef01234567";
  const ids = { id: missing_id, name: "nope", version: "1", runId: missing_id, userId: missing_id };
  const missing = await ask(operation, ids, name);
  expect(foreign.status, foreign.body).toBe(404);
  expect(foreign).toEqual(missing);
  expect(await ada.call(api.getWorkflow, { params: { id } })).toMatchObject({
    name: "Shop",
    status: "draft",
    revision: 1,
  });
  expect((await ada.call(api.listVersions, { params: { id } })).versions).toMatchObject([{ name: "First" }]);
  expect(await ada.call(api.getCluster, { params: { name: "prod" } })).toMatchObject({
    name: "prod",
    description: "",
  });
});
