import type { Design } from "../../contract/design.ts";
import type { Action, Plan, PlannedObject } from "../../contract/plan.ts";
import { nameOfNode } from "../../core/relations/node-names.ts";
import type { Ghost, NodeOverlay, Overlay } from "../canvas/overlay.ts";
import { statusLook } from "../look/status.ts";
import { sayWait } from "./plan-words.ts";

const marks: Partial<Record<Action, NodeOverlay["mark"]>> = {
  create: "new",
  update: "edited",
  delete: "removed",
  keep: "detached",
};

interface Drawings {
  design: Design;
  /** What is live, where the removed had their places. */
  deployed: Design | undefined;
}

/** A plan, painted on the drawing: each card says what becomes of it, and what goes stands in its old place. */
export function planOverlay(plan: Plan, { design, deployed }: Drawings): Overlay {
  const names = new Map(design.nodes.map((node) => [node.id, nameOfNode(node)]));
  const nameOf = (id: string) => names.get(id) ?? id;
  const nodes = plan.nodes.map(({ node_id, action, waits_for }): [string, NodeOverlay] => {
    const { word, tone } = statusLook(action, "plan");
    const mark = marks[action];
    return [
      node_id,
      {
        word,
        tone,
        ...(mark && { mark }),
        ...(waits_for.length > 0 && {
          message: `waits for ${waits_for.map((wait) => sayWait(wait, nameOf)).join(" and ")}`,
        }),
      },
    ];
  });
  return { nodes: new Map([...nodes, ...leaving(plan, design)]), ghosts: ghostsOf(plan, design, deployed) };
}

/** Nodes that are drawn and go all the same: archiving takes away what they made. */
function leaving({ intent, removed }: Plan, design: Design): [string, NodeOverlay][] {
  if (intent !== "undeploy") return [];
  return design.nodes.flatMap(({ id }): [string, NodeOverlay][] => {
    const own = removed.filter(({ node_id }) => node_id === id);
    return own.length > 0 ? [[id, leavingOf(own)]] : [];
  });
}

function leavingOf(own: readonly PlannedObject[]): NodeOverlay {
  return own.every(({ action }) => action === "keep")
    ? { word: "Will be kept", tone: "warn", mark: "detached" }
    : { word: "Will be deleted", tone: "bad", mark: "removed" };
}

function ghostsOf({ removed }: Plan, design: Design, deployed: Design | undefined): Ghost[] {
  const drawn = new Set(design.nodes.map(({ id }) => id));
  const gone = (deployed?.nodes ?? []).filter(({ id }) => !drawn.has(id));
  return gone.flatMap((node): Ghost[] => {
    const own = removed.filter(({ node_id }) => node_id === node.id);
    if (own.length === 0) return [];
    const { word, tone } = leavingOf(own);
    return [{ node, word, tone }];
  });
}
