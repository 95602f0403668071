import type { DesignNode } from "../../contract/design.ts";
import { BoxIndex } from "../../core/layout/box-index.ts";
import { freeSpot, type Point } from "../../core/layout/free-spot.ts";
import type { Way } from "../../core/relations/fits.ts";
import { nameOfNode } from "../../core/relations/node-names.ts";
import { type Desk, say } from "./board-store.ts";
import { connectionOf, type Wish } from "./connect.ts";
import { sentenceOf } from "./edge-words.ts";
import { cardSize, type Graph, newId, withEdges, withNodes, withoutEdges, withoutNodes } from "./graph.ts";
import { newNode, suggestedName, uniqueName } from "./names.ts";
import { namesOf, titleOf } from "./node-words.ts";
import { goTo } from "./travel.ts";

/** Says why nothing may be changed, if so. */
export function isLocked(desk: Desk): boolean {
  const { lock } = desk.graph.getState();
  if (lock !== undefined) say(desk, lock);
  return lock !== undefined;
}

export function selectedNodes({ graph }: Desk): DesignNode[] {
  const { selection, graph: drawing } = graph.getState();
  return [...selection].flatMap((id) => drawing.nodes.get(id) ?? []);
}

/** What keys are about: what is selected, else the card they are at. */
export function meantNodes(desk: Desk): DesignNode[] {
  const selected = selectedNodes(desk);
  const { active } = desk.board.getState();
  const at = active === undefined ? undefined : desk.graph.getState().graph.nodes.get(active);
  return selected.length > 0 ? selected : at ? [at] : [];
}

interface Addition {
  kind: string;
  /** Where, in the drawing; else beside what is selected, else where one looks. */
  at?: Point | undefined;
  /** The node it is to be joined to. */
  from?: string | undefined;
  name?: string | undefined;
}

/** Adds a node on a free place and selects it. */
export function addNode(desk: Desk, { kind, at, from, name }: Addition): string | undefined {
  if (isLocked(desk)) return undefined;
  const { graph } = desk.graph.getState();
  const id = newId();
  const nodes = graph.nodes.values();
  const called = name ? uniqueName(name, kind, nodes) : suggestedName(kind, nodes);
  const node = newNode(id, kind, called, placeFor(desk, at, from));
  desk.graph.edit({ label: `add ${titleOf(kind)} ${called}` }, (before) => {
    const next = withPlaced(withNodes(before, [node]), [id]);
    const joined = from === undefined ? undefined : connectionOf(next, from, id);
    return joined && "edge" in joined ? withEdges(next, [joined.edge]) : next;
  });
  desk.graph.select([id]);
  goTo(desk, id);
  say(desk, `Added ${titleOf(kind)} ${called}`);
  return id;
}

function placeFor(desk: Desk, at: Point | undefined, from: string | undefined): Point {
  const { graph, selection } = desk.graph.getState();
  const [only] = selection.size === 1 ? selection : [from];
  const beside = only === undefined ? undefined : graph.nodes.get(only)?.position;
  const wanted = at ?? (beside ? { x: beside.x + cardSize.width + 128, y: beside.y } : middleOf(desk));
  return freeSpot({ ...wanted, ...cardSize }, takenBy(graph));
}

function takenBy(graph: Graph): BoxIndex {
  return new BoxIndex([...graph.nodes.values()].map(({ position }) => ({ ...position, ...cardSize })));
}

/** The middle of what is seen, for a card. */
export function middleOf({ board }: Desk): Point {
  const { viewport, size } = board.getState();
  return {
    x: (size.width / 2 - viewport.x) / viewport.zoom - cardSize.width / 2,
    y: (size.height / 2 - viewport.y) / viewport.zoom - cardSize.height / 2,
  };
}

/** Notes that somebody has put nodes where they are. */
export function withPlaced(graph: Graph, ids: Iterable<string>): Graph {
  const known = new Set(graph.extras.placed);
  const fresh = [...ids].filter((id) => !known.has(id));
  if (fresh.length === 0) return graph;
  return { ...graph, extras: { ...graph.extras, placed: [...graph.extras.placed, ...fresh] } };
}

/** Joins two nodes, or says why not. Answers whether they are joined. */
export function connect(desk: Desk, from: string, to: string, wish: Wish = {}): boolean {
  if (isLocked(desk)) return false;
  const { graph } = desk.graph.getState();
  const found = connectionOf(graph, from, to, wish);
  if ("why" in found) {
    say(desk, found.why);
    return false;
  }
  const [source, target] = [graph.nodes.get(found.edge.source), graph.nodes.get(found.edge.target)];
  if (!source || !target) return false;
  const names = `${nameOfNode(source)} and ${nameOfNode(target)}`;
  desk.graph.edit({ label: `connect ${names}` }, (before) => withEdges(before, [found.edge]));
  say(desk, sentenceOf(found.edge, source, target));
  return true;
}

/** Takes the way around a misfit: a node between the two, or an order of starting. */
export function takeWay(desk: Desk, from: string, to: string, way: Way): void {
  if ("order" in way) {
    connect(desk, from, to, { isOrder: true });
    return;
  }
  if (isLocked(desk)) return;
  const { nodes } = desk.graph.getState().graph;
  const [first, second] = [nodes.get(from), nodes.get(to)];
  if (!first || !second) return;
  const id = newId();
  const workload = first.type === "ingress" ? second : first;
  const name = uniqueName(nameOfNode(workload), way.between, nodes.values());
  const middle = {
    x: (first.position.x + second.position.x) / 2,
    y: (first.position.y + second.position.y) / 2,
  };
  desk.graph.edit({ label: `add ${titleOf(way.between)} ${name}` }, (graph) => {
    const spot = freeSpot({ ...middle, ...cardSize }, takenBy(graph));
    const added = withPlaced(withNodes(graph, [newNode(id, way.between, name, spot)]), [id]);
    const edges = [connectionOf(added, from, id), connectionOf(added, id, to)];
    return withEdges(
      added,
      edges.flatMap((each) => ("edge" in each ? [each.edge] : [])),
    );
  });
  desk.graph.select([id]);
  say(desk, `Added ${titleOf(way.between)} ${name} between ${nameOfNode(first)} and ${nameOfNode(second)}`);
}

/** Takes away what is selected: an edge, or nodes with their edges. */
export function remove(desk: Desk, ids?: readonly string[]): void {
  if (isLocked(desk)) return;
  const { selectedEdge, graph } = desk.graph.getState();
  if (!ids && selectedEdge !== undefined) {
    disconnect(desk, selectedEdge);
    return;
  }
  const meant = ids ? ids.flatMap((id) => graph.nodes.get(id) ?? []) : meantNodes(desk);
  if (meant.length === 0) return;
  const names = namesOf(meant);
  desk.graph.edit({ label: `remove ${names}` }, (before) =>
    withoutNodes(before, new Set(meant.map(({ id }) => id))),
  );
  say(desk, `Removed ${names}. Undo brings it back.`);
}

export function disconnect(desk: Desk, edgeId: string): void {
  if (isLocked(desk)) return;
  const { graph } = desk.graph.getState();
  const edge = graph.edges.get(edgeId);
  const [source, target] = [graph.nodes.get(edge?.source ?? ""), graph.nodes.get(edge?.target ?? "")];
  const names = source && target ? `${nameOfNode(source)} and ${nameOfNode(target)}` : "two nodes";
  desk.graph.edit({ label: `disconnect ${names}` }, (before) => withoutEdges(before, new Set([edgeId])));
  say(desk, `Disconnected ${names}`);
}

export function rename(desk: Desk, id: string, name: string): void {
  const node = desk.graph.getState().graph.nodes.get(id);
  const called = name.trim();
  if (!node || called === "" || called === nameOfNode(node) || isLocked(desk)) return;
  desk.graph.editNode(id, (data) => ({ ...data, name: called }), { label: `rename ${nameOfNode(node)}` });
  say(desk, `Renamed to ${called}`);
}

export function undo(desk: Desk): void {
  if (isLocked(desk)) return;
  const step = desk.graph.undo();
  say(desk, step ? `Undone: ${step.label}` : "Nothing to undo");
}

export function redo(desk: Desk): void {
  if (isLocked(desk)) return;
  const step = desk.graph.redo();
  say(desk, step ? `Done again: ${step.label}` : "Nothing to do again");
}
