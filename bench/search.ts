import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Kysely, sql } from "kysely";
import type { Found } from "../src/contract/search.ts";
import { findAll } from "../src/server/features/search/find-all.ts";
import { type Database, openSqlite } from "../src/server/storage/database.ts";
import { createStorage } from "../src/server/storage/storage.ts";
import type { Tables } from "../src/server/storage/tables.ts";
import { fillWorkflows, ownerOf } from "./harness/many-workflows.ts";
import { conclude, judge, machine, type Result } from "./harness/results.ts";
import { inQuiet, median } from "./harness/slices.ts";

const [owners, each] = [100, 1_000];
const pairCount = 7;
const sliceMs = 200;
const classes = {
  rare: "quokka",
  common: "service",
  prefix: "storef",
  exact: "storefront",
  misspelt: "storefornt",
  absent: "xylophone",
};
type Class = keyof typeof classes;

type Search = (owner_id: string, typed: string) => Promise<unknown>;
type Sides = { ours: (owner_id: string, typed: string) => Promise<Found>; baseline: Search };
type Pair = Record<"ours" | "theirs", { us: number; ms: number }>;

/** What people find among 100,000 workflows of 100 owners, against a search that reads all names and descriptions. */
export async function search(): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), "orrery-bench-"));
  try {
    const database = await openSqlite(join(folder, "search.db"));
    try {
      return await measure(database);
    } finally {
      await database.close();
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function measure(database: Database): Promise<boolean> {
  await fillWorkflows(database, owners, each);
  const storage = createStorage(database);
  // As it is where everything was taken in before.
  await database.write((tx) => tx.deleteFrom("search_queue").execute());
  const sides: Sides = {
    ours: (owner_id, typed) => findAll(storage, owner_id, typed),
    baseline: (owner_id, typed) => readAll(database, owner_id, typed),
  };
  const counted = await countFound(sides.ours);
  const { value, noisy } = await inQuiet([], () => takeAll(sides));
  const ratios = Object.values(value).map((pairs) => median(ratiosOf(pairs)));
  const worst = Math.max(...ratios);
  const slowest = Math.max(...Object.values(value).map((pairs) => median(pairs.map(({ ours }) => ours.ms))));
  return conclude({
    name: "search",
    ...machine(),
    pairs: pairCount,
    noisy,
    rows: Object.entries(value).flatMap(([name, pairs]) => rowsOf(name, pairs)),
    counted,
    verdicts: [
      judge("CPU of the worst class of searches", worst, { gate: 0.25, goal: 0.05 }, noisy),
      judge("the slowest class of searches (ms)", slowest, { gate: 50, goal: 10 }, noisy),
    ],
  });
}

/** All names and descriptions there are, the newest that fit. No index helps: `+` keeps the owner's away. */
async function readAll({ read }: Database, owner_id: string, typed: string): Promise<unknown> {
  const pattern = `%${typed}%`;
  const { rows } = await sql`select id, name, description, status from workflows
    where +owner_id = ${owner_id} and deleted_at is null
      and (name like ${pattern} or description like ${pattern})
    order by +updated_at desc limit 50`.execute(read as unknown as Kysely<Tables>);
  return rows;
}

async function takeAll(sides: Sides): Promise<Record<Class, Pair[]>> {
  const taken = {} as Record<Class, Pair[]>;
  for (const name of Object.keys(classes) as Class[]) {
    taken[name] = [];
    for (let pair = 0; pair <= pairCount; pair += 1) {
      const theirs = await slice(sides.baseline, classes[name]);
      const ours = await slice(sides.ours, classes[name]);
      if (pair > 0) taken[name].push({ ours, theirs });
    }
  }
  return taken;
}

/** One owner after another, so that nobody's pages are at hand by chance. */
async function slice(find: Search, typed: string): Promise<{ us: number; ms: number }> {
  const [before, startMs] = [process.cpuUsage(), performance.now()];
  let done = 0;
  while (performance.now() - startMs < sliceMs) {
    await find(ownerOf((done * 37) % owners), typed);
    done += 1;
  }
  const { user, system } = process.cpuUsage(before);
  return { us: (user + system) / done, ms: (performance.now() - startMs) / done };
}

async function countFound(find: Sides["ours"]): Promise<Result["counted"]> {
  const counts = { foreign: 0, notFirst: 0, unfound: 0 };
  for (let owner = 0; owner < owners; owner += 1) {
    for (const [name, typed] of Object.entries(classes)) {
      const { workflows, nodes, images } = await find(ownerOf(owner), typed);
      const ids = [...workflows.map(({ id }) => id), ...[...nodes, ...images].map((of) => of.workflow_id)];
      counts.foreign += ids.filter((id) => !isOf(owner, id)).length;
      if (workflows.length > 0 === (name === "absent")) counts.unfound += 1;
      if (name === "exact" && workflows[0]?.name !== "Storefront") counts.notFirst += 1;
    }
  }
  return {
    ...exactly("what was found of others", counts.foreign),
    ...exactly("exact names that were not first", counts.notFirst),
    ...exactly("searches that found nothing though there was something, or the reverse", counts.unfound),
  };
}

function isOf(owner: number, id: string): boolean {
  return Math.floor(Number.parseInt(id, 16) / each) === owner;
}

function exactly(what: string, value: number): Result["counted"] {
  return { [what]: { value, expected: "0", ok: value === 0 } };
}

function ratiosOf(pairs: readonly Pair[]): number[] {
  return pairs.map(({ ours, theirs }) => ours.us / theirs.us).toSorted((a, b) => a - b);
}

function rowsOf(name: string, pairs: readonly Pair[]): Result["rows"] {
  const of = (side: keyof Pair, what: "us" | "ms") => median(pairs.map((pair) => pair[side][what]));
  const ratios = ratiosOf(pairs);
  return [
    { variant: `${name}, baseline`, cpu_us: of("theirs", "us"), ms: of("theirs", "ms") },
    {
      ...{ variant: name, cpu_us: of("ours", "us"), ms: of("ours", "ms"), cpu_ratio: median(ratios) },
      ...{ min: ratios[0] ?? Number.NaN, max: ratios.at(-1) ?? Number.NaN },
    },
  ];
}
