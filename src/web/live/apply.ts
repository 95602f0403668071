import { api } from "../../contract/api.ts";
import { invalidate, queries } from "../api.ts";
import { loseSession, useSession } from "../session.ts";
import { onEvent } from "./events.ts";

/** What a cluster could not be asked while it was away. */
function askAgain(): void {
  void queries.refetchQueries({ type: "active", predicate: ({ state }) => state.status === "error" });
}

/** Keeps what the tab knows of the server as the stream tells; answers how to stop. */
export function applyLive(): () => void {
  const ends = [
    onEvent("run.state", (states) => {
      void invalidate(api.listRuns);
      void invalidate(api.listWorkflows);
      void invalidate(api.listRecentWorkflows);
      for (const { workflow_id: id, run_id: runId, status } of states) {
        if (status === "running") continue;
        void invalidate(api.getRun, { params: { id, runId } });
        void invalidate(api.listVersions);
        void invalidate(api.getDashboardStats);
      }
    }),
    onEvent("workflow.changed", () => {
      void invalidate(api.listWorkflows);
      void invalidate(api.listRecentWorkflows);
    }),
    onEvent("cluster.status", (changes) => {
      void invalidate(api.listClusters);
      for (const { name } of changes) void invalidate(api.getCluster, { params: { name } });
      if (changes.some(({ status }) => status === "connected")) askAgain();
    }),
    onEvent("session.ended", () => loseSession(useSession.getState().token)),
    // What was missed is not guessed.
    onEvent("gap", () => void queries.invalidateQueries()),
  ];
  return () => {
    for (const end of ends) end();
  };
}
