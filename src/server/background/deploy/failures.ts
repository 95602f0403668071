import type { NodeRun } from "../../../contract/runs.ts";
import type { Place } from "../object-index.ts";
import { type FailureNeeds, keepFailure } from "./failure.ts";

type Noting = Pick<FailureNeeds, "mask" | "evidence"> & Pick<Place, "workflow_id">;

const unfinished = new Set<NodeRun["status"]>(["applying", "applied"]);

/** Sees which nodes fail, and keeps what each of them says of itself, once. */
export function createFailures({ workflow_id, ...noting }: Noting) {
  const states = new Map<string, NodeRun["status"]>();
  const keeping = new Map<string, Promise<void>>();
  let asked: Pick<FailureNeeds, "cluster" | "view"> | undefined;

  function keep(node_id: string): void {
    if (!asked || keeping.has(node_id)) return;
    const kept = keepFailure({ ...asked, ...noting }, { workflow_id, node_id });
    // Whatever could not be kept, the run is to go on.
    const done = kept.catch(() => undefined);
    keeping.set(node_id, done);
  }

  return {
    askOf(connected: Pick<FailureNeeds, "cluster" | "view">): void {
      asked = connected;
    },

    state(node_id: string, status: NodeRun["status"]): void {
      states.set(node_id, status);
      if (status === "failed") keep(node_id);
    },

    keepUnfinished(): void {
      for (const [node_id, status] of states) if (unfinished.has(status)) keep(node_id);
    },

    async settled(): Promise<void> {
      await Promise.all(keeping.values());
    },
  };
}
