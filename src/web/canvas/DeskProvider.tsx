import { ReactFlowProvider, useReactFlow } from "@xyflow/react";
import { type ReactNode, useMemo } from "react";
import { type BoardStore, DeskContext, useBoardStore, type View } from "./board-store.ts";
import { useGraphStore } from "./graph-store.ts";

/** Brings together what commands work on, for a canvas and all that stands around it. */
export function DeskProvider({ children }: { children: ReactNode }) {
  return (
    <ReactFlowProvider>
      <Desk>{children}</Desk>
    </ReactFlowProvider>
  );
}

function Desk({ children }: { children: ReactNode }) {
  const graph = useGraphStore();
  const board = useBoardStore();
  const view = useView(board);
  const desk = useMemo(() => ({ graph, board, view }), [graph, board, view]);
  return <DeskContext value={desk}>{children}</DeskContext>;
}

const swiftMs = 160;

function useView(board: BoardStore): View {
  const flow = useReactFlow();
  return useMemo(() => {
    const durationOf = (isSwift?: boolean) => ({ duration: isSwift && !prefersStillness() ? swiftMs : 0 });
    return {
      set: (viewport, isSwift) => void flow.setViewport(viewport, durationOf(isSwift)),
      zoomBy: (factor) => void flow.zoomTo(flow.getZoom() * factor, durationOf(true)),
      fit(area) {
        if (!area) return;
        const { left, top, right, bottom } = area;
        const { size } = board.getState();
        const [width, height] = [right - left, bottom - top];
        const zoom = Math.min(1, (size.width - 96) / width, (size.height - 96) / height);
        const [x, y] = [
          size.width / 2 - (left + width / 2) * zoom,
          size.height / 2 - (top + height / 2) * zoom,
        ];
        void flow.setViewport({ x, y, zoom: Math.max(zoom, 0.02) }, durationOf(true));
      },
      pointAt: (screen) => flow.screenToFlowPosition(screen),
    };
  }, [flow, board]);
}

function prefersStillness(): boolean {
  const { motion } = document.documentElement.dataset;
  if (motion) return motion === "reduced";
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}
