import { expect, test } from "vitest";
import { api } from "../../src/contract/api.ts";
import type { Design, DesignEdge, DesignNode } from "../../src/contract/design.ts";
import { eventually } from "../support/eventually.ts";
import { prepareRun } from "../support/run-story.ts";

type Story = Awaited<ReturnType<typeof prepareRun>>;
type Program = ReturnType<Story["cluster"]["program"]>;

const at = { position: { x: 0, y: 0 } };
const config = (id: string): DesignNode => ({
  ...at,
  id,
  type: "configmap",
  data: { name: id, data: { K: "v" } },
});

function job({ cluster }: Story, id: string): DesignNode {
  const { env, ...program } = cluster.program("job") as Program & { env: object };
  const data = { name: id, ...program, env: { ...env, JOB_SECONDS: "2" }, backoffLimit: 0 };
  return { ...at, id, type: "job", data };
}

const web = ({ cluster }: Story, id: string, more: object = {}): DesignNode => ({
  ...at,
  id,
  type: "deployment",
  data: { name: id, ...cluster.program("web"), port: 8080, ...more },
});

/** Ready some seconds after it has started, on either sort of cluster. */
const slowly = {
  env: { READY_AFTER: "3" },
  readinessProbe: { path: "/readyz", periodSeconds: 1 },
  overlay: {
    spec: { template: { metadata: { annotations: { "sandbox.orrery.dev/ready-after-ms": "40000" } } } },
  },
};

const after = (source: string, target: string, condition?: DesignEdge["condition"]): DesignEdge => ({
  ...{ id: `${source}-${target}`, source, target, type: "dependency" },
  ...(condition && { condition }),
});

/** When the product wrote an object of that name, in milliseconds since 1970. */
async function writtenAt({ cluster }: Story, name: string): Promise<number> {
  const write = (await cluster.writes()).find(({ path }) => path.split("?")[0]?.endsWith(`/${name}`));
  if (!write) throw new Error(`Nothing was written of ${name}`);
  return write.at;
}

async function conditionOf({ live }: Story, group: string, plural: string, name: string, type: string) {
  const object = await live(group, plural, name);
  const conditions = (object?.status?.conditions ?? []) as {
    type: string;
    status: string;
    lastTransitionTime: string;
  }[];
  return conditions.find((each) => each.type === type && each.status === "True");
}

test("nothing that waits for a job is written before the job is complete", async () => {
  const story = await prepareRun();
  const { save, start, ended, live } = story;
  await save({ nodes: [job(story, "migrate"), web(story, "site")], edges: [after("migrate", "site")] });
  const { run_id } = await start();
  // The Deployment is looked for first: when it is there, the job has been complete before.
  const looking = eventually(async () => {
    const isThere = (await live("apps/v1", "deployments", "site")) !== undefined;
    const complete = await conditionOf(story, "batch/v1", "jobs", "migrate", "Complete");
    if (isThere && !complete) throw new Error("The Deployment was there before the job was complete");
    return isThere;
  }, 60_000);
  const [run] = await Promise.all([ended(run_id, 60_000), looking]);
  expect(run).toMatchObject({ status: "completed", outcome: "succeeded" });
  const complete = await conditionOf(story, "batch/v1", "jobs", "migrate", "Complete");
  expect(await writtenAt(story, "site")).toBeGreaterThanOrEqual(
    Date.parse(complete?.lastTransitionTime ?? ""),
  );
  expect(await writtenAt(story, "migrate")).toBeLessThan(await writtenAt(story, "site"));
});

test("independent branches go on at the same time, and none waits for the other", async () => {
  const story = await prepareRun();
  const { save, start, ended } = story;
  const branches = ["a", "b"];
  const nodes = branches.flatMap((id) => [job(story, `job-${id}`), web(story, `web-${id}`)]);
  await save({ nodes, edges: branches.map((id) => after(`job-${id}`, `web-${id}`)) });
  const run = await ended((await start()).run_id, 60_000);
  expect(run).toMatchObject({ outcome: "succeeded" });
  const [firstA, lastA, firstB, lastB] = await Promise.all(
    ["job-a", "web-a", "job-b", "web-b"].map((name) => writtenAt(story, name)),
  );
  expect(firstA).toBeLessThan(lastB ?? 0);
  expect(firstB).toBeLessThan(lastA ?? 0);
});

test("a node that waits says in words what it waits for, and since when", async () => {
  const story = await prepareRun();
  const { save, start, ended, heard } = story;
  await save({
    nodes: [job(story, "migrate"), web(story, "site"), config("late")],
    edges: [after("migrate", "site"), after("site", "late")],
  });
  const before = Date.now();
  const { run_id } = await start();
  const waits = { site: "Waiting for “migrate” to complete", late: "Waiting for “site” to be ready" };
  for (const [id, message] of Object.entries(waits)) {
    const waiting = await eventually(() => heard(id).find(({ status }) => status === "waiting"), 30_000);
    expect(waiting.message).toBe(message);
    const since = Date.parse(waiting.since ?? "");
    expect(since).toBeGreaterThanOrEqual(before);
    expect(since).toBeLessThanOrEqual(Date.now());
  }
  expect(await ended(run_id, 60_000)).toMatchObject({ outcome: "succeeded" });
});

test("who waits for something to exist goes on before it is ready, and who waits for that does not", async () => {
  const story = await prepareRun();
  const { save, start, ended, plan } = story;
  await save({
    nodes: [web(story, "slow", slowly), config("early"), config("late")],
    edges: [after("slow", "early", "exists"), after("slow", "late", "ready")],
  });
  const { nodes } = await plan();
  const waits = Object.fromEntries(nodes.map(({ node_id, waits_for }) => [node_id, waits_for]));
  expect(waits.early).toEqual([{ node_id: "slow", condition: "exists" }]);
  expect(waits.late).toEqual([{ node_id: "slow", condition: "ready" }]);
  expect(await ended((await start()).run_id, 60_000)).toMatchObject({ outcome: "succeeded" });
  const available = await conditionOf(story, "apps/v1", "deployments", "slow", "Available");
  const ready = Date.parse(available?.lastTransitionTime ?? "");
  expect(await writtenAt(story, "slow")).toBeLessThan(await writtenAt(story, "early"));
  expect(await writtenAt(story, "early")).toBeLessThan(ready);
  expect(await writtenAt(story, "late")).toBeGreaterThanOrEqual(ready);
});

test("what waits for itself in the end is refused by plan and run, which name the circle", async () => {
  const { save, plan, start, client, params, cluster } = await prepareRun();
  const nodes = ["one", "two", "three"].map(config);
  const edges = [after("one", "two"), after("two", "three"), after("three", "one")];
  await save({ nodes, edges } satisfies Design);
  const message = expect.stringMatching(/^The workflow contains a cycle: “\w+” → “\w+” → “\w+” → “\w+”$/);
  const details = ["one", "two", "three"].map((node_id) => expect.objectContaining({ node_id, message }));
  const refusal = { status: 400, details: expect.arrayContaining(details) };
  await expect(plan()).rejects.toMatchObject(refusal);
  await expect(start()).rejects.toMatchObject(refusal);
  expect((await client.call(api.listRuns, { params })).total).toBe(0);
  expect(await cluster.writes()).toEqual([]);
});
