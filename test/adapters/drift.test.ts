import { expect, onTestFinished, test } from "vitest";
import { startSandbox } from "../../src/sandbox/sandbox.ts";
import { findDrift } from "../../src/server/background/deploy/find-drift.ts";
import { connectTo } from "../../src/server/cluster/connection.ts";
import { createRest } from "../../src/server/cluster/rest.ts";
import { createOutbound } from "../../src/server/outbound/outbound.ts";
import { answerJson, listenHttp } from "../support/hostile-server.ts";

const thing = (name: string, apiVersion: string, kind: string) => ({
  id: name,
  type: "object",
  position: { x: 0, y: 0 },
  data: { manifest: { apiVersion, kind, metadata: { name } } },
});
const configMaps = Array.from({ length: 100 }, (_, n) => thing(`map-${n}`, "v1", "ConfigMap"));

function find(server: string, nodes: typeof configMaps, token: string, ms = 10_000) {
  const policy = { allowPrivateNetworks: true, allowedAddresses: [], listeners: () => [] };
  const pool = createOutbound({ policy }).pool({ origin: server, allowPlain: true });
  const authentication = {
    headers: async () => ({ authorization: `Bearer ${token}` }),
    secrets: () => [],
    refused: () => undefined,
  };
  const cluster = connectTo(createRest({ pool, basePath: "", authentication }));
  onTestFinished(() => cluster.close());
  const of = { workflow_id: "w", namespace: "default", values: {}, inventory: [], valueHash: String };
  return findDrift(cluster, { ...of, design: { nodes, edges: [] } }, AbortSignal.timeout(ms));
}

test("a cluster that goes silent is told of as not reached, in time", async () => {
  const resources = [{ kind: "ConfigMap", name: "configmaps", namespaced: true }];
  const silent = await listenHttp(({ url }, response) => {
    if (url === "/api/v1") answerJson(response, 200, { resources });
  });
  const startedMs = performance.now();
  await expect(find(silent.server, configMaps, "t", 300)).rejects.toMatchObject({
    kind: "unavailable",
    message: "The cluster cannot be reached",
  });
  expect(performance.now() - startedMs).toBeLessThan(2_000);
});

test("after one refusal nobody goes on asking", async () => {
  const resources = [{ kind: "ConfigMap", name: "configmaps", namespaced: true }];
  const closed = await listenHttp(({ url }, response) => {
    if (url === "/api/v1") answerJson(response, 200, { resources });
    else answerJson(response, 403, { kind: "Status", code: 403, message: "not yours" });
  });
  await expect(find(closed.server, configMaps, "t")).rejects.toMatchObject({ kind: "invalid" });
  const asked = closed.requests.length;
  expect(asked).toBeLessThan(configMaps.length);
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(closed.requests.length).toBeLessThan(configMaps.length);
});

test("what has no kind any more is gone, and each object is asked for once", async () => {
  const sandbox = await startSandbox({ pace: 0 });
  onTestFinished(() => sandbox.stop());
  const nodes = [...configMaps, thing("odd", "example.com/v1", "Oddity")];
  const found = await find(sandbox.server, nodes, sandbox.issue("test"));
  expect(found).toHaveLength(101);
  expect(found.at(-1)).toEqual({ node_id: "odd", missing: ["example.com/Oddity/default/odd"], fields: [] });
  const reads = sandbox.requests.filter(({ path }) => path.includes("/configmaps/"));
  expect(reads).toHaveLength(100);
});
