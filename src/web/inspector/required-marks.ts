import { create } from "zustand";
import type { CanvasProblem } from "../canvas/problems.ts";

interface State {
  /** Nodes that were there when the drawing was opened, or have been looked over since. */
  known: ReadonlySet<string>;
  /** Node ids with the pointers of fields that somebody has left. */
  left: ReadonlySet<string>;
}

export const useRequiredMarks = create<State>()(() => ({ known: new Set(), left: new Set() }));

/** A drawing has been opened, for the first time or from its review: all that is missing in these nodes may be said. */
export function expectComplete(nodeIds: Iterable<string>): void {
  useRequiredMarks.setState({ known: new Set(nodeIds), left: new Set() }, true);
}

export function leaveField(nodeId: string, pointer: string): void {
  useRequiredMarks.setState(({ left }) => ({ left: new Set(left).add(nodeId + pointer) }));
}

const missing: ReadonlySet<string> = new Set(["required", "no-target"]);

/** What may be said by now: nobody is told that something is missing before they could give it. */
export function spokenProblems(all: readonly CanvasProblem[], { known, left }: State): CanvasProblem[] {
  return all.filter(({ node_id, path, code = "" }) => {
    const isFresh = node_id !== undefined && !known.has(node_id) && missing.has(code);
    return !isFresh || left.has(node_id + path);
  });
}
