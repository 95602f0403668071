import type { Level } from "./level.ts";

/** What somebody wants to see of a log; what is left out is everything, as usual. */
export interface LogSettings {
  pod?: string | undefined;
  container?: string | undefined;
  level?: Level | undefined;
  q?: string | undefined;
  previous?: true | undefined;
  tail?: number | undefined;
  since?: number | undefined;
}

export const usualTail = 500;

export const tails = [100, 500, 1_000, 5_000] as const;

export const sinces = [
  { seconds: 60, label: "Last minute" },
  { seconds: 300, label: "Last 5 minutes" },
  { seconds: 900, label: "Last 15 minutes" },
  { seconds: 3_600, label: "Last hour" },
  { seconds: 86_400, label: "Last day" },
] as const;

export const levelNames: Readonly<Record<Level, string>> = {
  debug: "Debug and up",
  info: "Info and up",
  warning: "Warnings and errors",
  error: "Errors",
};
