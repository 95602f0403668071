import { MarkerType } from "@xyflow/react";
import { useContext, useMemo, useState } from "react";
import type { DesignEdge, DesignNode } from "../../contract/design.ts";
import type { Point } from "../../core/layout/free-spot.ts";
import { useBoard } from "./board-store.ts";
import {
  cardOf,
  type DrawnEdge,
  type DrawnNode,
  farOf,
  foldedId,
  foldedOf,
  ghostOf,
  groupOf,
  noteId,
  noteOf,
  proposedOf,
} from "./drawn.ts";
import { edgeName, lineOf } from "./edge-words.ts";
import { GhostsContext } from "./ghosts-context.ts";
import type { Graph } from "./graph.ts";
import { useGraph } from "./graph-store.ts";
import type { Ghost } from "./overlay.ts";
import { OverlayContext } from "./overlay-context.ts";
import { useArriving } from "./use-arriving.ts";
import {
  type Area,
  createAreas,
  createStrides,
  isWithin,
  overviewZoom,
  type Places,
  shownIn,
} from "./window.ts";

export interface Drawn {
  nodes: DrawnNode[];
  edges: DrawnEdge[];
  /** Too far away, or too many: a picture is drawn instead. */
  isOverview: boolean;
}

const nothing: Drawn = { nodes: [], edges: [], isOverview: true };

/** What React Flow is given: the part of the drawing around what is seen. */
export function useDrawn(): Drawn {
  const graph = useGraph((state) => state.graph);
  const selection = useGraph((state) => state.selection);
  const selectedEdge = useGraph((state) => state.selectedEdge);
  const isLocked = useGraph(({ lock }) => lock !== undefined);
  const proposal = useBoard((state) => state.proposal);
  const ghosts = useGhosts();
  const area = useArea();
  const dragged = useBoard((state) => state.dragged);
  const stride = useStride();
  const near = useMemo(() => area && shownIn(graph, area, stride), [graph, area, stride]);
  const shown = useArriving(near, area);

  const drawn = useMemo(() => {
    if (!area || !shown) return nothing;
    const folds = foldedIn(graph);
    const isFree = ({ id }: DesignNode) => !folds.has(id);
    const here = (node: DesignNode) => movedTo(node, dragged?.get(node.id));
    const cards = shown.nodes
      .filter(isFree)
      .map((node) => cardOf(here(node), selection.has(node.id), isLocked));
    // What is selected may be dragged out of sight, and is a card there too.
    const far = shown.far
      .filter(isFree)
      .map((node) => (selection.has(node.id) ? cardOf(here(node), true, isLocked) : farOf(node)));
    const gone = ghosts.filter(({ node }) => isWithin(node, area)).map(ghostOf);
    const proposed = [...(proposal ?? [])].flatMap(([id, position]) => {
      const node = graph.nodes.get(id);
      return node && isWithin({ position }, area) ? [proposedOf(node, position)] : [];
    });
    return {
      nodes: [...framesIn(graph, { area, dragged, isLocked }), ...gone, ...cards, ...far, ...proposed],
      edges: edgesOf(shown.edges, graph, folds, selectedEdge),
      isOverview: false,
    };
  }, [area, shown, graph, dragged, selection, selectedEdge, isLocked, ghosts, proposal]);
  const edges = useKept(drawn.edges);
  return { ...drawn, edges };
}

function useGhosts(): readonly Ghost[] {
  const painted = useContext(OverlayContext)?.ghosts;
  const own = useContext(GhostsContext);
  return painted ?? own;
}

function useArea(): Area | undefined {
  const [areaFor] = useState(createAreas);
  return useBoard(({ viewport, size, dragged }) => {
    if (viewport.zoom < overviewZoom || size.width === 0) return undefined;
    return areaFor(viewport, size, dragged !== undefined);
  });
}

function useStride(): Places | undefined {
  const [strideTo] = useState(createStrides);
  return useBoard(({ dragged }) => strideTo(dragged));
}

const movedTo = (node: DesignNode, position: Point | undefined) => (position ? { ...node, position } : node);

/** Which group each node is folded into. */
function foldedIn({ extras }: Graph): ReadonlyMap<string, string> {
  const folded = extras.groups.filter(({ collapsed }) => collapsed);
  return new Map(folded.flatMap(({ id, node_ids }) => node_ids.map((node) => [node, id] as const)));
}

function framesIn(
  { nodes, extras }: Graph,
  { area, dragged, isLocked }: { area: Area; dragged: Places | undefined; isLocked: boolean },
): DrawnNode[] {
  const groups = extras.groups.flatMap((group): DrawnNode[] => {
    const members = group.node_ids.flatMap((id) => {
      const node = nodes.get(id);
      return node ? [movedTo(node, dragged?.get(id))] : [];
    });
    const frame = group.collapsed ? foldedOf(group, members) : groupOf(group, members);
    return frame ? [frame] : [];
  });
  const notes = extras.notes.map((note) => {
    const place = dragged?.get(noteId(note.id));
    return place ? { ...note, ...place } : note;
  });
  const near = notes.filter(({ x, y }) => isWithin({ position: { x, y } }, area));
  return [...groups, ...near.map((note) => noteOf(note, isLocked))];
}

/** The same but for where it lies: an edge finds that out by itself. */
function isAlike(known: DesignNode | undefined, node: DesignNode): boolean {
  return known?.type === node.type && known.data === node.data;
}

/** The same list for as long as the same is in it: React Flow goes through all edges of a new one. */
function useKept<Each>(all: Each[]): Each[] {
  const [kept, setKept] = useState(all);
  const isSame = all.length === kept.length && all.every((each, at) => each === kept[at]);
  if (!isSame) setKept(all);
  return isSame ? kept : all;
}

const drawnEdges = new WeakMap<DesignEdge, DrawnEdge>();

function edgesOf(
  edges: readonly DesignEdge[],
  { nodes }: Graph,
  folds: ReadonlyMap<string, string>,
  selectedEdge: string | undefined,
): DrawnEdge[] {
  return edges.flatMap((edge) => {
    const [source, target] = [nodes.get(edge.source), nodes.get(edge.target)];
    if (!source || !target) return [];
    const [from, to] = [edge.source, edge.target].map((id) => {
      const fold = folds.get(id);
      return fold === undefined ? id : foldedId(fold);
    }) as [string, string];
    if (from === to && edge.source !== edge.target) return [];
    return [drawnEdge(edge, { source, target, from, to, isSelected: edge.id === selectedEdge })];
  });
}

interface Ends {
  source: DesignNode;
  target: DesignNode;
  from: string;
  to: string;
  isSelected: boolean;
}

function drawnEdge(edge: DesignEdge, { source, target, from, to, isSelected }: Ends): DrawnEdge {
  const known = drawnEdges.get(edge);
  const isSame =
    isAlike(known?.data?.source, source) &&
    isAlike(known?.data?.target, target) &&
    known?.selected === isSelected;
  if (known && isSame && known.source === from && known.target === to) return known;
  const line = lineOf(edge, source, target);
  const made: DrawnEdge = {
    ...{ id: edge.id, source: from, target: to, type: "relation", data: { edge, source, target } },
    ...{ selected: isSelected, zIndex: isSelected ? 2 : 0, ariaLabel: edgeName(edge, source, target) },
    ...((line === "traffic" || line === "dependency") && {
      markerEnd: { type: MarkerType.ArrowClosed, width: 14, height: 14, color: `var(--edge-${line})` },
    }),
  };
  drawnEdges.set(edge, made);
  return made;
}
