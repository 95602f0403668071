import { type Desk, say } from "./board-store.ts";
import { alongEdges, readingOrder } from "./order.ts";
import { goTo } from "./travel.ts";

/** Goes along the first edge that leaves or reaches the card. */
export function followEdge(desk: Desk, way: "out" | "in"): void {
  const { active } = desk.board.getState();
  if (active === undefined) return;
  const [next] = alongEdges(desk.graph.getState().graph, active, way);
  if (next !== undefined) goTo(desk, next);
  else say(desk, way === "out" ? "No edge leads on from here" : "No edge leads here");
}

/** Goes to the first or last card in reading order. */
export function goToEnd(desk: Desk, index: 0 | -1): void {
  const id = readingOrder(desk.graph.getState().graph).at(index);
  if (id !== undefined) goTo(desk, id);
}

/** Adds a card to what is selected, or takes it out. */
export function toggle(desk: Desk, id: string): void {
  const next = new Set(desk.graph.getState().selection);
  if (!next.delete(id)) next.add(id);
  desk.graph.select(next);
  saySelected(desk);
}

export function saySelected(desk: Desk): void {
  const { size } = desk.graph.getState().selection;
  say(desk, size === 1 ? "Selected" : `${size} selected`);
}
