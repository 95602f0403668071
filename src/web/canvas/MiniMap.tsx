import { type PointerEvent, useContext, useEffect, useMemo, useRef } from "react";
import { useStore } from "zustand";
import styles from "./Bars.module.css";
import { useBoard, useDesk } from "./board-store.ts";
import { useGraph } from "./graph-store.ts";
import { OverlayContext } from "./overlay-context.ts";
import { paint } from "./paint.ts";
import { noProblems } from "./problems.ts";
import { StatusContext } from "./statuses.ts";
import { useOldSince } from "./use-old-since.ts";
import { boundsOf, type Viewport } from "./window.ts";

const size = { width: 200, height: 128 };
/** So small, what changes in every frame need not be seen in each. */
const pauseMs = 500;
const none: ReadonlySet<string> = new Set();

/** The whole drawing in small, and what is seen of it. Pressed, it goes there. */
export function MiniMap() {
  const canvas = useRef<HTMLCanvasElement>(null);
  const desk = useDesk();
  const graph = useGraph((state) => state.graph);
  const statuses = useStore(useContext(StatusContext));
  const isOld = useOldSince() !== undefined;
  const overlay = useContext(OverlayContext);
  const seen = useBoard((state) => state.viewport);
  const board = useBoard((state) => state.size);
  const fitted = useMemo(() => viewportFor(boundsOf(graph.nodes.values())), [graph.nodes]);
  const paintedAt = useRef(0);
  useEffect(() => {
    const again = () => {
      paintedAt.current = performance.now();
      const rest = { selection: none, problems: noProblems, matches: undefined, active: undefined };
      const shown = { graph, statuses, isOld, overlay, ghosts: [], viewport: fitted, size };
      if (canvas.current) paint(canvas.current, { ...shown, ...rest });
    };
    const timer = setTimeout(again, paintedAt.current + pauseMs - performance.now());
    return () => clearTimeout(timer);
  }, [graph, statuses, isOld, overlay, fitted]);

  const go = ({ clientX, clientY, currentTarget, buttons }: PointerEvent) => {
    if (buttons !== 1) return;
    const { left, top } = currentTarget.getBoundingClientRect();
    const at = { x: (clientX - left - fitted.x) / fitted.zoom, y: (clientY - top - fitted.y) / fitted.zoom };
    desk.view.set({
      x: board.width / 2 - at.x * seen.zoom,
      y: board.height / 2 - at.y * seen.zoom,
      zoom: seen.zoom,
    });
  };
  const [left, top] = [
    (-seen.x / seen.zoom) * fitted.zoom + fitted.x,
    (-seen.y / seen.zoom) * fitted.zoom + fitted.y,
  ];
  const frame = {
    transform: `translate(${left}px, ${top}px)`,
    width: (board.width / seen.zoom) * fitted.zoom,
    height: (board.height / seen.zoom) * fitted.zoom,
  };
  return (
    <div className={styles.map} style={size} onPointerDown={go} onPointerMove={go} aria-hidden>
      <canvas ref={canvas} style={size} />
      <div className={styles.seen} style={frame} />
    </div>
  );
}

function viewportFor(area: ReturnType<typeof boundsOf>): Viewport {
  const { left, top, right, bottom } = area ?? { left: 0, top: 0, right: 1, bottom: 1 };
  const zoom = Math.min(0.2, (size.width - 16) / (right - left), (size.height - 16) / (bottom - top));
  return {
    zoom,
    x: size.width / 2 - ((left + right) / 2) * zoom,
    y: size.height / 2 - ((top + bottom) / 2) * zoom,
  };
}
