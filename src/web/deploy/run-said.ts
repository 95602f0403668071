import type { RunNodeView } from "./run-view.ts";

const mostNames = 3;

/** Those of a run that are seen to work. */
export function readyIn(views: readonly RunNodeView[]): RunNodeView[] {
  return views.filter(({ state, back }) => back === undefined && ["completed", "warning"].includes(state));
}

/** `Ready: api, 5 of 12`: who has become ready since it was last told; nothing if nobody has. */
export function readyText(told: ReadonlySet<string>, views: readonly RunNodeView[], total: number): string {
  const ready = readyIn(views);
  const names = ready.flatMap(({ node_id, name }) => (told.has(node_id) ? [] : [name]));
  if (names.length === 0) return "";
  const news = names.length > mostNames ? `${names.length} nodes` : names.join(", ");
  return `Ready: ${news}, ${ready.length} of ${total}`;
}
