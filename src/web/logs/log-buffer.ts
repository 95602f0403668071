import { createDeque } from "./deque.ts";
import { type Level, levelOf } from "./level.ts";
import type { LogEntry, LogFilter, LogLine, LogMark } from "./log-entry.ts";
import { createLogRows, type LogRows } from "./log-rows.ts";
import { plainText } from "./plain-text.ts";

/** How a log is looked at. */
export interface LogLook {
  filter: LogFilter;
  search: string;
  columns: number | undefined;
}

export type NewLine = Pick<LogLine, "at" | "pod" | "container" | "text">;
export type NewMark = Pick<LogMark, "at" | "tone" | "text">;

const usualMost = 100_000;

/** The last lines of a log and what is shown of them. While it is held, what comes is counted and waits. */
export function createLogBuffer(look: LogLook, most = usualMost) {
  const kept = createKept(look, most);
  const waiting = createDeque<LogEntry>();
  const sources = createSources();
  const lastLevels = new Map<string, Level | undefined>();
  let isHeld = false;
  let seq = 0;

  function add(entry: LogEntry): void {
    if (isHeld) waiting.push(entry);
    else kept.add(entry);
    if (waiting.length > most) waiting.drop(1);
  }

  return {
    line({ at, pod, container, text }: NewLine): void {
      const shown = plainText(text);
      const from = `${pod}/${container}`;
      const level = levelOf(shown, lastLevels.get(from));
      lastLevels.set(from, level);
      sources.note(pod, container);
      add({ kind: "line", seq: ++seq, at, pod, container, text: shown, level });
    },
    mark: (mark: NewMark): void => add({ kind: "mark", seq: ++seq, ...mark }),
    look: kept.look,
    hold(): void {
      isHeld = true;
    },
    release(): void {
      isHeld = false;
      for (const entry of waiting) kept.add(entry);
      waiting.drop(waiting.length);
    },
    rows: kept.rows,
    /** The pods and containers that have written something. */
    sources,
    /** Lines that are kept and may be shown. */
    lines: kept.lines,
    /** Entries that wait until it is released. */
    waiting: () => waiting.length,
  };
}

function createKept(first: LogLook, most: number) {
  const kept = createDeque<LogEntry>();
  let rows = createLogRows(first);
  let lines = 0;

  return {
    add(entry: LogEntry): void {
      kept.push(entry);
      rows.add(entry);
      if (entry.kind === "line") lines += 1;
      if (kept.length <= most) return;
      if (kept.at(0)?.kind === "line") lines -= 1;
      kept.drop(1);
      rows.forget(kept.at(0)?.seq ?? 0);
    },
    look(next: LogLook): void {
      rows = createLogRows(next);
      for (const entry of kept) rows.add(entry);
    },
    rows: (): LogRows => rows,
    lines: () => lines,
  };
}

function createSources() {
  const pods = new Set<string>();
  const containers = new Set<string>();
  return {
    note(pod: string, container: string): void {
      pods.add(pod);
      containers.add(container);
    },
    pods: () => [...pods],
    containers: () => [...containers],
  };
}
