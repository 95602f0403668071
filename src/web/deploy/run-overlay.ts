import type { Design } from "../../contract/design.ts";
import type { GateOverlay, NodeOverlay, Overlay } from "../canvas/overlay.ts";
import { type StatusLook, statusLook } from "../look/status.ts";
import type { RunNodeView } from "./run-view.ts";

/** The look of a node of a run: where it is, or what became of it when the run was taken back. */
export function runLook({ state, back }: Pick<RunNodeView, "state" | "back">): StatusLook {
  if (back === "doing") return statusLook("putting_back", "runNode");
  if (back === "restored" || back === "removed") {
    const look = statusLook("restored", "runNode");
    return { ...look, word: back === "removed" ? "Removed again" : look.word };
  }
  return statusLook(state, "runNode");
}

/** What follows the word: of one that was put back nothing more is to be said on its card. */
export function runDetail({ detail, state, back }: RunNodeView): string {
  return back !== undefined || state === "failed" ? "" : detail;
}

/** A run, painted on the drawing: cards with how far they are, and gates that are open, waited for or will never open. */
export function runOverlay(
  views: readonly RunNodeView[],
  { edges }: Pick<Design, "edges">,
  elapsed: ReadonlyMap<string, string>,
): Overlay {
  const nodes = views.map((view): [string, NodeOverlay] => {
    const { word, tone } = runLook(view);
    const detail = runDetail(view);
    const time = elapsed.get(view.node_id);
    return [
      view.node_id,
      {
        word: detail ? `${word} ${detail}` : word,
        tone,
        ...(view.detail && { message: view.detail }),
        ...(time && { elapsed: time }),
      },
    ];
  });
  const states = new Map(views.map(({ node_id, state }) => [node_id, state]));
  return { nodes: new Map(nodes), gates: gatesOf(edges, states) };
}

function gatesOf(
  edges: Design["edges"],
  states: ReadonlyMap<string, string>,
): ReadonlyMap<string, GateOverlay> {
  const gates = edges.flatMap(({ id, type, source }): [string, GateOverlay][] => {
    const state = states.get(source);
    if (type !== "dependency" || state === undefined) return [];
    if (state === "completed" || state === "warning") return [[id, { state: "open" }]];
    return [[id, { state: state === "failed" || state === "skipped" ? "failed" : "waiting" }]];
  });
  return new Map(gates);
}
