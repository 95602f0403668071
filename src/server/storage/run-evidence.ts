import type { Reader } from "./database.ts";
import type { EvidenceRow, RunRow } from "./tables.ts";

/** How much of a run's evidence there is: rows, numbered without a gap, and bytes in them. */
export interface EvidenceSize {
  rows: number;
  bytes: number;
}

/** What can be read of one run and what was kept of it. */
export function runEvidence(read: Reader) {
  return {
    async evidenceSize(run_id: string): Promise<EvidenceSize> {
      const { rows, bytes } = await read
        .selectFrom("run_evidence")
        .select((eb) => [
          eb.fn.max("seq").as("rows"),
          eb.fn.sum<number>(eb.fn<number>("octet_length", ["entry"])).as("bytes"),
        ])
        .where("run_id", "=", run_id)
        .executeTakeFirstOrThrow();
      return { rows: Number(rows ?? 0), bytes: Number(bytes ?? 0) };
    },

    evidenceOf(run_id: string): Promise<EvidenceRow[]> {
      return read
        .selectFrom("run_evidence")
        .selectAll()
        .where("run_id", "=", run_id)
        .orderBy("seq")
        .execute();
    },

    /** A run of that workflow, and the name of who started it. */
    findOf(workflow_id: string, run_id: string): Promise<(RunRow & { by: string }) | undefined> {
      return read
        .selectFrom("runs")
        .innerJoin("users", "users.id", "runs.owner_id")
        .selectAll("runs")
        .select("users.name as by")
        .where("runs.id", "=", run_id)
        .where("workflow_id", "=", workflow_id)
        .executeTakeFirst();
    },
  };
}
