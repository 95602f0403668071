import type { Graph } from "./graph.ts";
import type { Ghost, Overlay } from "./overlay.ts";
import type { Problems } from "./problems.ts";
import type { Seen } from "./statuses.ts";
import type { Viewport } from "./window.ts";

/** What a picture of the whole drawing shows. */
export interface Picture {
  graph: Graph;
  selection: ReadonlySet<string>;
  problems: Problems;
  statuses: ReadonlyMap<string, Seen>;
  /** Whether the statuses may no longer hold. */
  isOld: boolean;
  /** What is said of the nodes instead of how they are. */
  overlay: Overlay | undefined;
  ghosts: readonly Ghost[];
  matches: ReadonlySet<string> | undefined;
  active: string | undefined;
  viewport: Viewport;
  size: { width: number; height: number };
}

/** As much of it as lines go by. */
export type Lines = Pick<Picture, "graph" | "viewport" | "size">;

export type Pen = CanvasRenderingContext2D;

/** The colour of a token. */
export type Colour = (token: string) => string;

/** Whether a place of the drawing is in sight, or nearly. */
export function isSeen(x: number, y: number, { viewport, size }: Lines): boolean {
  const [left, top] = [x * viewport.zoom + viewport.x, y * viewport.zoom + viewport.y];
  return left > -300 && top > -300 && left < size.width + 300 && top < size.height + 300;
}
