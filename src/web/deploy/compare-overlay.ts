import type { Design } from "../../contract/design.ts";
import type { NodeOverlay, Overlay } from "../canvas/overlay.ts";
import type { CompareRow, Difference } from "./compare-rows.ts";

const looks: Readonly<Record<Difference, Pick<NodeOverlay, "word" | "tone" | "mark">>> = {
  added: { word: "Added", tone: "ok", mark: "new" },
  removed: { word: "Removed", tone: "bad", mark: "removed" },
  changed: { word: "Changed", tone: "busy", mark: "edited" },
  moved: { word: "Moved", tone: "idle", mark: "moved" },
};

/** What differs, painted on a drawing that has both. */
export function compareOverlay(rows: readonly CompareRow[], both: Design): Overlay {
  const differing = new Map(rows.map(({ id, is }) => [id, is]));
  const nodes = both.nodes.map(({ id }): [string, NodeOverlay] => {
    const is = differing.get(id);
    return [id, is ? looks[is] : { word: "The same", tone: "idle" }];
  });
  return { nodes: new Map(nodes) };
}
