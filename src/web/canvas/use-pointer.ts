import type { NodeChange, NodePositionChange, OnConnectEnd, OnConnectStart } from "@xyflow/react";
import { type MouseEvent as ReactMouseEvent, useMemo } from "react";
import { onGrid, type Point } from "../../core/layout/free-spot.ts";
import { moveNote, place } from "./arrange.ts";
import { type Desk, say, useDesk } from "./board-store.ts";
import { connect, isLocked } from "./commands.ts";
import { connectionOf } from "./connect.ts";
import { type DrawnEdge, type DrawnNode, noteId } from "./drawn.ts";
import { counted } from "./node-words.ts";
import { guidesFor } from "./order.ts";
import { isWithin, type Places } from "./window.ts";

/** What pointers do, as the same edits that keys make. */
export function usePointer() {
  const desk = useDesk();
  return useMemo(() => ({ ...draggingOf(desk), ...connectingOf(desk), ...clickingOf(desk) }), [desk]);
}

type Dragging = ReactMouseEvent | MouseEvent | TouchEvent;
type Changes = NodeChange<DrawnNode>[];

function draggingOf(desk: Desk) {
  let isFree = false;

  return {
    onNodeDragStart(event: Dragging, { id }: DrawnNode) {
      const isCard = desk.graph.getState().graph.nodes.has(id);
      desk.board.setState({ dragged: new Map(), ...(isCard && { active: id }) });
      isFree = "altKey" in event && event.altKey;
    },
    onNodeDrag(event: Dragging) {
      isFree = "altKey" in event && event.altKey;
    },
    onNodeDragStop: () => drop(desk),
    onNodesChange(changes: Changes) {
      const moves = changes.filter((change) => change.type === "position");
      if (moves.length > 0) carry(desk, moves, isFree);
      // A drag that is broken off by a second finger is told of here alone.
      if (moves.some(({ dragging }) => dragging === false)) drop(desk);
      chooseAll(desk, changes);
    },
  };
}

/** Takes along what is dragged: on the grid, or where it lines up with what is near. */
function carry({ board, graph }: Desk, moves: readonly NodePositionChange[], isFree: boolean): void {
  const { nodes } = graph.getState().graph;
  const places = new Map(moves.flatMap(({ id, position }) => (position ? [[id, position]] : [])));
  const [first] = [...places].flatMap(([id, at]) => (nodes.has(id) ? [at] : []));
  const { by, guides } = first && !isFree ? pullOf({ board, graph }, first, places) : noPull;
  for (const [id, { x, y }] of places)
    places.set(id, nodes.has(id) ? { x: x + by.x, y: y + by.y } : { x: onGrid(x), y: onGrid(y) });
  board.setState({ dragged: places, guides });
}

/** What was dragged is one step of the history, however long it took. */
function drop(desk: Desk): void {
  const { dragged } = desk.board.getState();
  if (!dragged) return;
  const { nodes, extras } = desk.graph.getState().graph;
  const cards = [...dragged].flatMap(([id, position]) => {
    const node = nodes.get(id);
    return node ? [{ ...node, position }] : [];
  });
  if (cards.length > 0) place(desk, cards);
  for (const { id } of extras.notes) {
    const at = dragged.get(noteId(id));
    if (at) moveNote(desk, id, at);
  }
  desk.board.setState({ dragged: undefined, guides: [] });
}

const noPull = { by: { x: 0, y: 0 }, guides: [] };

function pullOf({ board, graph }: Pick<Desk, "board" | "graph">, at: Point, own: Places) {
  const { viewport, size } = board.getState();
  const seen = {
    left: -viewport.x / viewport.zoom,
    top: -viewport.y / viewport.zoom,
    right: (size.width - viewport.x) / viewport.zoom,
    bottom: (size.height - viewport.y) / viewport.zoom,
  };
  const others = [...graph.getState().graph.nodes.values()].filter(
    (node) => !own.has(node.id) && isWithin(node, seen),
  );
  const found = guidesFor(at, others);
  const pulled = {
    x: found.guides.some(({ x }) => x !== undefined) ? found.at.x : onGrid(at.x),
    y: found.guides.some(({ y }) => y !== undefined) ? found.at.y : onGrid(at.y),
  };
  return { by: { x: pulled.x - at.x, y: pulled.y - at.y }, guides: found.guides };
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
