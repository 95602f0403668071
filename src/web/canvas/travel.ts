import type { Point } from "../../core/layout/free-spot.ts";
import type { Desk } from "./board-store.ts";
import { cardSize } from "./graph.ts";

const margin = 32;

/** Goes to a card: the keyboard is at it, and it is seen. */
export function goTo(desk: Desk, id: string): void {
  desk.board.setState({ active: id });
  reveal(desk, id);
}

/** Pans as far as it takes for a card to be seen whole, and no farther. */
export function reveal({ graph, board, view }: Desk, id: string): void {
  const node = graph.getState().graph.nodes.get(id);
  if (!node) return;
  const { viewport, size } = board.getState();
  const zoom = Math.max(viewport.zoom, 0.45);
  if (zoom !== viewport.zoom) {
    view.set(centred(node.position, size, zoom), true);
    return;
  }
  const [left, top] = [node.position.x * zoom + viewport.x, node.position.y * zoom + viewport.y];
  const by = {
    x: into(left, left + cardSize.width * zoom, size.width),
    y: into(top, top + cardSize.height * zoom, size.height),
  };
  if (by.x !== 0 || by.y !== 0) view.set({ x: viewport.x + by.x, y: viewport.y + by.y, zoom }, true);
}

function into(start: number, end: number, size: number): number {
  if (start < margin) return margin - start;
  return end > size - margin ? size - margin - end : 0;
}

function centred({ x, y }: Point, size: { width: number; height: number }, zoom: number) {
  return {
    x: size.width / 2 - (x + cardSize.width / 2) * zoom,
    y: size.height / 2 - (y + cardSize.height / 2) * zoom,
    zoom,
  };
}

/** Flies to a place of the drawing, near enough to read cards. */
export function flyTo({ board, view }: Desk, at: Point): void {
  const { size, viewport } = board.getState();
  const zoom = Math.max(viewport.zoom, 0.8);
  view.set({ x: size.width / 2 - at.x * zoom, y: size.height / 2 - at.y * zoom, zoom }, true);
}

export function panBy({ board, view }: Desk, { x, y }: Point): void {
  const { viewport } = board.getState();
  view.set({ ...viewport, x: viewport.x + x, y: viewport.y + y });
}
