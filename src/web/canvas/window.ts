import type { DesignEdge, DesignNode } from "../../contract/design.ts";
import type { Point } from "../../core/layout/free-spot.ts";
import { cardSize, type Graph } from "./graph.ts";

export interface Viewport {
  x: number;
  y: number;
  zoom: number;
}

export interface Area {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Where things are that are not where the drawing has them, by their ids on the canvas. */
export type Places = ReadonlyMap<string, Point>;

const cell = { width: 420, height: 360 } as const;
const mostInWindow = 600;
export const overviewZoom = 0.3;

/** How much of a card is shown. */
export type Level = "card" | "status" | "name" | "overview";

export function levelOf(zoom: number): Level {
  if (zoom >= 0.75) return "card";
  if (zoom >= 0.45) return "status";
  return zoom >= overviewZoom ? "name" : "overview";
}

/** The part of the drawing that is seen, and one cell around it, in whole cells. */
export function areaOf({ x, y, zoom }: Viewport, size: { width: number; height: number }): Area {
  const cells = (pixels: number, side: number) => Math.floor(pixels / zoom / side);
  return {
    left: (cells(-x, cell.width) - 1) * cell.width,
    top: (cells(-y, cell.height) - 1) * cell.height,
    right: (cells(size.width - x, cell.width) + 2) * cell.width,
    bottom: (cells(size.height - y, cell.height) + 2) * cell.height,
  };
}

/**
 * The part of the drawing to draw. It stays the same object for as long as it holds all that is seen and little more:
 * what is drawn changes rarely while panning, and not at all on the way back. Where each frame counts what is painted, as
 * while something is dragged, it is no larger than it must be.
 */
export function createAreas() {
  let last: Area | undefined;
  return (viewport: Viewport, size: { width: number; height: number }, isTight: boolean): Area => {
    const wanted = areaOf(viewport, size);
    if (!last || !isHeld(wanted, last, cell) || !isHeld(last, wanted, isTight ? none : most)) last = wanted;
    return last;
  };
}

/** How much larger than wanted an area may be on a side before it is let go. */
const most = { width: 2 * cell.width, height: 2 * cell.height };
const none = { width: 0, height: 0 };

/** Places that are told anew only when what is dragged has come so far that other cards may have come into sight. */
export function createStrides() {
  let last: Places | undefined;
  return (places: Places | undefined): Places | undefined => {
    const [id, to] = places?.entries().next().value ?? [""];
    const from = last?.get(id);
    const isNear =
      from && to && Math.hypot((to.x - from.x) / cell.width, (to.y - from.y) / cell.height) < 0.5;
    if (!isNear) last = places;
    return last;
  };
}

/** Whether an area is within another, but for so much on a side. */
function isHeld(inner: Area, outer: Area, beyond: { width: number; height: number }): boolean {
  return (
    inner.left >= outer.left - beyond.width &&
    inner.right <= outer.right + beyond.width &&
    inner.top >= outer.top - beyond.height &&
    inner.bottom <= outer.bottom + beyond.height
  );
}

export function isWithin({ position: { x, y } }: Pick<DesignNode, "position">, area: Area): boolean {
  return (
    x < area.right && x + cardSize.width > area.left && y < area.bottom && y + cardSize.height > area.top
  );
}

export interface Shown {
  nodes: DesignNode[];
  /** Out of sight, at the other ends of edges. */
  far: DesignNode[];
  edges: DesignEdge[];
}

/** What is handed on to be drawn: the nodes of an area, their edges, and those at the other ends of these; nothing if too many. */
export function shownIn({ nodes, edges }: Graph, area: Area, places?: Places): Shown | undefined {
  const near = nearIn(nodes, area, places);
  if (near.size > mostInWindow) return undefined;
  const far = new Map<string, DesignNode>();
  const joined: DesignEdge[] = [];
  for (const edge of edges.values()) {
    const { source, target } = edge;
    if (!near.has(source) && !near.has(target)) continue;
    const ends = [source, target].flatMap((id) => nodes.get(id) ?? []);
    if (ends.length < 2) continue;
    joined.push(edge);
    for (const end of ends) if (!near.has(end.id)) far.set(end.id, end);
  }
  return { nodes: [...near.values()], far: [...far.values()], edges: joined };
}

function nearIn(nodes: Graph["nodes"], area: Area, places: Places | undefined): Map<string, DesignNode> {
  const near = new Map<string, DesignNode>();
  for (const node of nodes.values()) {
    const { id, position } = node;
    if (isWithin({ position: places?.get(id) ?? position }, area)) near.set(id, node);
  }
  return near;
}

/** The area that all nodes take up. */
export function boundsOf(nodes: Iterable<Pick<DesignNode, "position">>): Area | undefined {
  let area: Area | undefined;
  for (const {
    position: { x, y },
  } of nodes) {
    area ??= { left: x, top: y, right: x, bottom: y };
    area.left = Math.min(area.left, x);
    area.top = Math.min(area.top, y);
    area.right = Math.max(area.right, x + cardSize.width);
    area.bottom = Math.max(area.bottom, y + cardSize.height);
  }
  return area;
}
