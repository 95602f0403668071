import { createContext, useContext } from "react";
import { useStore } from "zustand";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Point } from "../../core/layout/free-spot.ts";
import type { Way } from "../../core/relations/fits.ts";
import type { Graph } from "./graph.ts";
import type { GraphStore } from "./graph-store.ts";
import type { Area, Places, Viewport } from "./window.ts";

/** What stands open over the canvas; one thing at a time. */
export type Panel =
  | { kind: "add"; at?: Point; from?: string }
  | { kind: "connect"; from: string }
  | { kind: "rename"; id: string }
  | { kind: "note"; id?: string }
  | { kind: "group"; ids: readonly string[] }
  | { kind: "menu" };

/** An edge being drawn. */
export interface Drawn {
  from: string;
  over?: string;
  /** Begun by a click, so that the next click ends it. */
  isClick?: boolean;
}

/** How one looks at a drawing and works on it; none of it is saved, and none of it is undone. */
export interface BoardState {
  viewport: Viewport;
  size: { width: number; height: number };
  /** The card that the keyboard is at. */
  active: string | undefined;
  panel: Panel | undefined;
  drawn: Drawn | undefined;
  /** Where what is on its way with the pointer is by now: the drawing is changed when it is dropped. */
  dragged: Places | undefined;
  /** Moving by keys: how the drawing was before. */
  moving: Graph | undefined;
  isSearching: boolean;
  search: string;
  hasMap: boolean;
  hasOutline: boolean;
  /** Places that tidying proposes. */
  proposal: Places | undefined;
  /** Two that do not fit, why, and what would work. */
  refusal: { from: string; to: string; why: string; ways: readonly Way[] } | undefined;
  guides: readonly { x?: number; y?: number }[];
  /** What the live region reads out, and which time. */
  said: { text: string; turn: number };
}

export type BoardStore = StoreApi<BoardState>;

export function createBoardStore(): BoardStore {
  return createStore<BoardState>()(() => ({
    viewport: { x: 0, y: 0, zoom: 1 },
    size: { width: 0, height: 0 },
    active: undefined,
    panel: undefined,
    drawn: undefined,
    dragged: undefined,
    moving: undefined,
    isSearching: false,
    search: "",
    hasMap: true,
    hasOutline: false,
    proposal: undefined,
    refusal: undefined,
    guides: [],
    said: { text: "", turn: 0 },
  }));
}

/** Moves what is seen. */
export interface View {
  set(viewport: Viewport, isSwift?: boolean): void;
  zoomBy(factor: number): void;
  fit(area: Area | undefined): void;
  /** Where on the drawing a place of the screen is. */
  pointAt(screen: Point): Point;
}

/** All that commands work on. */
export interface Desk {
  graph: GraphStore;
  board: BoardStore;
  view: View;
}

export const BoardContext = createContext<BoardStore | undefined>(undefined);

export function useBoardStore(): BoardStore {
  const store = useContext(BoardContext);
  if (!store) throw new Error("There is no board around this component");
  return store;
}

export function useBoard<T>(selector: (state: BoardState) => T): T {
  return useStore(useBoardStore(), selector);
}

export const DeskContext = createContext<Desk | undefined>(undefined);

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error("There is no desk around this component");
  return desk;
}

/** Reads a sentence out, politely; the same one again is read again. */
export function say({ board }: Pick<Desk, "board">, text: string): void {
  board.setState(({ said }) => ({ said: { text, turn: said.turn + 1 } }));
}
