import { isDeepStrictEqual } from "node:util";
import type { WorkflowRun } from "../../src/contract/runs.ts";
import type { Snapshot } from "./fault-story.ts";

const heads = ["scenario", "at step", "status", "outcome", "objects", "claims"];

/** What became of each fault, as a plain table. */
export function createFaultTable() {
  const rows: string[][] = [];

  return {
    /** Answers what is not as it should be. */
    add(
      scenario: string,
      step: string,
      run: Pick<WorkflowRun, "status" | "outcome">,
      was: "as before" | "as planned",
      [wanted, found]: [Snapshot, Snapshot],
    ): string[] {
      const other = differing(wanted, found);
      const claims = other.filter((key) => key.startsWith("persistentvolumeclaims/"));
      const objects =
        other.length > 0 ? `DIFFER: ${other.join(", ")}` : `${Object.keys(found).length} ${was}`;
      const { status, outcome = "none" } = run;
      rows.push([scenario, step, status, outcome, objects, claims.length > 0 ? "TOUCHED" : "untouched"]);
      return other;
    },

    toString(): string {
      const all = [heads, ...rows];
      const widths = heads.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
      const line = (row: string[]) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ");
      return [line(heads), widths.map((width) => "-".repeat(width)).join("-|-"), ...rows.map(line)].join(
        "\n",
      );
    },
  };
}

function differing(wanted: Snapshot, found: Snapshot): string[] {
  const keys = [...new Set([...Object.keys(wanted), ...Object.keys(found)])];
  return keys.filter((key) => !isDeepStrictEqual(wanted[key], found[key])).toSorted();
}
