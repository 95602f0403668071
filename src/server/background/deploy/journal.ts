import type { NodeRun, RunUpdate } from "../../../contract/runs.ts";
import type { WorkflowEvents } from "../../events/workflow-events.ts";
import type { Ending, RunRecord } from "../../storage/run-types.ts";
import type { RunStore } from "../../storage/runs.ts";
import type { InventoryRow, RunLogRow, RunRow } from "../../storage/tables.ts";

interface JournalNeeds {
  runs: Pick<RunStore, "record" | "finish" | "logCount">;
  events: WorkflowEvents;
  now(): Date;
}

export type Journal = Awaited<ReturnType<typeof openJournal>>;

const flushMs = 200;
const mostLines = 5_000;

/**
 * What a run tells, while it goes on: readers hear of it at once, the database a moment later in one write.
 * What must be on disk before the next step is taken is written with `commit`.
 */
export async function openJournal(
  { runs, events, now }: JournalNeeds,
  run: RunRow,
  lost: (error: unknown) => void,
) {
  let seq = await runs.logCount(run.id);
  let logs: Omit<RunLogRow, "run_id">[] = [];
  let nodes = new Map<string, NodeRun>();
  let timer: NodeJS.Timeout | undefined;
  const { workflow_id, version } = run;

  function say(more: Partial<RunUpdate>): void {
    const update = { run_id: run.id, status: "running" as const, version, message: "Deploying" };
    events.runChanged(workflow_id, { ...update, ...more });
  }

  function later(): void {
    timer ??= setTimeout(() => void flush().catch(lost), flushMs);
  }

  async function flush(more: RunRecord = {}): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const record = { ...more, logs, nodes };
    logs = [];
    nodes = new Map();
    await runs.record(run, record);
  }

  return {
    log(text: string, node_id: string | null = null): void {
      if (seq >= mostLines) return;
      seq += 1;
      const at = now().toISOString();
      logs.push({ seq, at, node_id, text });
      say({ message: text, log: logLine({ at, text }), ...(node_id !== null && { node_id }) });
      later();
    },

    node(node_id: string, node: NodeRun): void {
      nodes.set(node_id, node);
      say({ message: node.message ?? node.status, node_id, node });
      later();
    },

    /** Writes what is about to happen, or has just happened, to objects, and waits until it is on disk. */
    commit: (inventory: readonly InventoryRow[]): Promise<void> => flush({ inventory }),

    async finish(ending: Ending): Promise<void> {
      await flush();
      await runs.finish(run, ending);
      const { status, outcome, error } = ending;
      const message = error ?? "Deployed";
      events.runEnded(workflow_id, {
        ...{ run_id: run.id, status, version, message },
        ...(outcome && { outcome }),
        ...(error && { error }),
      });
    },

    /** For an executor that leaves the run to another: what it has seen is kept, if it still may. */
    close: (): Promise<void> => flush().catch(() => undefined),
  };
}

/** `[HH:MM:SS] text`, as clients show it. */
export function logLine({ at, text }: Pick<RunLogRow, "at" | "text">): string {
  return `[${at.slice(11, 19)}] ${text}`;
}
