import type { DesignNode } from "../../contract/design.ts";
import { onGrid, type Point } from "../../core/layout/free-spot.ts";
import { nameOfNode } from "../../core/relations/node-names.ts";
import { type Desk, say } from "./board-store.ts";
import { isLocked, meantNodes, selectedNodes, withPlaced } from "./commands.ts";
import { cardSize, type Graph, newId, withNodes } from "./graph.ts";
import { counted, namesOf } from "./node-words.ts";
import { aligned, distributed, type Side } from "./order.ts";
import { tidyPlaces } from "./tidy.ts";

/** Shifts nodes; shifts with one key in a row are one step. */
export function shift(desk: Desk, nodes: readonly DesignNode[], by: Point, squash?: string): void {
  if (nodes.length === 0 || isLocked(desk)) return;
  place(
    desk,
    nodes.map((node) => ({ ...node, position: { x: node.position.x + by.x, y: node.position.y + by.y } })),
    squash,
  );
}

/** Puts nodes where they are in these copies of them. */
export function place(desk: Desk, nodes: readonly DesignNode[], squash?: string): void {
  desk.graph.edit({ label: `move ${namesOf(nodes)}`, squash }, (graph) => {
    const moved = nodes.flatMap(({ id, position }) => {
      const node = graph.nodes.get(id);
      const isThere = node?.position.x === position.x && node.position.y === position.y;
      return node && !isThere ? [{ ...node, position }] : [];
    });
    if (moved.length === 0) return graph;
    return withPlaced(
      withNodes(graph, moved),
      moved.map(({ id }) => id),
    );
  });
}

/** Begins to move by keys; the cards follow the arrows until it is kept or put back. */
export function beginMove(desk: Desk): void {
  const nodes = meantNodes(desk);
  if (nodes.length === 0 || isLocked(desk)) return;
  desk.graph.select(nodes.map(({ id }) => id));
  desk.board.setState({ moving: desk.graph.getState().graph });
  say(desk, `Moving ${namesOf(nodes)}. Arrows move, Enter keeps, Escape puts back.`);
}

export function keepMove(desk: Desk): void {
  const { moving } = desk.board.getState();
  const [first, ...more] = selectedNodes(desk);
  desk.board.setState({ moving: undefined });
  const before = first && moving?.nodes.get(first.id);
  if (!first || !before) return;
  const words = way(first.position.x - before.position.x, first.position.y - before.position.y);
  const name = more.length > 0 ? counted(more.length + 1, "node") : nameOfNode(first);
  say(desk, words ? `${name} moved ${words}` : `${name} stays where it was`);
}

export function cancelMove(desk: Desk): void {
  const { moving } = desk.board.getState();
  desk.board.setState({ moving: undefined });
  const isMoved = selectedNodes(desk).some(
    ({ id, position }) => moving?.nodes.get(id) && moving.nodes.get(id)?.position !== position,
  );
  // What was undone meanwhile is not to take the step before it along.
  if (isMoved) desk.graph.undo();
  say(desk, "Put back");
}

function way(x: number, y: number): string {
  const across = x === 0 ? [] : [`${Math.abs(x)} ${x > 0 ? "right" : "left"}`];
  const along = y === 0 ? [] : [`${Math.abs(y)} ${y > 0 ? "down" : "up"}`];
  return [...across, ...along].join(", ");
}

export function align(desk: Desk, side: Side): void {
  const nodes = selectedNodes(desk);
  if (nodes.length < 2 || isLocked(desk)) return;
  place(desk, aligned(nodes, side));
  say(desk, `Aligned ${counted(nodes.length, "node")}`);
}

export function distribute(desk: Desk, axis: "x" | "y"): void {
  const nodes = selectedNodes(desk);
  if (nodes.length < 3 || isLocked(desk)) return;
  place(desk, distributed(nodes, axis));
  say(desk, `Distributed ${counted(nodes.length, "node")}`);
}

/** Puts nodes into one frame; each is in one group at most. */
export function groupNodes(desk: Desk, ids: readonly string[], title: string): void {
  if (ids.length === 0 || isLocked(desk)) return;
  const own = new Set(ids);
  desk.graph.edit({ label: `group ${counted(ids.length, "node")}` }, (graph) =>
    withGroups(graph, (groups) => [
      ...groups.map((group) => ({ ...group, node_ids: group.node_ids.filter((id) => !own.has(id)) })),
      { id: newId(), title, node_ids: [...ids], collapsed: false },
    ]),
  );
  say(desk, `Grouped ${counted(ids.length, "node")} as ${title}`);
}

export function ungroup(desk: Desk, groupId: string): void {
  if (isLocked(desk)) return;
  desk.graph.edit({ label: "ungroup" }, (graph) =>
    withGroups(graph, (groups) => groups.filter(({ id }) => id !== groupId)),
  );
  say(desk, "Ungrouped");
}

export function toggleGroup(desk: Desk, groupId: string): void {
  desk.graph.edit({ label: "fold a group" }, (graph) =>
    withGroups(graph, (groups) =>
      groups.map((group) => (group.id === groupId ? { ...group, collapsed: !group.collapsed } : group)),
    ),
  );
}

type Groups = Graph["extras"]["groups"];

function withGroups(graph: Graph, change: (groups: Groups) => Groups): Graph {
  const groups = change(graph.extras.groups).filter(({ node_ids }) => node_ids.length > 0);
  return { ...graph, extras: { ...graph.extras, groups } };
}

/** Writes a note, or changes one; without text it is taken away. */
export function writeNote(desk: Desk, text: string, id?: string, at?: Point): void {
  if (isLocked(desk)) return;
  const written = text.trim();
  desk.graph.edit({ label: written ? "write a note" : "remove a note" }, (graph) => {
    const { notes } = graph.extras;
    const others = notes.filter((note) => note.id !== id);
    const old = notes.find((note) => note.id === id);
    const fresh = { id: newId(), x: onGrid(at?.x ?? 0), y: onGrid(at?.y ?? 0), w: cardSize.width, h: 96 };
    const next = written ? [...others, { ...(old ?? fresh), text: written }] : others;
    return { ...graph, extras: { ...graph.extras, notes: next } };
  });
}

export function moveNote(desk: Desk, id: string, { x, y }: Point): void {
  desk.graph.edit({ label: "move a note" }, (graph) => {
    const notes = graph.extras.notes.map((note) => (note.id === id ? { ...note, x, y } : note));
    return { ...graph, extras: { ...graph.extras, notes } };
  });
}

/** Shows where tidying would put things; nothing has moved before it is accepted. */
export async function proposeTidy(desk: Desk): Promise<void> {
  if (isLocked(desk)) return;
  const { graph, selection } = desk.graph.getState();
  const places = await tidyPlaces(graph, selection).catch(() => undefined);
  if (!places) {
    say(desk, "What tidies the drawing could not be loaded. Everything stays where it is.");
    return;
  }
  const moved = new Map(
    [...places].filter(([id, { x, y }]) => {
      const at = graph.nodes.get(id)?.position;
      return at && (at.x !== x || at.y !== y);
    }),
  );
  if (moved.size === 0) {
    say(desk, "Everything is tidy, or was put where it is by hand. Select cards to tidy those.");
    return;
  }
  desk.board.setState({ proposal: moved });
  say(desk, `${counted(moved.size, "node")} would move. Enter accepts, Escape leaves everything as it is.`);
}

export function acceptTidy(desk: Desk): void {
  const { proposal } = desk.board.getState();
  desk.board.setState({ proposal: undefined });
  if (!proposal) return;
  desk.graph.edit({ label: `tidy ${counted(proposal.size, "node")}` }, (graph) =>
    withNodes(
      graph,
      [...proposal].flatMap(([id, position]) => {
        const node = graph.nodes.get(id);
        return node ? [{ ...node, position }] : [];
      }),
    ),
  );
  say(desk, `Tidied ${counted(proposal.size, "node")}`);
}
