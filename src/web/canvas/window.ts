import type { DesignEdge, DesignNode } from "../../contract/design.ts";
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

/** The part of the drawing that is seen, and one cell around it, in whole cells: it changes rarely while panning. */
export function areaOf({ x, y, zoom }: Viewport, size: { width: number; height: number }): Area {
  const cells = (pixels: number, side: number) => Math.floor(pixels / zoom / side);
  return {
    left: (cells(-x, cell.width) - 1) * cell.width,
    top: (cells(-y, cell.height) - 1) * cell.height,
    right: (cells(size.width - x, cell.width) + 2) * cell.width,
    bottom: (cells(size.height - y, cell.height) + 2) * cell.height,
  };
}

export function isWithin({ position: { x, y } }: Pick<DesignNode, "position">, area: Area): boolean {
  return (
    x < area.right && x + cardSize.width > area.left && y < area.bottom && y + cardSize.height > area.top
  );
}

export interface Shown {
  nodes: DesignNode[];
  edges: DesignEdge[];
}

/** What is handed on to be drawn: the nodes of an area and those at the other ends of their edges; nothing if too many. */
export function shownIn({ nodes, edges }: Graph, area: Area): Shown | undefined {
  const ids = new Set<string>();
  for (const node of nodes.values()) if (isWithin(node, area)) ids.add(node.id);
  if (ids.size > mostInWindow) return undefined;
  const joined = [...edges.values()].filter(({ source, target }) => ids.has(source) || ids.has(target));
  for (const { source, target } of joined) ids.add(source).add(target);
  const shown = [...ids].flatMap((id) => nodes.get(id) ?? []);
  return {
    nodes: shown,
    edges: joined.filter(({ source, target }) => nodes.has(source) && nodes.has(target)),
  };
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
