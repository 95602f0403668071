import fc from "fast-check";
import { expect } from "vitest";
import { ApiError } from "../../src/client/api-error.ts";
import type { Client } from "../../src/client/client.ts";
import { api } from "../../src/contract/api.ts";
import type { Design } from "../../src/contract/design.ts";
import type { Plan, PlannedObject } from "../../src/contract/plan.ts";
import { arbitraryStory, type Story } from "./arbitrary-story.ts";
import type { Write } from "./audit-log.ts";
import { runEnded } from "./run-story.ts";
import { testCluster } from "./target.ts";
import { startTestApp } from "./test-app.ts";

const secondNamespace = "second";
const endedMs = 90_000;

export interface Counted {
  /** Stories that went to their end, and those of which a drawing was refused before anything of it was written. */
  told: number;
  refused: string[];
  runs: number;
  writes: number;
}

/** Tells so many stories; every run of them has to write what its plan said, and nothing else. */
export async function countPlannedWrites(numRuns: number, seed: number): Promise<Counted> {
  const cluster = await testCluster();
  const { signUp } = await startTestApp();
  const client = await signUp();
  await client.call(api.addCluster, { body: { ...cluster.addBody, name: "prod" } });
  const counted: Counted = { told: 0, refused: [], runs: 0, writes: 0 };
  let number = 0;
  const story = arbitraryStory({ job: cluster.program("job") }, { namespace: secondNamespace });
  await fc.assert(
    fc.asyncProperty(story, async (drawn) => {
      number += 1;
      const own = `${cluster.namespace}-${number}`;
      const namespaces = [own, `${own}-${secondNamespace}`];
      try {
        await tell({ client, cluster, namespaces, counted }, placed(drawn, namespaces));
      } finally {
        for (const each of namespaces) await cluster.ask("DELETE", `/api/v1/namespaces/${each}`);
      }
    }),
    // Each try takes its time, and a smaller drawing says no more than a small one.
    { numRuns, seed, endOnFailure: true },
  );
  return counted;
}

interface Telling {
  client: Client;
  cluster: Awaited<ReturnType<typeof testCluster>>;
  namespaces: string[];
  counted: Counted;
}

function placed({ first, later }: Story, [, second]: string[]): Story {
  const at = ({ nodes, edges }: Design): Design => ({
    nodes: nodes.map((node) =>
      node.data.namespace === secondNamespace ? { ...node, data: { ...node.data, namespace: second } } : node,
    ),
    edges,
  });
  return { first: at(first), later: at(later) };
}

async function tell(telling: Telling, { first, later }: Story): Promise<void> {
  const { client, counted, cluster, namespaces } = telling;
  const { id } = await client.call(api.createWorkflow, { body: { name: "Story", ...first } });
  const params = { id };
  if (!(await deploy(telling, params))) return;
  await client.call(api.saveWorkflow, { params, body: later });
  if (!(await deploy(telling, params))) return;

  const before = await writesOf(cluster, namespaces);
  const plan = await deploy(telling, params);
  expect(plan && writesIn(plan), `a third plan: ${JSON.stringify(plan)}`).toEqual([]);
  expect(await writesOf(cluster, namespaces), "a third run").toEqual(before);
  counted.told += 1;
}

/** One plan and the run bound to it, or nothing where the drawing was refused. */
async function deploy(
  { client, cluster, namespaces, counted }: Telling,
  params: { id: string },
): Promise<Plan | undefined> {
  const before = await writesOf(cluster, namespaces);
  const where = { cluster: "prod", namespace: namespaces[0] ?? "" };
  const planWith = (secrets: Record<string, string[]>) =>
    client.call(api.planWorkflow, { params, body: { ...where, secrets } });
  const needs = await planWith({}).catch((error: unknown) => {
    if (!(error instanceof ApiError) || error.status !== 400) throw error;
    counted.refused.push(JSON.stringify(error.details));
    return undefined;
  });
  if (!needs) {
    expect(await writesOf(cluster, namespaces)).toEqual(before);
    return undefined;
  }
  const lacking = needs.nodes.filter(({ needs_values }) => needs_values.length > 0);
  const names = Object.fromEntries(lacking.map(({ node_id, needs_values }) => [node_id, needs_values]));
  const plan = lacking.length > 0 ? await planWith(names) : needs;
  const secrets = Object.fromEntries(
    lacking.map(({ node_id, needs_values: keys }) => [
      node_id,
      Object.fromEntries(keys.map((key) => [key, "v"])),
    ]),
  );
  const body = { ...where, plan_hash: plan.plan_hash, on_failure: "keep" as const };
  const { run_id } = await client.call(api.runWorkflow, {
    params,
    body: { ...body, trigger_data: { secrets } },
  });
  const run = await runEnded(client, params, run_id, endedMs);
  expect(run, run.logs.join("\n")).toMatchObject({ status: "completed", outcome: "succeeded" });
  const written = (await writesOf(cluster, namespaces)).slice(before.length).toSorted();
  expect(written, JSON.stringify(plan)).toEqual(writesIn(plan).toSorted());
  counted.runs += 1;
  counted.writes += written.length;
  return plan;
}

/** What a plan says will be written: each object as its method, its kind in the plural and its place. */
function writesIn({ nodes, removed, namespaces }: Plan): string[] {
  const objects = [...nodes.flatMap((node) => node.objects), ...removed];
  return [
    ...namespaces.map((name) => `PATCH namespaces/${name}`),
    ...objects.flatMap((object) => methodsOf(object).map((method) => `${method} ${placeOf(object)}`)),
  ];
}

function methodsOf({ action, replace }: PlannedObject): string[] {
  if (action === "delete") return ["DELETE"];
  if (action !== "create" && action !== "update") return [];
  return replace ? ["DELETE", "PATCH"] : ["PATCH"];
}

function placeOf({ kind, namespace, name }: PlannedObject): string {
  const one = kind.toLowerCase();
  const many = one === "ingress" ? "ingresses" : one === "networkpolicy" ? "networkpolicies" : `${one}s`;
  return `namespaces/${namespace}/${many}/${name}`;
}

async function writesOf(cluster: Telling["cluster"], namespaces: readonly string[]): Promise<string[]> {
  const all: Write[] = (await Promise.all(namespaces.map((each) => cluster.writes(each)))).flat();
  const inOrder = all.toSorted((a, b) => a.at - b.at);
  return inOrder.map(({ method, path }) => `${method} ${path.slice(path.indexOf("namespaces/"))}`);
}
