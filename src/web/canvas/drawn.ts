import type { Edge, Node } from "@xyflow/react";
import { Position } from "@xyflow/react";
import type { DesignEdge, DesignNode } from "../../contract/design.ts";
import { cardSize, type Group, type Note } from "./graph.ts";
import type { Ghost } from "./overlay.ts";

/** What React Flow is given to draw, each with what it stands for. */
export type CardNode = Node<{ node: DesignNode }, "card">;
export type GhostNode = Node<{ ghost: Ghost }, "ghost">;
export type GroupNode = Node<{ group: Group; size: { width: number; height: number } }, "frame">;
export type FoldedNode = Node<{ group: Group }, "folded">;
export type NoteNode = Node<{ note: Note }, "note">;
export type ProposedNode = Node<{ node: DesignNode }, "proposed">;
export type FarNode = Node<Record<string, never>, "far">;
export type DrawnNode = CardNode | FarNode | GhostNode | GroupNode | FoldedNode | NoteNode | ProposedNode;
export type DrawnEdge = Edge<{ edge: DesignEdge; source: DesignNode; target: DesignNode }, "relation">;

export const cardId = (id: string) => `card-${id}`;

const port = (type: "source" | "target", position: Position, x: number) => ({
  type,
  position,
  x,
  y: cardSize.height / 2 - 6,
  width: 12,
  height: 12,
});

// Known beforehand, so that nothing has to be measured before its edges can be drawn.
const ports = [port("target", Position.Left, -6), port("source", Position.Right, cardSize.width - 6)];
const sized = { ...cardSize, measured: { ...cardSize }, handles: ports };

// By a place instead of a transform, of which the browser looks after each in every frame.
const at = ({ x, y }: { x: number; y: number }) => ({
  position: { x, y },
  style: { transform: "none", left: x, top: y },
});

const cards = { free: new WeakMap<DesignNode, CardNode>(), selected: new WeakMap<DesignNode, CardNode>() };

/** The card of a node: the same object for the same node, so that only what changed is drawn anew. */
export function cardOf(node: DesignNode, isSelected: boolean, isLocked: boolean): CardNode {
  const kept = isSelected ? cards.selected : cards.free;
  const known = kept.get(node);
  if (known && known.draggable === !isLocked) return known;
  const { id, position } = node;
  const made: CardNode = {
    ...{ id, ...at(position), type: "card", data: { node }, selected: isSelected, draggable: !isLocked },
    ...{ connectable: !isLocked, zIndex: isSelected ? 2 : 1, ...sized },
  };
  kept.set(node, made);
  return made;
}

const farNodes = new WeakMap<DesignNode, FarNode>();

/** The place of a node that is out of sight, for an edge to lead there. */
export function farOf(node: DesignNode): FarNode {
  const known = farNodes.get(node);
  if (known) return known;
  const { id, position } = node;
  const made: FarNode = {
    ...{ id, ...at(position), type: "far", data: {}, ...sized },
    ...{ draggable: false, selectable: false, connectable: false },
  };
  farNodes.set(node, made);
  return made;
}

export function ghostOf(ghost: Ghost): GhostNode {
  const { id, position } = ghost.node;
  return {
    ...{ id: `ghost ${id}`, ...at(position), type: "ghost", data: { ghost }, ...sized },
    ...{ draggable: false, selectable: false, connectable: false },
  };
}

export function proposedOf(node: DesignNode, position: DesignNode["position"]): ProposedNode {
  return {
    ...{ id: `proposed ${node.id}`, ...at(position), type: "proposed", data: { node }, ...sized, zIndex: 3 },
    ...{ draggable: false, selectable: false, connectable: false },
  };
}

const around = 24;
const titleHeight = 28;

/** The frame around a group's nodes. */
export function groupOf(group: Group, nodes: readonly DesignNode[]): GroupNode | undefined {
  if (nodes.length === 0) return undefined;
  const [x, y] = [nodes.map(({ position }) => position.x), nodes.map(({ position }) => position.y)];
  const [left, top] = [Math.min(...x) - around, Math.min(...y) - around - titleHeight];
  const size = {
    width: Math.max(...x) + cardSize.width + around - left,
    height: Math.max(...y) + cardSize.height + around - top,
  };
  return {
    ...{ id: `group ${group.id}`, type: "frame", ...at({ x: left, y: top }), data: { group, size } },
    ...{ draggable: false, selectable: false, connectable: false, zIndex: -1, ...size, measured: size },
  };
}

export const foldedId = (groupId: string) => `folded ${groupId}`;

/** A group as one card, where its frame begins. */
export function foldedOf(group: Group, nodes: readonly DesignNode[]): FoldedNode | undefined {
  if (nodes.length === 0) return undefined;
  const [x, y] = [nodes.map(({ position }) => position.x), nodes.map(({ position }) => position.y)];
  return {
    ...{ id: foldedId(group.id), type: "folded", ...at({ x: Math.min(...x), y: Math.min(...y) }) },
    ...{ data: { group }, draggable: false, selectable: false, connectable: false, zIndex: 1, ...sized },
  };
}

export const noteId = (id: string) => `note ${id}`;

const notes = new WeakMap<Note, NoteNode>();

export function noteOf(note: Note, isLocked: boolean): NoteNode {
  const known = notes.get(note);
  if (known && known.draggable === !isLocked) return known;
  const { id, x, y, w: width, h: height } = note;
  const made: NoteNode = {
    ...{ id: noteId(id), type: "note", ...at({ x, y }), data: { note }, draggable: !isLocked },
    ...{ selectable: false, connectable: false, zIndex: 1, width, height, measured: { width, height } },
  };
  notes.set(note, made);
  return made;
}
