import type { RunRecord, RunResult, WorkflowRun } from "../../contract/runs.ts";
import type { Workflow } from "../../contract/workflows.ts";
import type { Tone } from "../look/status.ts";
import { counted } from "./plan-words.ts";

type Ended = Pick<RunRecord, "status" | "outcome" | "intent" | "version" | "result" | "error">;

export interface Verdict {
  /** The outcome in a word, as lists and heads show it. */
  word: string;
  tone: Tone;
  /** What is so now. */
  title: string;
  /** What was kept or stays, if anything. */
  more?: string;
}

interface Outcome extends Partial<Pick<WorkflowRun, "intent">> {
  status: string;
  outcome?: string | undefined;
}

/** The word under which an outcome's look is found: a run that was cancelled is that, whatever became of it. */
export function outcomeWord({ status, outcome, intent }: Outcome): string {
  if (status === "cancelled") return "cancelled";
  if (status === "running") return intent === "undeploy" ? "taking_away" : "running";
  return outcome ?? status;
}

/** What a verdict is made of. */
interface Facts {
  run: Ended;
  /** What it deployed is what is deployed now. */
  isLive: boolean;
  byNow: string | undefined;
  /** What is deployed, where it is what it was before. */
  again: string;
  still: string;
  /** What the run wrote and nobody took back. */
  stays: string;
}

type Said = Omit<Verdict, "more">;

const verdicts: Readonly<Record<string, (facts: Facts) => Said>> = {
  succeeded: ({ run: { intent, version }, isLive, byNow }) => ({
    word: "Succeeded",
    tone: "ok",
    title:
      intent === "undeploy"
        ? "All of it was taken away."
        : isLive
          ? `v${version} is live.`
          : `v${version} was deployed. ${byNow ?? "Nothing is deployed by now"}.`,
  }),
  rolled_back: ({ again }) => ({ word: "Rolled back", tone: "warn", title: `Rolled back. ${again}.` }),
  partial: ({ stays }) => ({
    word: "Partly applied",
    tone: "warn",
    title: `Partly applied. ${stays} as the run left it.`,
  }),
  cancelled: ({ run: { outcome }, again, still, stays }) => {
    const rest: Partial<Record<string, string>> = {
      rolled_back: `What it wrote was put back. ${again}.`,
      partial: `What it wrote was kept: ${stays}.`,
      unknown: "It is not known how things stand in the cluster.",
    };
    return { word: "Cancelled", tone: "idle", title: `Cancelled. ${rest[outcome ?? ""] ?? `${still}.`}` };
  },
  unknown: () => ({
    word: "Unknown",
    tone: "stale",
    title: "The cluster did not answer to the end, so it is not known how things stand there.",
  }),
  failed: ({ still }) => ({
    word: "Failed",
    tone: "bad",
    title: `Failed before anything was written. ${still}.`,
  }),
};

/** Which version is live; a workflow that was read before the run ended has yet to hear what that one deployed. */
export function liveVersionOf(
  {
    deployed_version,
    last_run,
    last_run_at = "",
  }: Pick<Workflow, "deployed_version" | "last_run" | "last_run_at">,
  run: Pick<RunRecord, "id" | "started_at" | "version" | "intent" | "outcome">,
): number | undefined {
  const knows = last_run?.id === run.id ? last_run.status !== "running" : last_run_at > run.started_at;
  if (knows || run.outcome !== "succeeded") return deployed_version;
  return run.intent === "deploy" ? run.version : undefined;
}

/** How a run ended, in words, and what is live now. */
export function verdictOf(run: Ended, liveVersion: number | undefined): Verdict | undefined {
  const { status, result = [] } = run;
  if (status === "running") return undefined;
  const isDeployed = liveVersion !== undefined;
  // Since then somebody has deployed something newer, and what this run left is history.
  const byNow = isDeployed && liveVersion > run.version ? `Live is v${liveVersion} by now` : undefined;
  const count = leftAs(result, "new").length;
  const say = verdicts[outcomeWord(run)] ?? verdicts.failed;
  const more = leftText(result);
  const said = say?.({
    run,
    isLive: liveVersion === run.version,
    byNow,
    again: byNow ?? (isDeployed ? `Live is v${liveVersion} again` : "Nothing is deployed"),
    still: byNow ?? (isDeployed ? `Live is still v${liveVersion}` : "Nothing was deployed"),
    stays: `${counted(count, "object")} ${count === 1 ? "stays" : "stay"}`,
  });
  return said && { ...said, ...(more && { more }) };
}

function leftAs(result: RunResult, state: RunResult[number]["state"]): RunResult {
  return result.filter((left) => left.state === state);
}

/** What was kept that is worth a word: `2 claims were kept`. */
function leftText(result: RunResult): string | undefined {
  const kept = leftAs(result, "kept");
  const claims = kept.filter(({ key }) => key.startsWith("/PersistentVolumeClaim/")).length;
  const others = kept.length - claims;
  const said = [
    ...(claims > 0 ? [`${counted(claims, "claim")} ${wasKept(claims)}`] : []),
    ...(others > 0 ? [`${counted(others, "object")} ${wasKept(others)}`] : []),
  ];
  return said.length > 0 ? `${said.join(", ")}.` : undefined;
}

const wasKept = (count: number) => (count === 1 ? "was kept" : "were kept");

const leftWords: Readonly<Record<RunResult[number]["state"], string>> = {
  restored: "Put back",
  removed: "Removed again",
  new: "As the run left it",
  kept: "Kept",
  missing: "Gone from the cluster",
  unknown: "Not known",
};

/** How an object stands after a run was taken back. */
export function leftWord(state: RunResult[number]["state"]): string {
  return leftWords[state] ?? `Unknown (${state})`;
}

/** A duration as a clock shows it: `0:41`, `1:02:03`. */
export function clock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000)) || 0;
  const [hours, minutes, rest] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  const tail = `${String(rest).padStart(2, "0")}`;
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, "0")}:${tail}` : `${minutes}:${tail}`;
}

/** A duration in a sentence: `41 s`, `2 min 5 s`. */
export function span(ms: number): string {
  if (ms < 1_000) return "under 1 s";
  const seconds = Math.round(ms / 1_000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
