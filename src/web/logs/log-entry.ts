import type { Level } from "./level.ts";

/** One line that a container wrote. */
export interface LogLine {
  kind: "line";
  /** Counts what this page was told, in its order. */
  seq: number;
  /** When it was written, as a time with nanoseconds. */
  at: string;
  pod: string;
  container: string;
  text: string;
  level: Level | undefined;
}

/** What stands between lines: a deploy, missed lines, or a word about the log itself. */
export interface LogMark {
  kind: "mark";
  seq: number;
  at: string | undefined;
  tone: "deploy" | "gap" | "trouble";
  text: string;
}

export type LogEntry = LogLine | LogMark;

/** What is wanted of the lines; marks are always shown. */
export interface LogFilter {
  level: Level | undefined;
  pod: string | undefined;
  container: string | undefined;
}
