import type { NodeChange, OnConnectEnd, OnConnectStart } from "@xyflow/react";
import { type MouseEvent as ReactMouseEvent, useMemo } from "react";
import { onGrid, type Point } from "../../core/layout/free-spot.ts";
import { moveNote, place } from "./arrange.ts";
import { type Desk, say, useDesk } from "./board-store.ts";
import { connect, isLocked } from "./commands.ts";
import { connectionOf } from "./connect.ts";
import type { DrawnEdge, DrawnNode } from "./drawn.ts";
import { gesture } from "./history.ts";
import { counted } from "./node-words.ts";
import { guidesFor } from "./order.ts";
import { isWithin } from "./window.ts";

/** What pointers do, as the same edits that keys make. */
export function usePointer() {
  const desk = useDesk();
  return useMemo(() => ({ ...draggingOf(desk), ...connectingOf(desk), ...clickingOf(desk) }), [desk]);
}

type Dragging = ReactMouseEvent | MouseEvent | TouchEvent;
type Changes = NodeChange<DrawnNode>[];

function draggingOf(desk: Desk) {
  let turn = 0;
  let isFree = false;
  const key = () => `${gesture}drag ${turn}`;

  return {
    onNodeDragStart(event: Dragging, { id }: DrawnNode) {
      turn += 1;
      desk.board.setState({ isDragging: true });
      if (desk.graph.getState().graph.nodes.has(id)) desk.board.setState({ active: id });
      isFree = "altKey" in event && event.altKey;
    },
    onNodeDrag(event: Dragging) {
      isFree = "altKey" in event && event.altKey;
    },
    onNodeDragStop() {
      desk.board.setState({ guides: [], isDragging: false });
    },
    onNodesChange(changes: Changes) {
      const moves = changes.flatMap((change) =>
        change.type === "position" && change.position ? [{ id: change.id, at: change.position }] : [],
      );
      moveAll(desk, moves, isFree, key());
      chooseAll(desk, changes);
    },
  };
}

interface Move {
  id: string;
  at: Point;
}

/** Moves what is dragged: on the grid, or where it lines up with what is near. */
function moveAll(desk: Desk, moves: readonly Move[], isFree: boolean, key: string): void {
  const { nodes } = desk.graph.getState().graph;
  const [note] = moves.filter(({ id }) => id.startsWith("note "));
  if (note) moveNote(desk, note.id.slice(5), { x: onGrid(note.at.x), y: onGrid(note.at.y) }, key);
  const cards = moves.filter(({ id }) => nodes.has(id));
  const [first] = cards;
  if (!first) return;
  const by = isFree ? { x: 0, y: 0 } : pullOf(desk, first, new Set(cards.map(({ id }) => id)));
  const moved = cards.flatMap(({ id, at }) => {
    const node = nodes.get(id);
    return node ? [{ ...node, position: { x: at.x + by.x, y: at.y + by.y } }] : [];
  });
  place(desk, moved, key);
}

function pullOf(desk: Desk, { at }: Move, own: ReadonlySet<string>): Point {
  const { viewport, size } = desk.board.getState();
  const seen = {
    left: -viewport.x / viewport.zoom,
    top: -viewport.y / viewport.zoom,
    right: (size.width - viewport.x) / viewport.zoom,
    bottom: (size.height - viewport.y) / viewport.zoom,
  };
  const others = [...desk.graph.getState().graph.nodes.values()].filter(
    (node) => !own.has(node.id) && isWithin(node, seen),
  );
  const found = guidesFor(at, others);
  desk.board.setState({ guides: found.guides });
  const pulled = {
    x: found.guides.some(({ x }) => x !== undefined) ? found.at.x : onGrid(at.x),
    y: found.guides.some(({ y }) => y !== undefined) ? found.at.y : onGrid(at.y),
  };
  return { x: pulled.x - at.x, y: pulled.y - at.y };
}

function chooseAll({ graph }: Desk, changes: Changes): void {
  const chosen = changes.filter((change) => change.type === "select");
  if (chosen.length === 0) return;
  const next = new Set(graph.getState().selection);
  for (const { id, selected } of chosen)
    if (selected) next.add(id);
    else next.delete(id);
  // An edge stays chosen while nothing else is.
  if (next.size > 0 || graph.getState().selection.size > 0) graph.select(next);
}

function connectingOf(desk: Desk) {
  const { board } = desk;
  const start: OnConnectStart = (_, { nodeId }) => {
    if (nodeId !== null && desk.graph.getState().graph.nodes.has(nodeId))
      board.setState({ drawn: { from: nodeId }, refusal: undefined });
  };
  const end: OnConnectEnd = (event) => {
    const { drawn } = board.getState();
    board.setState({ drawn: undefined });
    const screen = "changedTouches" in event ? event.changedTouches[0] : event;
    if (!drawn || !screen) return;
    const to = cardAt(screen);
    if (to === undefined) offerKinds(desk, drawn.from, screen);
    else if (to !== drawn.from) finish(desk, drawn.from, to);
  };
  return {
    onConnectStart: start,
    onConnectEnd: end,
    onClickConnectStart: (_: unknown, { nodeId }: { nodeId: string | null }) => {
      if (nodeId === null || isLocked(desk)) return;
      board.setState({ drawn: { from: nodeId, isClick: true }, refusal: undefined });
      say(desk, "Click the card to connect to, or press Escape");
    },
  };
}

function cardAt({ clientX, clientY }: { clientX: number; clientY: number }): string | undefined {
  const found = document.elementFromPoint(clientX, clientY)?.closest<HTMLElement>(".react-flow__node-card");
  return found?.dataset.id;
}

/** Dropped on nothing: only what fits is offered, and joined. */
function offerKinds(
  { board, view }: Desk,
  from: string,
  { clientX, clientY }: { clientX: number; clientY: number },
) {
  const isOnCanvas = document.elementFromPoint(clientX, clientY)?.closest(".react-flow") !== null;
  if (isOnCanvas)
    board.setState({ panel: { kind: "add", at: view.pointAt({ x: clientX, y: clientY }), from } });
}

/** Joins two, or shows why they do not fit and what would work. */
function finish(desk: Desk, from: string, to: string): void {
  const found = connectionOf(desk.graph.getState().graph, from, to);
  if ("why" in found) {
    desk.board.setState({ refusal: { from, to, ...found } });
    say(desk, found.why);
  } else connect(desk, from, to);
}

function clickingOf(desk: Desk) {
  const { board, graph } = desk;
  return {
    onNodeClick(_: unknown, { id }: DrawnNode) {
      const { drawn } = board.getState();
      if (drawn?.isClick && graph.getState().graph.nodes.has(id)) {
        board.setState({ drawn: undefined });
        if (drawn.from !== id) finish(desk, drawn.from, id);
        return;
      }
      if (graph.getState().graph.nodes.has(id)) board.setState({ active: id, refusal: undefined });
    },
    onNodeMouseEnter(_: unknown, { id }: DrawnNode) {
      const { drawn } = board.getState();
      if (drawn) board.setState({ drawn: { ...drawn, over: id } });
    },
    onNodeMouseLeave() {
      const { drawn } = board.getState();
      if (drawn?.over !== undefined)
        board.setState({ drawn: { from: drawn.from, ...(drawn.isClick && { isClick: true }) } });
    },
    onEdgeClick: (_: unknown, { id }: DrawnEdge) => graph.selectEdge(id),
    onPaneClick() {
      graph.select([]);
      board.setState({ drawn: undefined, refusal: undefined });
    },
    onSelectionEnd() {
      const { selection } = graph.getState();
      if (selection.size > 0) say(desk, `${counted(selection.size, "node")} selected`);
    },
  };
}
