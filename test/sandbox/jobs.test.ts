import { expect, test } from "vitest";
import { batch, conditionOf, core, podTemplate, simulated } from "./simulated.ts";

const merge = "application/merge-patch+json";

const job = (spec: object = {}, annotations?: Record<string, string>) => {
  const template = podTemplate("task", "task:1", annotations);
  const podSpec = { ...template.spec, restartPolicy: "Never" };
  return {
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: { name: "task" },
    spec: { ...spec, template: { ...template, spec: podSpec } },
  };
};

test("a job runs as often as it is to be completed, and is complete", async () => {
  const { api, seen } = await simulated();
  await api("POST", `${batch}/jobs`, job({ completions: 3, parallelism: 2 }));
  const done = await seen(
    `${batch}/jobs/task`,
    (object) => conditionOf(object, "Complete")?.status === "True",
  );
  expect(done.status).toMatchObject({ succeeded: 3, completionTime: expect.any(String) });
  expect(conditionOf(done, "SuccessCriteriaMet")?.status).toBe("True");
});

test("a job that fails too often has failed", async () => {
  const { api, seen } = await simulated();
  await api("POST", `${batch}/jobs`, job({ backoffLimit: 1 }, { "sandbox.orrery.dev/exit-code": "3" }));
  const failed = await seen(
    `${batch}/jobs/task`,
    (object) => conditionOf(object, "Failed")?.status === "True",
  );
  expect(conditionOf(failed, "Failed")).toMatchObject({ reason: "BackoffLimitExceeded" });
  expect(failed.status).toMatchObject({ failed: 2 });
});

test("a suspended job runs nothing until it is let", async () => {
  const { api, seen, list } = await simulated();
  await api("POST", `${batch}/jobs`, job({ suspend: true }));
  await seen(`${batch}/jobs/task`, (object) => conditionOf(object, "Suspended")?.status === "True");
  expect(await list(`${core}/pods`)).toEqual([]);
  await api("PATCH", `${batch}/jobs/task`, { spec: { suspend: false } }, merge);
  await seen(`${batch}/jobs/task`, (object) => conditionOf(object, "Complete")?.status === "True");
});
