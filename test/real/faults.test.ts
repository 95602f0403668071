import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import { api } from "../../src/contract/api.ts";
import type { Design } from "../../src/contract/design.ts";
import { atWrite } from "../support/at-write.ts";
import { allowNoMorePods, refuseTierTwo } from "../support/cluster-refusals.ts";
import { anyOf, prepareFaults, type FaultStory as Story } from "../support/fault-story.ts";
import { createFaultTable } from "../support/fault-table.ts";
import { withData } from "../support/run-story.ts";

const table = createFaultTable();
const isReal = Boolean(process.env.TEST_KUBECONFIG);
afterAll(() => process.stdout.write(`\n${table}\n\n`));

interface Fault {
  name: string;
  /** What is wrong with the drawing. */
  draw?(story: Story): Design;
  /** What is wrong with the cluster. */
  arrange?(story: Story): Promise<unknown>;
  seconds?: number;
  error: RegExp;
}

const never = { readinessProbe: { exec: { command: ["false"] }, periodSeconds: 1 } };
const faults: Fault[] = [
  {
    name: "bad image",
    draw: ({ design, cluster }) => withData(design, "web", { image: cluster.missingImage }),
    error: /“web” failed: (ErrImagePull|ImagePullBackOff)/,
  },
  { name: "webhook refusal", arrange: refuseTierTwo, error: /“\w+” failed: .*tier two is not wanted/ },
  { name: "quota refusal", arrange: allowNoMorePods, error: /failed: .*exceeded quota/ },
  {
    name: "crash loop",
    // Without a probe Kubernetes calls a container ready as soon as it has started, and the rollout done.
    draw: ({ design }) => withData(design, "web", { env: { CRASH: "1" }, minReadySeconds: 5 }),
    error: /“web” failed: CrashLoopBackOff/,
  },
  {
    name: "never ready",
    draw: ({ design }) => withData(design, "web", never),
    seconds: 15,
    error: /Not finished within 15 seconds/,
  },
  {
    name: "Job failed",
    draw: ({ design }) => withData(design, "seed", { env: { JOB: "1", JOB_SECONDS: "0", EXIT_CODE: "3" } }),
    error: /“seed” failed: BackoffLimitExceeded/,
  },
];

/** So many at a time: most of it is waiting. */
const lanes = 3;

test.skipIf(!isReal)(
  "a run that fails, for whatever reason: everything is as it was before",
  async () => {
    const left = [...faults];
    const lane = async () => {
      for (let fault = left.shift(); fault; fault = left.shift()) await showFault(fault);
    };
    await Promise.all(Array.from({ length: lanes }, lane));
  },
  180_000,
);

async function showFault({ name, draw, arrange, seconds = 120, error }: Fault): Promise<void> {
  const story = await prepareFaults();
  const before = await story.objects();
  if (draw) await story.save(draw(story));
  await arrange?.(story);
  const run = await story.ended(await story.start({ timeout_seconds: seconds }));
  const step = run.error?.match(/“\w+”/)?.[0] ?? "rollout";
  const other = table.add(name, step, run, "as before", [before, await story.objects()]);
  expect.soft(run, name).toMatchObject({ status: "failed", outcome: "rolled_back" });
  expect.soft(run.error, name).toMatch(error);
  expect.soft(other, name).toEqual([]);
}

const awayMs = 20_000;

test("API server away for 20 s: the run waits, goes on and succeeds", async () => {
  const story = await prepareFaults();
  const { gateway } = story;
  const planned = await goldenOf(story);
  const { reached, watch } = atWrite(story, 3, "before");
  watch(async () => gateway.leave());
  const run_id = await story.start();
  const step = await reached;
  await sleep(awayMs);
  await gateway.comeBack();
  const run = await story.ended(run_id);
  const found = anyOf(await story.objects());
  const other = table.add("API server away for 20 s", step, run, "as planned", [planned, found]);
  expect(run).toMatchObject({ status: "completed", outcome: "succeeded" });
  expect(other).toEqual([]);
});

/** What version 2 looks like where nothing went wrong; version 1 is there again afterwards. */
async function goldenOf(story: Story) {
  expect(await story.ended(await story.start())).toMatchObject({ outcome: "succeeded" });
  const planned = anyOf(await story.objects());
  expect(await story.goBack()).toMatchObject({ outcome: "succeeded" });
  return planned;
}

const mostSteps = 12;

test("cancel at every step: everything is as it was before the run", async () => {
  const story = await prepareFaults();
  // What the run had deleted already is there again, though not the same one.
  const look = async () => {
    const { "configmaps/old": old = {}, ...rest } = await story.objects();
    return { ...rest, ...anyOf({ "configmaps/old": old }) };
  };
  const before = await look();
  for (let step = 1; step <= mostSteps; step += 1) {
    const { reached, watch } = atWrite(story, step, "before");
    const { promise: started, resolve } = Promise.withResolvers<string>();
    watch(async () => {
      await story.call(api.cancelRun, { params: { ...story.params, runId: await started }, body: {} });
      // A write that is under way may reach the cluster late.
      await sleep(500);
    });
    const run_id = await story.start();
    resolve(run_id);
    const run = await story.ended(run_id);
    if (run.status === "completed") break;
    const place = await reached;
    const other = table.add("cancel", place, run, "as before", [before, await look()]);
    expect.soft(run, place).toMatchObject({ status: "cancelled", outcome: "rolled_back" });
    expect.soft(other, place).toEqual([]);
  }
}, 240_000);

/** Every run of version 2 has at least so many writes. */
const leastSteps = 9;

test("server killed at every step: the next one ends the run truthfully", async () => {
  const shown = await Promise.all([killGoingForward(1), killGoingForward(2), killTakingBack()]);
  expect(shown.flat().length).toBeGreaterThanOrEqual(leastSteps + takenBackSteps.length);
}, 300_000);

/** Every other step from the first one on: two of these show all. */
async function killGoingForward(first: number): Promise<string[]> {
  const story = await prepareFaults();
  const planned = await goldenOf(story);
  const before = anyOf(await story.objects());
  const shown: string[] = [];
  for (let step = first; step <= mostSteps; step += 2) {
    const place = await killAt(story, step);
    if (!place.killed) break;
    const found = anyOf(await story.objects());
    const other = table.add("kill -9", place.step, place.run, "as planned", [planned, found]);
    expect.soft(place.run, place.step).toMatchObject({ status: "completed", outcome: "succeeded" });
    expect.soft(other, place.step).toEqual([]);
    shown.push(place.step);
    await story.goBack();
    expect.soft(anyOf(await story.objects()), place.step).toEqual(before);
  }
  return shown;
}

const takenBackSteps = [9, 12, 15];

async function killTakingBack(): Promise<string[]> {
  const story = await prepareFaults();
  const before = await story.objects();
  await story.save(withData(story.design, "web", { image: story.cluster.missingImage }));
  const shown: string[] = [];
  for (const wanted of takenBackSteps) {
    const { run, step, killed } = await killAt(story, wanted);
    if (!killed) break;
    const found = await story.objects();
    const other = table.add("kill -9 while taking back", step, run, "as before", [before, found]);
    expect.soft(run, step).toMatchObject({ status: "failed", outcome: "rolled_back" });
    expect.soft(other, step).toEqual([]);
    shown.push(step);
  }
  return shown;
}

/** Kills the server when the cluster has the n-th write and the server has not heard so, and starts the next one. */
async function killAt(story: Story, wanted: number) {
  const { reached, watch } = atWrite(story, wanted, "after");
  watch(() => story.kill());
  const run_id = await story.start();
  const step = await Promise.race([reached, story.ended(run_id).then(() => undefined)]);
  if (step !== undefined) await story.restart();
  return { run: await story.ended(run_id), step: step ?? "", killed: step !== undefined };
}
