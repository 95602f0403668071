import { useEffect, useRef } from "react";
import { useBoard, useDesk } from "./board-store.ts";
import { boundsOf } from "./window.ts";

/** Shows the whole drawing once, when it is first known how large the canvas is. */
export function useFirstView(): void {
  const { graph, view } = useDesk();
  const isMeasured = useBoard(({ size }) => size.width > 0);
  const isDone = useRef(false);
  useEffect(() => {
    if (!isMeasured || isDone.current) return;
    isDone.current = true;
    view.fit(boundsOf(graph.getState().graph.nodes.values()));
  }, [isMeasured, graph, view]);
}
