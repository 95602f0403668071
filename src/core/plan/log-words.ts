import type { RunLog } from "../../contract/live.ts";
import type { RunResult } from "../../contract/runs.ts";

type Left = RunResult[number];

const taking = "Taking back what was written, because ";

/** What a run says in its log when it begins to take back what it wrote. */
export function sayTakingBack(why: string): string {
  return taking + why;
}

export function isTakingBack(text: string): boolean {
  return text.startsWith(taking);
}

const words: Record<Left["state"], string> = {
  restored: "Restored",
  removed: "Removed",
  new: "Left as the run wrote it:",
  kept: "Kept",
  missing: "Missing:",
  unknown: "Not known how it is:",
};

/** What a run says in its log of an object that it has taken back, or could not. */
export function sayLeft({ state, key, reason }: Left): string {
  return `${words[state]} ${key}${reason ? `: ${reason}` : ""}`;
}

/** The same, read again; nothing where the line says something else. */
export function readLeft(text: string): Pick<Left, "state" | "key"> | undefined {
  for (const [state, word] of Object.entries(words) as [Left["state"], string][]) {
    if (!text.startsWith(`${word} `)) continue;
    // Keys have no colons but those of names, which are followed by no space.
    const [key = ""] = text.slice(word.length + 1).split(": ");
    return { state, key };
  }
  return undefined;
}

const errors = /^(?:The run failed: |Could not delete |“[^”]*” failed: )/;
const warnings = /^(?:Warning: |The run was cancelled$)/;

/** How grave a line is, by what it says. */
export function levelOf(text: string): RunLog["level"] {
  if (errors.test(text)) return "error";
  return warnings.test(text) ? "warning" : "info";
}
