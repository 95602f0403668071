import { sql } from "kysely";
import type { NodeRun } from "../../contract/runs.ts";
import { fromJsonText } from "../../core/json-text.ts";
import { containing } from "./containing.ts";
import type { Database, Reader } from "./database.ts";
import { runEvidence } from "./run-evidence.ts";
import { runSources } from "./run-sources.ts";
import type { RunLogRow } from "./tables.ts";

export interface RunPage {
  page: number;
  limit: number;
  sort: "started_at" | "version";
  order: "asc" | "desc";
  search: string;
}

/** What can be read of runs. */
export function runHistory({ read }: Database) {
  const evidence = runEvidence(read);
  return {
    ...runSources(read),

    running(workflow_id: string): Promise<{ id: string } | undefined> {
      return read
        .selectFrom("runs")
        .select("id")
        .where("workflow_id", "=", workflow_id)
        .where("status", "=", "running")
        .executeTakeFirst();
    },

    /** The newest first, and of each no more than when it was. */
    latest: (workflow_id: string, limit: number) =>
      read
        .selectFrom("runs")
        .select(["id", "version", "status", "started_at", "completed_at"])
        .where("workflow_id", "=", workflow_id)
        .orderBy("id", "desc")
        .limit(limit)
        .execute(),

    list: (workflow_id: string, page: RunPage) => listRuns(read, workflow_id, page),

    /** One run, with what is known of its nodes, its log and all that was kept. */
    async recordOf(workflow_id: string, run_id: string) {
      const run = await evidence.findOf(workflow_id, run_id);
      if (!run) return undefined;
      const [nodes, logs] = await Promise.all([nodesOf(read, [run_id]), logsOf(read, [run_id])]);
      return { run, nodes, logs, evidence: await evidence.evidenceOf(run_id) };
    },

    find: evidence.findOf,
    evidenceSize: evidence.evidenceSize,

    /** How many log lines a run has: where the next one is numbered from. */
    logCount: (run_id: string) => lastLog(read, run_id),
  };
}

/** One page of a workflow's runs, with what is known of their nodes and their logs. */
async function listRuns(read: Reader, workflow_id: string, page: RunPage) {
  const literal = page.search.toLowerCase();
  const matching = read
    .selectFrom("runs")
    .where("workflow_id", "=", workflow_id)
    .$if(literal !== "", (query) =>
      query.where(sql<boolean>`lower(error) like ${containing(literal)} escape '\\'`),
    );
  const runs = await matching
    .selectAll()
    .orderBy(page.sort, page.order)
    .orderBy("id", page.order)
    .limit(page.limit)
    .offset((page.page - 1) * page.limit)
    .execute();
  const { total } = await matching
    .select((eb) => eb.fn.countAll<number>().as("total"))
    .executeTakeFirstOrThrow();
  const ids = runs.map(({ id }) => id);
  return { runs, total: Number(total), nodes: await nodesOf(read, ids), logs: await logsOf(read, ids) };
}

async function nodesOf(read: Reader, ids: string[]): Promise<Map<string, Map<string, NodeRun>>> {
  const byRun = new Map<string, Map<string, NodeRun>>(ids.map((id) => [id, new Map()]));
  if (ids.length === 0) return byRun;
  const rows = await read.selectFrom("run_nodes").selectAll().where("run_id", "in", ids).execute();
  for (const { run_id, node_id, state } of rows) byRun.get(run_id)?.set(node_id, fromJsonText(state));
  return byRun;
}

async function logsOf(read: Reader, ids: string[]): Promise<Map<string, RunLogRow[]>> {
  const byRun = new Map<string, RunLogRow[]>(ids.map((id) => [id, []]));
  if (ids.length === 0) return byRun;
  const rows = await read
    .selectFrom("run_logs")
    .selectAll()
    .where("run_id", "in", ids)
    .orderBy("seq")
    .execute();
  for (const row of rows) byRun.get(row.run_id)?.push(row);
  return byRun;
}

async function lastLog(read: Reader, run_id: string): Promise<number> {
  const { last } = await read
    .selectFrom("run_logs")
    .select((eb) => eb.fn.max("seq").as("last"))
    .where("run_id", "=", run_id)
    .executeTakeFirstOrThrow();
  return Number(last ?? 0);
}
