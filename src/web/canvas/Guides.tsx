import { ViewportPortal } from "@xyflow/react";
import styles from "./Board.module.css";
import { useBoard } from "./board-store.ts";

/** Lines along which a dragged card lines up with others. */
export function Guides() {
  const guides = useBoard((state) => state.guides);
  if (guides.length === 0) return null;
  return (
    <ViewportPortal>
      {guides.map(({ x, y }) => (
        <div
          key={x === undefined ? `y${y}` : `x${x}`}
          className={x === undefined ? styles.across : styles.along}
          style={x === undefined ? { top: y } : { left: x }}
        />
      ))}
    </ViewportPortal>
  );
}
