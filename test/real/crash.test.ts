import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { ApiError } from "../../src/client/api-error.ts";
import { type Client, createClient } from "../../src/client/client.ts";
import { api } from "../../src/contract/api.ts";
import { startChildServer } from "../support/child-server.ts";
import { eventually } from "../support/eventually.ts";
import { testCluster } from "../support/target.ts";

const person = { email: "ada@example.com", password: "correct horse", name: "Ada" };
const moments = 10;

async function signIn(url: string): Promise<Client> {
  const anonymous = createClient({ baseUrl: url });
  const { token } = await anonymous.call(api.register, { body: person }).catch((error) => {
    if (error instanceof ApiError && error.status === 409) return anonymous.call(api.logIn, { body: person });
    throw error;
  });
  return createClient({ baseUrl: url, token: () => token });
}

test("a server killed at any moment of a run leaves a run that ends truthfully, and nothing is applied twice", async () => {
  const cluster = await testCluster();
  const folder = await mkdtemp(join(tmpdir(), "orrery-crash-"));
  let server = await startChildServer(folder);
  onTestFinished(async () => {
    await server.kill();
    await rm(folder, { recursive: true, force: true });
  });
  let client = await signIn(server.url);
  await client.call(api.addCluster, { body: { ...cluster.addBody, name: "prod" } });

  for (let moment = 0; moment < moments; moment += 1) {
    const names = Array.from({ length: 5 }, (_, index) => `app-${moment}-${index}`);
    const nodes = names.map((name, index) => ({
      id: name,
      type: index === 0 ? "configmap" : "deployment",
      position: { x: 0, y: 0 },
      data:
        index === 0
          ? { name, data: { MOMENT: String(moment) } }
          : { name, ...cluster.program("web"), replicas: 1, port: 8080 },
    }));
    const edges = names.slice(1).map((name, index) => ({
      id: `e${index}`,
      source: names[index] ?? "",
      target: name,
      type: "dependency",
    }));
    const { id } = await client.call(api.createWorkflow, { body: { name: `Crash ${moment}`, nodes, edges } });
    const params = { id };
    const body = { cluster: "prod", namespace: cluster.namespace };
    const { run_id } = await client.call(api.runWorkflow, { params, body });
    await sleep(Math.random() * 3_000);
    await server.kill();

    server = await startChildServer(folder);
    client = await signIn(server.url);
    const run = await eventually(async () => {
      const { runs } = await client.call(api.listRuns, { params });
      return runs.find((each) => each.id === run_id && each.status !== "running");
    }, 60_000);
    expect(run, `moment ${moment}`).toMatchObject({ status: "completed", outcome: "succeeded" });
    for (const name of names.slice(1)) {
      const live = await cluster.find("apps/v1", "deployments", name);
      // Each write that changed something would have counted one more.
      expect(live?.metadata.generation, `${name} after moment ${moment}`).toBe(1);
    }
  }
}, 400_000);
