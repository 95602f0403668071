import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { ApiError } from "../../src/client/api-error.ts";
import { type Client, createClient } from "../../src/client/client.ts";
import { api } from "../../src/contract/api.ts";
import type { Design } from "../../src/contract/design.ts";
import type { RunRequest } from "../../src/contract/runs.ts";
import type { KubernetesObject } from "../../src/core/kubernetes-object.ts";
import { startChildServer } from "./child-server.ts";
import { eventually } from "./eventually.ts";
import { openGateway } from "./gateway.ts";
import { testCluster } from "./target.ts";
import { versionOne, versionTwo } from "./twelve-nodes.ts";

const person = { email: "ada@example.com", password: "correct horse", name: "Ada" };
const kinds = [
  ["v1", "configmaps"],
  ["v1", "secrets"],
  ["v1", "services"],
  ["v1", "persistentvolumeclaims"],
  ["apps/v1", "deployments"],
  ["batch/v1", "jobs"],
] as const;
const value = (text: string) => ({ trigger_data: { secrets: { keys: { PASSWORD: text } } } });

/** A server of its own process behind a gateway, with version 1 of the drawing deployed and version 2 drawn. */
export async function prepareFaults() {
  const cluster = await testCluster();
  const gateway = await openGateway(cluster.way);
  const folder = await mkdtemp(join(tmpdir(), "orrery-faults-"));
  let server = await startChildServer(folder);
  onTestFinished(async () => {
    gateway.close();
    await server.kill();
    await rm(folder, { recursive: true, force: true });
  });
  let client = await signIn(server.url);
  const call: Client["call"] = (...given) => client.call(...given);
  await call(api.addCluster, { body: gateway.addBody });
  const { id } = await call(api.createWorkflow, { body: { name: "Shop", ...versionOne(cluster) } });
  const params = { id };
  const place = { cluster: "prod", namespace: cluster.namespace };

  const story = {
    ...{ cluster, gateway, params, call },
    design: versionTwo(cluster),
    save: (changed: Design) => call(api.saveWorkflow, { params, body: changed }),
    plan: (version?: number) =>
      call(api.planWorkflow, { params, body: { ...place, ...(version && { version }) } }),
    async start(request: RunRequest = {}) {
      const body = { ...place, ...value("two-canary"), ...request };
      return (await call(api.runWorkflow, { params, body })).run_id;
    },
    async ended(run_id: string, ms = 90_000) {
      return eventually(async () => {
        const { runs } = await call(api.listRuns, { params });
        return runs.find((run) => run.id === run_id && run.status !== "running");
      }, ms);
    },
    /** Back to version 1, as people would do it: what it deletes has been seen in the plan. */
    async goBack() {
      const secrets = { keys: ["PASSWORD"] };
      const { plan_hash } = await call(api.planWorkflow, { params, body: { ...place, version: 1, secrets } });
      return story.ended(await story.start({ version: 1, plan_hash, ...value("one-canary") }));
    },
    objects: () => snapshotOf(cluster),
    kill: () => server.kill(),
    async restart() {
      await server.kill();
      server = await startChildServer(folder);
      client = await signIn(server.url);
    },
  };
  const first = await story.ended(await story.start(value("one-canary")));
  if (first.outcome !== "succeeded") throw new Error(`Version 1 was not deployed: ${first.error}`);
  await story.save(story.design);
  return story;
}

export type FaultStory = Awaited<ReturnType<typeof prepareFaults>>;

async function signIn(url: string): Promise<Client> {
  const anonymous = createClient({ baseUrl: url });
  const { token } = await anonymous.call(api.register, { body: person }).catch((error) => {
    if (error instanceof ApiError && error.status === 409) return anonymous.call(api.logIn, { body: person });
    throw error;
  });
  return createClient({ baseUrl: url, token: () => token });
}

export type Snapshot = Record<string, unknown>;

/** All that the product made, without what controllers and clocks put there. */
async function snapshotOf(cluster: Awaited<ReturnType<typeof testCluster>>): Promise<Snapshot> {
  const lists = await Promise.all(
    kinds.map(async ([apiVersion, plural]) => {
      const objects = await cluster.listOwn(apiVersion, plural);
      return objects.map((object) => [`${plural}/${object.metadata.name}`, essenceOf(object)] as const);
    }),
  );
  return Object.fromEntries(lists.flat());
}

function essenceOf(object: KubernetesObject): unknown {
  const { apiVersion: _, kind: __, status: ___, metadata, ...content } = object;
  const { uid, labels, annotations = {} } = metadata;
  const { "deployment.kubernetes.io/revision": ____, ...noted } = annotations;
  return { uid, labels, annotations: noted, ...content };
}

/** What says nothing of which deploy made the objects: to compare them with those of another. */
export function anyOf(snapshot: Snapshot): Snapshot {
  const entries = Object.entries(snapshot).map(([key, object]) => {
    const { uid } = object as { uid: string };
    return [key, JSON.parse(JSON.stringify(object).replaceAll(uid, "uid"))] as const;
  });
  return Object.fromEntries(entries);
}
