import { createContext, useContext, useRef } from "react";
import { useStore } from "zustand";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { DesignEdge, DesignNode } from "../../contract/design.ts";
import { type Graph, withEdges, withNodes } from "./graph.ts";
import { applied, isEmptyStep, reversed, type Step, stepBetween, withStep } from "./history.ts";
import { noProblems, type Problems } from "./problems.ts";
import { isOnlyMoved } from "./same-graph.ts";

export interface GraphState {
  workflowId: string;
  graph: Graph;
  past: readonly Step[];
  future: readonly Step[];
  /** Ids of nodes. */
  selection: ReadonlySet<string>;
  selectedEdge: string | undefined;
  /** Why nothing may be changed here, in a sentence for people. */
  lock: string | undefined;
  problems: Problems;
}

export interface EditOptions {
  /** What is done, to be read after “Undo”: `move 3 nodes`, `change image of api`. */
  label: string;
  /** Edits with one key in a row are one step. */
  squash?: string | undefined;
}

type NodeData = DesignNode["data"];

/** A drawing being edited. All changes of it go through `edit`, so that each can be taken back. */
export interface GraphStore extends StoreApi<GraphState> {
  /** Whether anything changed. Where the drawing is locked nothing does. */
  edit(options: EditOptions, change: (graph: Graph) => Graph): boolean;
  editNode(id: string, change: (data: NodeData) => NodeData, options: EditOptions): boolean;
  editEdge(id: string, change: (edge: DesignEdge) => DesignEdge, options: EditOptions): boolean;
  undo(): Step | undefined;
  redo(): Step | undefined;
  select(ids: Iterable<string>): void;
  selectEdge(id: string | undefined): void;
}

export function createGraphStore(
  start: Pick<GraphState, "workflowId" | "graph"> & Partial<GraphState>,
): GraphStore {
  const store = createStore<GraphState>()(() => ({
    past: [],
    future: [],
    selection: new Set<string>(),
    selectedEdge: undefined,
    lock: undefined,
    problems: noProblems,
    ...start,
  }));
  return Object.assign(store, { ...editsOf(store), ...historyOf(store), ...selectionOf(store) });
}

function editsOf(store: StoreApi<GraphState>): Pick<GraphStore, "edit" | "editNode" | "editEdge"> {
  const edit: GraphStore["edit"] = ({ label, squash }, change) => {
    const { graph, past, lock } = store.getState();
    if (lock !== undefined) return false;
    const next = change(graph);
    const step = stepBetween(graph, next, { label, at: Date.now(), ...(squash !== undefined && { squash }) });
    if (isEmptyStep(step)) return false;
    store.setState({ graph: next, past: withStep(past, step), future: [], ...stillSelected(store, next) });
    return true;
  };
  return {
    edit,
    editNode: (id, change, options) =>
      edit(options, (graph) => {
        const node = graph.nodes.get(id);
        const data = node && change(node.data);
        return node && data !== node.data ? withNodes(graph, [{ ...node, data: data ?? {} }]) : graph;
      }),
    editEdge: (id, change, options) =>
      edit(options, (graph) => {
        const edge = graph.edges.get(id);
        return edge ? withEdges(graph, [change(edge)]) : graph;
      }),
  };
}

function historyOf(store: StoreApi<GraphState>): Pick<GraphStore, "undo" | "redo"> {
  return {
    undo() {
      const { past, future, graph, lock } = store.getState();
      const step = past.at(-1);
      if (!step || lock !== undefined) return undefined;
      const next = applied(graph, reversed(step));
      store.setState({
        graph: next,
        past: past.slice(0, -1),
        future: [step, ...future],
        ...stillSelected(store, next),
      });
      return step;
    },
    redo() {
      const { past, future, graph, lock } = store.getState();
      const [step, ...rest] = future;
      if (!step || lock !== undefined) return undefined;
      const next = applied(graph, step);
      // A step that was taken back and made again is closed: what is typed next is a step of its own.
      const { squash, ...closed } = step;
      store.setState({ graph: next, past: [...past, closed], future: rest, ...stillSelected(store, next) });
      return step;
    },
  };
}

function selectionOf(store: StoreApi<GraphState>): Pick<GraphStore, "select" | "selectEdge"> {
  return {
    select(ids) {
      const { graph, selection, selectedEdge } = store.getState();
      const next = new Set([...ids].filter((id) => graph.nodes.has(id)));
      const isSame = next.size === selection.size && [...next].every((id) => selection.has(id));
      if (!isSame || selectedEdge !== undefined) store.setState({ selection: next, selectedEdge: undefined });
    },
    selectEdge: (id) => store.setState({ selection: new Set(), selectedEdge: id }),
  };
}

function stillSelected(store: StoreApi<GraphState>, { nodes, edges }: Graph): Partial<GraphState> {
  const { selection, selectedEdge } = store.getState();
  const hasGone = [...selection].some((id) => !nodes.has(id));
  return {
    ...(hasGone && { selection: new Set([...selection].filter((id) => nodes.has(id))) }),
    ...(selectedEdge !== undefined && !edges.has(selectedEdge) && { selectedEdge: undefined }),
  };
}

export const GraphContext = createContext<GraphStore | undefined>(undefined);

/** The drawing this page is about, to be read once and to be changed. */
export function useGraphStore(): GraphStore {
  const store = useContext(GraphContext);
  if (!store) throw new Error("There is no drawing around this component");
  return store;
}

/** A part of the drawing, followed; the selector has to give the same value for the same state. */
export function useGraph<T>(selector: (state: GraphState) => T): T {
  return useStore(useGraphStore(), selector);
}

/** The drawing for what goes by its settings: the same object for as long as nodes are only moved. */
export function useSettings(): Graph {
  const known = useRef<{ first: Graph; latest: Graph }>(undefined);
  return useGraph(({ graph }) => {
    const before = known.current;
    const first = before && isOnlyMoved(before.latest, graph) ? before.first : graph;
    if (before?.latest !== graph) known.current = { first, latest: graph };
    return first;
  });
}

export function useNode(id: string): DesignNode | undefined {
  return useGraph(({ graph }) => graph.nodes.get(id));
}

export function useProblems(): Problems {
  return useGraph(({ problems }) => problems);
}
