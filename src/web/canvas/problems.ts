import type { Detail } from "../../core/problem.ts";

/** Something wrong with a drawing; an error keeps it from being deployed, never from being saved. */
export interface CanvasProblem extends Detail {
  severity: "error" | "warning";
}

export interface Problems {
  /** Errors first, then in the order of the drawing. */
  all: readonly CanvasProblem[];
  byNode: ReadonlyMap<string, readonly CanvasProblem[]>;
}

export const noProblems: Problems = { all: [], byNode: new Map() };

export function groupedProblems(all: readonly CanvasProblem[]): Problems {
  const byNode = Map.groupBy(
    all.filter(({ node_id }) => node_id !== undefined),
    ({ node_id }) => node_id ?? "",
  );
  return { all, byNode };
}
