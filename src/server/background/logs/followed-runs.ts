import type { RunRow } from "../../storage/tables.ts";

type Marked = Pick<RunRow, "id" | "version" | "status" | "started_at" | "completed_at">;

export interface MarkedRuns {
  /** A workflow's latest runs, the newest first. */
  latest(workflow_id: string, limit: number): Promise<Marked[]>;
}

interface Marker {
  at: string;
  run_id: string;
  event: "run_started" | "run_ended";
  version: number;
  status: string;
}

const everyMs = 1_000;
/** No workflow has more runs begin between two looks. */
const looked = 5;

/** Tells when a run of a workflow begins or ends, whichever server executes it. Answers with the way to stop. */
export function followRuns(
  runs: MarkedRuns,
  workflow_id: string | null,
  tell: (marker: Marker) => void,
): () => void {
  if (workflow_id === null) return () => undefined;
  let known: Map<string, string> | undefined;

  async function look(of: string): Promise<void> {
    const latest = (await runs.latest(of, looked)).toReversed();
    for (const run of known ? latest : []) for (const marker of newsOf(run, known?.get(run.id))) tell(marker);
    known = new Map(latest.map(({ id, status }) => [id, status]));
  }

  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  async function goOn(of: string): Promise<void> {
    // A database that is away for a moment is asked again.
    await look(of).catch(() => undefined);
    if (!isStopped) timer = setTimeout(() => void goOn(of), everyMs).unref();
  }
  void goOn(workflow_id);
  return () => {
    isStopped = true;
    clearTimeout(timer);
  };
}

function newsOf(run: Marked, before: string | undefined): Marker[] {
  const { id, version, status, started_at, completed_at } = run;
  const about = { run_id: id, version, status };
  const started: Marker = { ...about, event: "run_started", at: started_at };
  const ended: Marker = { ...about, event: "run_ended", at: completed_at ?? started_at };
  const isOver = status !== "running";
  return [...(before === undefined ? [started] : []), ...(isOver && before !== status ? [ended] : [])];
}
