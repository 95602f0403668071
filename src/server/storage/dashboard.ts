import { sql } from "kysely";
import type { Database, Reader } from "./database.ts";
import type { WorkflowRow } from "./tables.ts";

export type DashboardStore = ReturnType<typeof dashboardStore>;

/** Of the workflows somebody has: how many, how many are published, and of their ended runs how many, and well. */
export interface Tally {
  workflows: number;
  published: number;
  runs: number;
  successes: number;
}

export function dashboardStore({ read }: Pick<Database, "read">) {
  return {
    /** As it is, and as it was of the same workflows at an earlier moment. */
    async tally(owner_id: string, then: string): Promise<{ now: Tally; before: Tally }> {
      const [now, since] = [await allOf(read, owner_id), await gainedSince(read, owner_id, then)];
      return {
        now,
        before: {
          workflows: now.workflows - since.workflows,
          published: now.published - since.published,
          runs: now.runs - since.runs,
          successes: now.successes - since.successes,
        },
      };
    },

    /** Without their drawings, the last changed first. */
    async recent(owner_id: string, limit: number): Promise<WorkflowRow["head"][]> {
      const rows = await ownedBy(read, owner_id)
        .select("head")
        .orderBy("updated_at", "desc")
        .orderBy("id", "desc")
        .limit(limit)
        .execute();
      return rows.map(({ head }) => head);
    },
  };
}

function ownedBy(read: Reader, owner_id: string) {
  return read.selectFrom("workflows").where("owner_id", "=", owner_id).where("deleted_at", "is", null);
}

async function allOf(read: Reader, owner_id: string): Promise<Tally> {
  const made = await ownedBy(read, owner_id)
    .select(({ fn }) => fn.countAll<number>().as("workflows"))
    .executeTakeFirstOrThrow();
  const counted = await read
    .selectFrom("workflow_counts")
    .where("owner_id", "=", owner_id)
    .select(({ fn }) => [
      fn.count<number>("published_at").as("published"),
      fn.sum<number | null>("run_count").as("runs"),
      fn.sum<number | null>("success_count").as("successes"),
    ])
    .executeTakeFirstOrThrow();
  return toTally({ ...made, ...counted });
}

async function gainedSince(read: Reader, owner_id: string, then: string): Promise<Tally> {
  const made = await ownedBy(read, owner_id)
    .where("created_at", ">=", then)
    .select(({ fn }) => fn.countAll<number>().as("workflows"))
    .executeTakeFirstOrThrow();
  const published = await read
    .selectFrom("workflow_counts")
    .where("owner_id", "=", owner_id)
    .where("published_at", ">=", then)
    .select(({ fn }) => fn.countAll<number>().as("published"))
    .executeTakeFirstOrThrow();
  const ended = await read
    .selectFrom("runs")
    .innerJoin("workflow_counts", "workflow_counts.workflow_id", "runs.workflow_id")
    .where("runs.owner_id", "=", owner_id)
    .where("runs.completed_at", ">=", then)
    .select(({ fn }) => fn.countAll<number>().as("runs"))
    .select(sql<number | null>`sum(case when runs.status = 'completed' then 1 else 0 end)`.as("successes"))
    .executeTakeFirstOrThrow();
  return toTally({ ...made, ...published, ...ended });
}

/** A sum of nothing is null, and PostgreSQL's sums come as text. */
function toTally(row: Record<keyof Tally, number | null>): Tally {
  const { workflows, published, runs, successes } = row;
  return {
    ...{ workflows: Number(workflows), published: Number(published) },
    ...{ runs: Number(runs), successes: Number(successes) },
  };
}
