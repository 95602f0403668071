import type { NodeRun } from "../../contract/runs.ts";
import { fromJsonText } from "../../core/json-text.ts";
import type { Database } from "./database.ts";
import type { RunRow } from "./tables.ts";

export type LiveRunStore = ReturnType<typeof liveRunStore>;

/** A run as those who follow it see it: without what only its record tells. */
export type LiveRun = Pick<RunRow, "id" | "workflow_id" | "version" | "status" | "outcome" | "plan">;

/** How runs stand, for who follows them. */
export function liveRunStore({ read }: Pick<Database, "read">) {
  const owned = (owner_id: string) =>
    read
      .selectFrom("runs")
      .innerJoin("workflows", "workflows.id", "runs.workflow_id")
      .select(["runs.id", "runs.workflow_id", "runs.version", "runs.status", "runs.outcome", "runs.plan"])
      .where("workflows.owner_id", "=", owner_id)
      .where("workflows.deleted_at", "is", null);

  return {
    /** A run of a workflow that is the asker's. */
    findOwned(id: string, owner_id: string): Promise<LiveRun | undefined> {
      return owned(owner_id).where("runs.id", "=", id).executeTakeFirst();
    },

    /** Those under way. */
    running(owner_id: string): Promise<LiveRun[]> {
      return owned(owner_id).where("runs.status", "=", "running").execute();
    },

    async nodesOf(run_id: string): Promise<{ node_id: string; node: NodeRun }[]> {
      const rows = read.selectFrom("run_nodes").select(["node_id", "state"]).where("run_id", "=", run_id);
      return (await rows.execute()).map(({ node_id, state }) => ({ node_id, node: fromJsonText(state) }));
    },
  };
}
