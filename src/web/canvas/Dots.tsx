import { ViewportPortal } from "@xyflow/react";
import styles from "./Board.module.css";
import { useBoard } from "./board-store.ts";

/** A whole number of gaps between dots. */
const side = 48_000;

/**
 * The dots behind the drawing. They belong to what is moved, and reach as far as all that is in sight: so it is one
 * layer that the browser moves as it is, instead of one for each card.
 */
export function Dots() {
  const left = useBoard(({ viewport, size }) => beginOf(size.width / 2 - viewport.x, viewport.zoom));
  const top = useBoard(({ viewport, size }) => beginOf(size.height / 2 - viewport.y, viewport.zoom));
  return (
    <ViewportPortal>
      <div className={styles.dots} style={{ left, top, width: 2 * side, height: 2 * side }} aria-hidden />
    </ViewportPortal>
  );
}

/** Where two sides begin that have the middle of what is seen in them, and much on either side of it. */
function beginOf(middle: number, zoom: number): number {
  return (Math.round(middle / zoom / side) - 1) * side;
}
