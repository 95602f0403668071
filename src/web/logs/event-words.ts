import type { NewMark } from "./log-buffer.ts";
import type { LogEvent } from "./read-log.ts";

/** What an event that is no line says between the lines. */
export function markOf(event: LogEvent): NewMark | undefined {
  if (event.name === "marker") {
    const { version, status, at } = event.data;
    const text = event.data.event === "run_started" ? `v${version} deploying` : deployed(version, status);
    return { at, tone: "deploy", text };
  }
  if (event.name === "gap") return { at: undefined, tone: "gap", text: missed(event.data) };
  if (event.name === "error") {
    const { pod, reason } = event.data;
    return { at: undefined, tone: "trouble", text: pod === undefined ? reason : `${pod}: ${reason}` };
  }
  return undefined;
}

const outcomes: Readonly<Record<string, string>> = {
  completed: "deployed",
  failed: "failed to deploy",
  cancelled: "was cancelled",
};

const deployed = (version: number, status: string) =>
  `v${version} ${outcomes[status] ?? `ended (${status})`}`;

function missed({ lines, pod }: { lines?: number; pod?: string }): string {
  const where = pod === undefined ? "" : ` of ${pod}`;
  if (lines === undefined) return `Lines${where} may be missing here`;
  return `${lines.toLocaleString("en")} ${lines === 1 ? "line" : "lines"}${where} missed here`;
}
