import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { api } from "../../src/contract/api.ts";
import type { Design } from "../../src/contract/design.ts";
import type { RunRecord } from "../../src/contract/runs.ts";
import { eventually } from "../support/eventually.ts";
import { refused } from "../support/refusals.ts";
import { prepareRun } from "../support/run-story.ts";

type Story = Awaited<ReturnType<typeof prepareRun>>;

const webWith = ({ nodes, edges }: Design, data: object, more: Design["nodes"] = []): Design => ({
  nodes: [
    ...nodes.map((node) => (node.id === "web" ? { ...node, data: { ...node.data, ...data } } : node)),
    ...more,
  ],
  edges,
});

/** Everything the run made goes, and its events with it as far as anybody can make them. */
async function forget({ cluster, live }: Story): Promise<void> {
  const path = `/apis/apps/v1/namespaces/${cluster.namespace}/deployments/web`;
  await cluster.ask("DELETE", `${path}?propagationPolicy=Foreground`);
  await eventually(async () => !(await live("apps/v1", "deployments", "web")), 30_000);
  await eventually(async () => (await cluster.listOwn("v1", "pods")).length === 0, 30_000);
}

const nodeOf = ({ nodes }: RunRecord, id: string) => nodes.find(({ node_id }) => node_id === id);
const of = <K extends RunRecord["evidence"][number]["kind"]>({ evidence }: RunRecord, kind: K) =>
  evidence.flatMap((entry) => (entry.kind === kind ? [entry as Extract<typeof entry, { kind: K }>] : []));

test("why an image could not be had is read from the run after the cluster forgot", async () => {
  const story = await prepareRun();
  const { start, ended, save, design, client, params, cluster } = story;
  await save(webWith(design, { image: cluster.missingImage }));
  const { run_id } = await start();
  await ended(run_id, 40_000);
  await forget(story);

  const record = await client.call(api.getRun, { params: { ...params, runId: run_id } });
  expect(record).toMatchObject({ id: run_id, status: "failed", by: { id: client.user.id, name: "Ada" } });
  expect(nodeOf(record, "web")).toMatchObject({
    state: "failed",
    reason: "ImagePullBackOff",
    log_tail: [],
    events: expect.arrayContaining([
      expect.objectContaining({
        type: "Warning",
        reason: "Failed",
        object: expect.stringMatching(/^Pod\/web-/),
      }),
    ]),
  });
  const states = of(record, "state").filter(({ node_id }) => node_id === "web");
  expect(states[0]).toMatchObject({ status: "applying" });
  expect(states.at(-1)).toMatchObject({ status: "failed", reason: "ImagePullBackOff" });
});

test("each write is kept as it went over the wire, checks and refusals too", async () => {
  const { start, ended, client, params, cluster, save, design } = await prepareRun();
  const first = await start();
  await ended(first.run_id);
  const record = await client.call(api.getRun, { params: { ...params, runId: first.run_id } });
  const path = `/apis/apps/v1/namespaces/${cluster.namespace}/deployments/web?`;
  const [check, write, ...rest] = of(record, "request").filter((each) => each.path.startsWith(path));
  expect(check).toMatchObject({ method: "PATCH", status: 201, body: { kind: "Deployment" } });
  expect(check?.path).toContain("dryRun=All");
  expect(write).toMatchObject({ method: "PATCH", status: 201, answer: { uid: expect.any(String) } });
  expect(write?.path).not.toContain("dryRun");
  expect(rest).toEqual([]);

  await save(webWith(design, { overlay: { spec: { template: { spec: { noSuchField: 1 } } } } }));
  const second = await start();
  await ended(second.run_id);
  const failed = await client.call(api.getRun, { params: { ...params, runId: second.run_id } });
  expect(of(failed, "request")).toContainEqual(
    expect.objectContaining({ answer: { message: expect.stringContaining("noSuchField") } }),
  );
});

test("W07 the last words of a crashing container are kept, and nothing secret in them", async () => {
  const story = await prepareRun();
  const { start, ended, save, design, client, params, cluster } = story;
  const canary = `canary-${randomBytes(12).toString("hex")}`;
  const encoded = Buffer.from(canary).toString("base64");
  const keys = { id: "keys", type: "secret", position: { x: 0, y: 0 } };
  const crashing = {
    image: cluster.shellImage,
    command: ["sh", "-c", 'echo "cannot open with $PASSWORD"; echo $TOKEN; exit 3'],
    env: { PASSWORD: { valueFrom: { secretKeyRef: { name: "keys", key: "PASSWORD" } } } },
    envKeys: [{ name: "TOKEN" }],
    // Else it counts as ready for the moment it runs.
    readinessProbe: { exec: { command: ["false"] } },
    podAnnotations: { "sandbox.orrery.dev/fail": "crash", "sandbox.orrery.dev/exit-code": "3" },
  };
  const secret = { ...keys, data: { name: "keys", keys: [{ id: "k", name: "PASSWORD" }] } };
  await save(webWith(design, crashing, [secret]));
  const { run_id } = await start({
    trigger_data: { secrets: { keys: { PASSWORD: canary } }, envVars: { web: { TOKEN: encoded } } },
  });
  await ended(run_id, 60_000);
  await forget(story);

  const record = await client.call(api.getRun, { params: { ...params, runId: run_id } });
  const web = nodeOf(record, "web");
  expect(web).toMatchObject({ state: "failed", reason: "CrashLoopBackOff" });
  expect(web?.message).toContain("exit code 3");
  expect(web?.log_tail).toContain("cannot open with ••••");
  expect(web?.log_tail).toContain("••••");
  expect(web?.events).toContainEqual(expect.objectContaining({ reason: "BackOff" }));
  const sent = of(record, "request").find(({ path }) => path.includes("/secrets/keys?"));
  expect(sent).toMatchObject({ body: { kind: "Secret", data: { PASSWORD: "••••" } } });
  const text = JSON.stringify(record);
  for (const form of [canary, encoded, Buffer.from(encoded).toString("base64")])
    expect(text).not.toContain(form);
}, 90_000);

test("a run that is not there is not found, whoever asks and of whichever workflow", async () => {
  const { start, ended, client, params, server } = await prepareRun();
  const { run_id } = await start();
  await ended(run_id);
  const runId = "0123456789abcdef01234567";
  const eve = await server.signUp("Eve");
  const other = await client.call(api.createWorkflow, { body: { name: "Other" } });
  const nowhere = refused(404, "Run not found");
  for (const [caller, asked] of [
    [client, { ...params, runId }],
    [client, { id: other.id, runId: run_id }],
    [client, { id: runId, runId: run_id }],
    [eve, { ...params, runId: run_id }],
  ] as const)
    await expect(caller.call(api.getRun, { params: asked })).rejects.toMatchObject(nowhere);
});
