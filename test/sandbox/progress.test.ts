import { expect, test } from "vitest";
import { nextTime } from "../../src/sandbox/controllers/schedule.ts";
import { apps, batch, conditionOf, core, deployment, podTemplate, simulated } from "./simulated.ts";

const merge = "application/merge-patch+json";
const failing = (how: string) => ({ "sandbox.orrery.dev/fail": how });

test("a rollout that does not get on within its deadline is said to have timed out", async () => {
  const { api, seen } = await simulated();
  const spec = { progressDeadlineSeconds: 1 };
  await api(
    "POST",
    `${apps}/deployments`,
    deployment("web", spec, podTemplate("web", "web:1", failing("never-ready"))),
  );
  const late = await seen(
    `${apps}/deployments/web`,
    (seen) => conditionOf(seen, "Progressing")?.status === "False",
  );
  expect(conditionOf(late, "Progressing")).toMatchObject({
    reason: "ProgressDeadlineExceeded",
    message: expect.stringMatching(/^ReplicaSet "web-\w+" has timed out progressing\.$/),
  });
});

test("a paused deployment keeps its pods as they are until it goes on", async () => {
  const { api, seen, list } = await simulated();
  await api("POST", `${apps}/deployments`, deployment("web"));
  await seen(`${apps}/deployments/web`, ({ status }) => status.readyReplicas === 1);
  const template = { spec: { containers: [{ name: "web", image: "web:2" }] } };
  await api("PATCH", `${apps}/deployments/web`, { spec: { paused: true, template } }, merge);
  const paused = await seen(
    `${apps}/deployments/web`,
    (seen) => conditionOf(seen, "Progressing")?.reason === "DeploymentPaused",
  );
  expect(paused.status.readyReplicas).toBe(1);
  expect(await list(`${apps}/replicasets`)).toHaveLength(1);
  await api("PATCH", `${apps}/deployments/web`, { spec: { paused: false } }, merge);
  await seen(
    `${apps}/deployments/web`,
    (seen) => conditionOf(seen, "Progressing")?.reason === "NewReplicaSetAvailable",
  );
  expect((await list(`${core}/pods`)).map(({ spec }) => spec.containers[0]?.image)).toContain("web:2");
});

test("going back to a template goes back to its replica set, as a revision of its own", async () => {
  const { api, seen, list } = await simulated();
  const revision = "deployment.kubernetes.io/revision";
  await api("POST", `${apps}/deployments`, deployment("web"));
  for (const [image, number] of [
    ["web:2", "2"],
    ["web:1", "3"],
  ]) {
    await seen(
      `${apps}/deployments/web`,
      ({ status, metadata }) => status.observedGeneration === metadata.generation,
    );
    await api(
      "PATCH",
      `${apps}/deployments/web`,
      { spec: { template: { spec: { containers: [{ name: "web", image }] } } } },
      merge,
    );
    await seen(`${apps}/deployments/web`, ({ metadata }) => metadata.annotations?.[revision] === number);
  }
  const sets = await list(`${apps}/replicasets`);
  expect(sets.map(({ metadata }) => metadata.annotations?.[revision]).sort()).toEqual(["2", "3"]);
});

test("a stateful set updates from the end, down to its partition", async () => {
  const { api, seen, list } = await simulated();
  const spec = { replicas: 3, serviceName: "db", updateStrategy: { rollingUpdate: { partition: 1 } } };
  await api("POST", `${apps}/statefulsets`, { ...deployment("db", spec), kind: "StatefulSet" });
  await seen(`${apps}/statefulsets/db`, ({ status }) => status.readyReplicas === 3);
  const template = { spec: { containers: [{ name: "web", image: "db:2" }] } };
  await api("PATCH", `${apps}/statefulsets/db`, { spec: { template } }, merge);
  await seen(
    `${apps}/statefulsets/db`,
    ({ status }) => status.updatedReplicas === 2 && status.readyReplicas === 3,
  );
  const images = (await list(`${core}/pods`)).map(({ metadata, spec }) => [
    metadata.name,
    spec.containers[0]?.image,
  ]);
  expect(images).toEqual([
    ["db-0", "web:1"],
    ["db-1", "db:2"],
    ["db-2", "db:2"],
  ]);
});

const job = (name: string, spec: object = {}, annotations = {}, restartPolicy = "Never") => ({
  metadata: { name },
  spec: {
    ...spec,
    template: {
      metadata: { annotations },
      spec: { restartPolicy, containers: [{ name: "task", image: "task:1" }] },
    },
  },
});

test("an indexed job does each of its indexes once", async () => {
  const { api, seen, list } = await simulated();
  await api(
    "POST",
    `${batch}/jobs`,
    job("parts", { completionMode: "Indexed", completions: 3, parallelism: 2 }),
  );
  const done = await seen(`${batch}/jobs/parts`, (seen) => conditionOf(seen, "Complete"));
  expect(done.status).toMatchObject({ succeeded: 3, completedIndexes: "0-2", ready: 0 });
  const indexes = (await list(`${core}/pods`)).map(
    ({ metadata }) => metadata.annotations?.["batch.kubernetes.io/job-completion-index"],
  );
  expect(indexes.sort()).toEqual(["0", "1", "2"]);
});

test("a job that is to restart its container counts the restarts", async () => {
  const { api, seen, list } = await simulated();
  await api(
    "POST",
    `${batch}/jobs`,
    job("again", { backoffLimit: 1 }, { "sandbox.orrery.dev/job": "fail" }, "OnFailure"),
  );
  const failed = await seen(`${batch}/jobs/again`, (seen) => conditionOf(seen, "Failed"));
  expect(conditionOf(failed, "Failed")).toMatchObject({
    reason: "BackoffLimitExceeded",
    message: "Job has reached the specified backoff limit",
  });
  expect(failed.status.active).toBeUndefined();
  expect((await list(`${core}/pods`)).length).toBeLessThanOrEqual(1);
});

test("a job that takes too long has failed, and its pods end", async () => {
  const { api, seen } = await simulated({ pace: 10 });
  await api("POST", `${batch}/jobs`, job("slow", { activeDeadlineSeconds: 1 }));
  const failed = await seen(`${batch}/jobs/slow`, (seen) => conditionOf(seen, "Failed"));
  expect(conditionOf(failed, "Failed")).toMatchObject({
    reason: "DeadlineExceeded",
    message: "Job was active longer than specified deadline",
  });
});

test("a job is gone some time after it is over, where it says so", async () => {
  const { api, gone } = await simulated();
  await api("POST", `${batch}/jobs`, job("brief", { ttlSecondsAfterFinished: 0 }));
  await gone(`${batch}/jobs/brief`);
});

test("a failing task ends with the code it is told to", async () => {
  const { api, seen, list } = await simulated();
  await api(
    "POST",
    `${batch}/jobs`,
    job("bad", { backoffLimit: 0 }, { "sandbox.orrery.dev/exit-code": "42" }),
  );
  await seen(`${batch}/jobs/bad`, (seen) => conditionOf(seen, "Failed"));
  const [pod] = await list(`${core}/pods`);
  expect(pod?.status.phase).toBe("Failed");
  expect(pod?.status.containerStatuses?.[0]?.state.terminated).toMatchObject({
    exitCode: 42,
    reason: "Error",
  });
});

test.each([
  ["*/15 * * * *", "2026-01-01T10:07:30Z", "2026-01-01T10:15:00.000Z"],
  ["0 3 * * *", "2026-01-01T10:07:30Z", "2026-01-02T03:00:00.000Z"],
  ["30 6 * * mon-fri", "2026-01-02T07:00:00Z", "2026-01-05T06:30:00.000Z"],
  ["0 0 29 2 *", "2026-01-01T00:00:00Z", undefined],
  ["@hourly", "2026-01-01T10:07:30Z", "2026-01-01T11:00:00.000Z"],
  ["0 12 1 jan,jul *", "2026-01-01T12:00:00Z", "2026-07-01T12:00:00.000Z"],
])("%s comes next after %s at %s", (schedule, from, next) => {
  expect(nextTime(schedule, new Date(from))?.toISOString()).toBe(next);
});
