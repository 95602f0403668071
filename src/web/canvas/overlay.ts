import type { DesignNode } from "../../contract/design.ts";

export type Tone = "ok" | "busy" | "warn" | "bad" | "idle" | "stale" | "accent";

/** What a plan, a run or a comparison says of one node, painted on its card instead of its status. */
export interface NodeOverlay {
  /** The word in the card's pill: `Create`, `Settling 1 of 3`, `Put back`. */
  word: string;
  tone: Tone;
  /** More in words, for the tooltip and for screen readers: a reason, what it waits for. */
  message?: string;
  /** At the card's edge, as staged changes are marked. */
  mark?: "new" | "edited" | "removed" | "detached" | "moved";
  /** Said at the right of the pill: `0:12`. */
  elapsed?: string;
  /** Not what this is about: the card steps back. */
  isDimmed?: boolean;
}

/** A node that is not in the drawing and whose place is kept: removed, gone, of the other version. */
export interface Ghost {
  node: DesignNode;
  /** `Will be deleted`, `Will be kept`, `Gone from the cluster`. */
  word: string;
  tone: Tone;
  /** A way back, on the card itself. */
  action?: { label: string; onPick(): void };
}

/** The gate of an edge that makes one wait for the other. */
export interface GateOverlay {
  state: "open" | "waiting" | "failed";
  /** `waits for migrate to complete, 12 s`. */
  words?: string;
}

export interface Overlay {
  nodes: ReadonlyMap<string, NodeOverlay>;
  ghosts?: readonly Ghost[];
  /** By the edge's id. */
  gates?: ReadonlyMap<string, GateOverlay>;
}
