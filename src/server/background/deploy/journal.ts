import type { RunLog } from "../../../contract/live.ts";
import type { NodeRun } from "../../../contract/runs.ts";
import type { RunEvents } from "../../events/run-events.ts";
import type { Ending } from "../../storage/run-types.ts";
import type { RunStore } from "../../storage/runs.ts";
import type { RunLogRow, RunRow, TakingBack } from "../../storage/tables.ts";
import { createNotes, objectEntries } from "./journal-notes.ts";
import type { Mask } from "./mask.ts";
import { createPen } from "./pen.ts";
import { openRecorder, type RecorderNeeds } from "./recorder.ts";

interface JournalNeeds extends RecorderNeeds {
  runs: Pick<RunStore, "record" | "finish" | "logCount" | "evidenceSize" | "takeBack">;
  runEvents: RunEvents;
}

export type Journal = Awaited<ReturnType<typeof openJournal>>;

const mostLines = 5_000;

/**
 * What a run tells, while it goes on: readers hear of it at once, the database a moment later in one write.
 * What must be on disk before the next step is taken is written with `commit`.
 */
export async function openJournal(needs: JournalNeeds, run: RunRow, lost: (error: unknown) => void) {
  const { runs, runEvents, now } = needs;
  const take = () => ({ ...notes.take(), evidence: recorder.take() });
  const { later, write, writeDown } = createPen(take, (record) => runs.record(run, record), lost);
  const recorder = await openRecorder(needs, run, later);
  const notes = createNotes();
  let seq = await runs.logCount(run.id);

  const tell = runEvents.of(run);
  tell.began(0);

  return {
    recorder,
    writeDown,

    /** Says how many nodes it has to bring about, once that is known. */
    began: tell.began,

    log(said: string, node_id: string | null = null, level: RunLog["level"] = "info"): void {
      if (seq >= mostLines) return;
      seq += 1;
      const text = recorder.mask.text(said);
      const at = now().toISOString();
      notes.log({ seq, at, node_id, text });
      const line = { seq, at, level, ...(node_id !== null && { node_id }), text };
      tell.logged(line, logLine(line));
      later();
    },

    node(node_id: string, seen: NodeRun): void {
      const node = withoutSecrets(seen, recorder.mask);
      recorder.state(node_id, node);
      notes.node(node_id, node);
      tell.node(node_id, node);
      later();
    },

    /** From here on the run is taken back, whatever happens to its executor. */
    takeBack: (why: TakingBack): Promise<void> => write((record) => runs.takeBack(run, why, record)),

    ...objectEntries({ runs, run, notes, later }),

    async finish(given: Ending): Promise<void> {
      const ending = endingWithoutSecrets(given, recorder.mask);
      await recorder.ending(ending.status);
      await write((record) => runs.finish(run, ending, record));
      tell.ended(toldEnding(run, ending));
    },

    /** For an executor that leaves the run to another: what it has seen is kept, if it still may. */
    close(): Promise<void> {
      recorder.close();
      return write().catch(() => undefined);
    },
  };
}

function endingWithoutSecrets(ending: Ending, { text }: Mask): Ending {
  const { error, warnings } = ending;
  return { ...ending, error: error && text(error), warnings: text(warnings) as Ending["warnings"] };
}

/** Containers may put what they were given into their last words, and clusters into their refusals. */
function withoutSecrets(node: NodeRun, { text }: Mask): NodeRun {
  const { message, error } = node;
  return {
    ...node,
    ...(message !== undefined && { message: text(message) }),
    ...(error !== undefined && { error: text(error) }),
  };
}

function toldEnding({ intent }: RunRow, { status, outcome, error }: Ending) {
  const message = error ?? (intent === "undeploy" ? "Taken away" : "Deployed");
  return { status, message, ...(outcome && { outcome }), ...(error && { error }) };
}

/** `[HH:MM:SS] text`, as clients show it. */
export function logLine({ at, text }: Pick<RunLogRow, "at" | "text">): string {
  return `[${at.slice(11, 19)}] ${text}`;
}
