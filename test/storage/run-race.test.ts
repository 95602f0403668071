import { describe, expect, test } from "vitest";
import type { Design } from "../../src/contract/design.ts";
import { type JsonText, toJsonText } from "../../src/core/json-text.ts";
import { newId } from "../../src/server/new-id.ts";
import type { Database } from "../../src/server/storage/database.ts";
import { LeaseLost } from "../../src/server/storage/run-leases.ts";
import type { Ending } from "../../src/server/storage/run-types.ts";
import { createStorage } from "../../src/server/storage/storage.ts";
import type { RunRow } from "../../src/server/storage/tables.ts";
import { type Head, toDrawing } from "../../src/server/storage/workflows-drawing.ts";
import { eventually } from "../support/eventually.ts";
import { insertUser } from "../support/insert-user.ts";
import { newRun } from "../support/new-run.ts";
import { OWN_DIALECTS } from "./dialects.ts";

const at = "2026-01-01T00:00:00.000Z";
const design: Design = { nodes: [], edges: [] };
const races = 1_000;
const leaseMs = 60_000;
/** What ran out before it began: whoever comes next may take the run. */
const expiredMs = -1_000;

const ending: Ending = {
  status: "completed",
  outcome: "succeeded",
  error: null,
  warnings: toJsonText<string[]>([]),
  completed_at: at,
};

/** That many runs, each of a workflow of its own, whose executor has gone. The database has no others. */
async function prepare(open: () => Promise<Database>, count = races) {
  const database = await open();
  const storage = createStorage(database);
  const owner_id = newId();
  await insertUser(database, { id: owner_id, at });

  async function abandoned(): Promise<RunRow> {
    const id = newId();
    const head: Head = {
      ...{ id, name: "Shop", description: "", cluster_id: "", status: "draft", tags: [], revision: 1 },
      ...{ current_version: 1, node_count: 0, owner_id, team_id: "", run_count: 0, success_count: 0 },
      ...{ failure_count: 0, created_at: at, updated_at: at },
    };
    await storage.workflows.insert(head, toDrawing(design));
    const lease = { lease_owner: "gone", leaseMs: expiredMs };
    const run = newRun({ id: newId(), workflow_id: id, owner_id, started_at: at, ...lease });
    return storage.runs.start(run, toJsonText(design) as JsonText<Design>);
  }

  const runs = await Promise.all(Array.from({ length: count }, abandoned));
  return { database, storage, runs, executor: (name: string) => executorOf(storage.runs, name) };
}

type Runs = ReturnType<typeof createStorage>["runs"];

/** Writes what executors write, and signs it; `accepted` are the runs it was allowed to end. */
function executorOf(runs: Runs, name: string) {
  const accepted: string[] = [];
  const signed = (run: RunRow, step: string) => ({
    nodes: new Map([[step, { status: "applied" as const, timestamp: run.fence, message: name }]]),
    inventory: [inventoryOf(run, step, name)],
  });

  async function execute(run: RunRow): Promise<void> {
    try {
      for (const step of ["first", "second"]) await runs.record(run, signed(run, step));
      await runs.finish(run, ending, signed(run, "last"));
      accepted.push(run.id);
    } catch (error) {
      if (!(error instanceof LeaseLost)) throw error;
    }
  }

  return {
    name,
    accepted,
    signed,
    claim: (ms = leaseMs) => runs.claim(name, ms),
    /** Some at a time, so that there is a middle to be interrupted in. */
    async executeAll(claimed: readonly RunRow[]): Promise<void> {
      const queue = claimed.values();
      const work = async () => {
        for (const run of queue) await execute(run);
      };
      await Promise.all(Array.from({ length: 32 }, work));
    },
  };
}

function inventoryOf({ id, workflow_id }: RunRow, step: string, name: string) {
  return {
    ...{ workflow_id, cluster_id: "c", object_key: `/Service/default/${step}`, api_version: "v1" },
    ...{ node_id: step, uid: name, applied_hash: null, resource_version: null, adopted: 0, run_id: id },
  };
}

/** Each run ended once, counted once, and all that is told of it comes from whoever ended it. */
async function expectOneExecutorEach(
  { read }: Database,
  executors: readonly { name: string; accepted: readonly string[] }[],
): Promise<void> {
  const byRun = new Map(executors.flatMap(({ name, accepted }) => accepted.map((id) => [id, name] as const)));
  expect(executors.flatMap(({ accepted }) => accepted)).toHaveLength(races);
  expect(byRun.size).toBe(races);

  const rows = await read.selectFrom("runs").select(["id", "status"]).execute();
  expect(rows.filter(({ status }) => status === "completed")).toHaveLength(races);
  const counted = await read.selectFrom("workflows").select("document").execute();
  expect(counted.filter(({ document }) => JSON.parse(document).run_count === 1)).toHaveLength(races);

  const states = await read.selectFrom("run_nodes").select(["run_id", "state"]).execute();
  const objects = await read.selectFrom("inventory").select(["run_id", "uid"]).execute();
  expect([states.length, objects.length]).toEqual([races * 3, races * 3]);
  const strangers = [
    ...states.filter(({ run_id, state }) => JSON.parse(state).message !== byRun.get(run_id)),
    ...objects.filter(({ run_id, uid }) => uid !== byRun.get(run_id)),
  ];
  expect(strangers).toEqual([]);
}

describe.each(OWN_DIALECTS)("on %s", { timeout: 240_000 }, (_, open) => {
  test("F21 of two executors that race for 1,000 runs each run has one", async () => {
    const { database, executor } = await prepare(open);
    const [one, two] = [executor("one"), executor("two")];
    const claims = await Promise.all([one.claim(), two.claim()]);
    // Where one server has the database for itself, the later of two takes everything; elsewhere nothing is taken twice.
    if (!database.exclusive) expect(claims.flat()).toHaveLength(races);
    await Promise.all([one.executeAll(claims[0]), two.executeAll(claims[1])]);
    await expectOneExecutorEach(database, [one, two]);
  });

  test("F21 runs that are taken over again and again, in the middle of a step, are each ended once", async () => {
    const { database, executor } = await prepare(open);
    const [one, two] = [executor("one"), executor("two")];
    const working: Promise<unknown>[] = [];
    const took: number[] = [];
    for (const next of [one, two, one, two]) {
      const isLast = took.length === 3;
      const claimed = await next.claim(isLast ? leaseMs : expiredMs);
      took.push(claimed.length);
      const enough = next.accepted.length + 100;
      working.push(next.executeAll(claimed));
      // The other one comes when some runs are ended, some begun, and most not yet.
      await eventually(() => isLast || next.accepted.length >= enough, 60_000);
    }
    await Promise.all(working);
    await expectOneExecutorEach(database, [one, two]);
    expect(took[0]).toBe(races);
    expect(took[3]).toBeGreaterThan(0);
    for (const { accepted } of [one, two]) expect(accepted.length).toBeGreaterThanOrEqual(100);
  });

  test("F21 of a step and a takeover that meet, the step is written before it or not at all", async () => {
    const { database, storage, runs, executor } = await prepare(open, 200);
    const [gone, next] = [executor("gone"), executor("next")];
    const steps = runs.map((run) => storage.runs.record(run, gone.signed(run, "first")));
    const [written, atOnce] = await Promise.all([Promise.allSettled(steps), next.claim()]);
    // What was just being written to is left for the next time.
    const claimed = [...atOnce, ...(await next.claim())];
    expect(claimed).toHaveLength(runs.length);
    await Promise.all(claimed.map((run) => storage.runs.record(run, next.signed(run, "second"))));
    for (const each of written) if (each.status === "rejected") expect(each.reason).toBeInstanceOf(LeaseLost);
    const states = await database.read
      .selectFrom("run_nodes")
      .select("run_id")
      .where("node_id", "=", "first")
      .execute();
    const accepted = runs.filter((_run, place) => written[place]?.status === "fulfilled");
    expect(states.map(({ run_id }) => run_id).toSorted()).toEqual(accepted.map(({ id }) => id).toSorted());
  });

  test("F22 an executor that slept through its lease writes nothing more, and disturbs nobody", async () => {
    const { database, storage, runs, executor } = await prepare(open, 1);
    const [old] = runs;
    const next = executor("next");
    const [taken] = await next.claim();
    if (!old || !taken) throw new Error("There is one run");
    const kept = () => database.read.selectFrom("runs").selectAll().where("id", "=", old.id).execute();
    const before = await kept();
    expect(before).toMatchObject([{ lease_owner: "next", fence: old.fence + 1 }]);

    const late = { logs: [{ seq: 1, at, node_id: null, text: "Late" }], ...next.signed(old, "first") };
    const gone = [inventoryOf(taken, "second", "next")];
    await storage.runs.record(taken, { inventory: gone });
    await expect(storage.runs.record(old, late)).rejects.toBeInstanceOf(LeaseLost);
    await expect(storage.runs.record(old, { gone })).rejects.toBeInstanceOf(LeaseLost);
    await expect(storage.runs.finish(old, { ...ending, status: "failed" }, late)).rejects.toBeInstanceOf(
      LeaseLost,
    );
    expect(await storage.runs.renew(old, leaseMs)).toBe("lost");
    await storage.runs.release(old);

    expect(await kept()).toEqual(before);
    expect(await storage.runs.logCount(old.id)).toBe(0);
    expect(await database.read.selectFrom("run_nodes").selectAll().execute()).toEqual([]);
    expect(await storage.inventory.of(old.workflow_id, "c")).toEqual(gone);
    expect(await storage.runs.renew(taken, leaseMs)).toBe("held");
    await storage.runs.finish(taken, ending);
    await expect(storage.runs.record(taken, {})).rejects.toBeInstanceOf(LeaseLost);
  });
});
