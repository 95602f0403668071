import type { Evidence, NodeRun, RunStatus, TriggerData } from "../../../contract/runs.ts";
import { fromJsonText } from "../../../core/json-text.ts";
import type { Cluster } from "../../cluster/connection.ts";
import type { RunStore } from "../../storage/runs.ts";
import type { RunRow } from "../../storage/tables.ts";
import type { ClusterView } from "../cluster-view.ts";
import { createEvidence } from "./evidence.ts";
import { createFailures } from "./failures.ts";
import { createMask, givenValues } from "./mask.ts";
import { recordingCluster } from "./recording-cluster.ts";

export interface RecorderNeeds {
  runs: Pick<RunStore, "evidenceSize">;
  openValues(run: RunRow): string;
  now(): Date;
}

export interface Connected {
  cluster: Cluster;
  view: ClusterView;
}

/** A run's flight recorder: why it failed is known after the cluster has forgotten. `changed` is told of news. */
export async function openRecorder(
  { runs, now, openValues }: RecorderNeeds,
  run: RunRow,
  changed: () => void,
) {
  const mask = createMask();
  mask.learn(valuesOf(openValues, run));
  const notes = createEvidence(await runs.evidenceSize(run.id), mask, now);
  let isClosed = false;

  function note(entry: Evidence, at?: string): void {
    // Others may execute the run by now, and number its entries themselves.
    if (isClosed) return;
    notes.note(entry, at);
    changed();
  }
  const failures = createFailures({ workflow_id: run.workflow_id, mask, evidence: { note } });

  /**
   * Once all that failed has been asked about, and of a run that failed what never got ready too: taking it back takes
   * its last words with it.
   */
  async function lastLook(status: RunStatus): Promise<void> {
    if (status === "failed") failures.keepUnfinished();
    await failures.settled();
  }

  return {
    mask,

    /** The same connection, of which every write is kept, and that is asked when a node fails. */
    over({ cluster, view }: Connected): Connected {
      failures.askOf({ cluster, view });
      return { view, cluster: recordingCluster(cluster, { note, mask }) };
    },

    state(node_id: string, { status, message, reason }: NodeRun): void {
      note({ kind: "state", node_id, status, ...(message && { message }), ...(reason && { reason }) });
      failures.state(node_id, status);
    },

    lastLook,

    /** Before the run's last write. */
    async ending(status: RunStatus): Promise<void> {
      await lastLook(status);
      isClosed = true;
    },

    take: notes.take,

    close(): void {
      isClosed = true;
    },
  };
}

/** Every value a run was given. What was sealed with a key that is gone cannot be opened to be masked, nor to be sent. */
export function valuesOf(openValues: RecorderNeeds["openValues"], run: RunRow): string[] {
  if (run.sealed_values === null) return [];
  try {
    const values: TriggerData = fromJsonText(openValues(run) as never);
    return givenValues(values);
  } catch {
    return [];
  }
}
