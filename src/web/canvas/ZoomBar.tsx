import { Map as MapIcon, Maximize, Minus, Plus } from "lucide-react";
import { IconButton } from "../parts/Button.tsx";
import styles from "./Bars.module.css";
import { useBoard, useDesk } from "./board-store.ts";
import { useGraph } from "./graph-store.ts";
import { MiniMap } from "./MiniMap.tsx";
import { boundsOf } from "./window.ts";

const fewNodes = 30;

/** How near one looks, and the whole in small. */
export function ZoomBar() {
  const desk = useDesk();
  const percent = useBoard(({ viewport }) => Math.round(viewport.zoom * 100));
  const hasMap = useBoard((state) => state.hasMap);
  const isLarge = useGraph(({ graph }) => graph.nodes.size >= fewNodes);
  return (
    <div className={styles.corner}>
      {hasMap && isLarge && <MiniMap />}
      <fieldset className={styles.zoom} aria-label="Zoom">
        <IconButton label="Zoom out" icon={Minus} size="small" onClick={() => desk.view.zoomBy(0.8)} />
        <output className={styles.percent}>{percent} %</output>
        <IconButton label="Zoom in" icon={Plus} size="small" onClick={() => desk.view.zoomBy(1.25)} />
        <IconButton
          label="Fit the drawing"
          icon={Maximize}
          size="small"
          onClick={() => desk.view.fit(boundsOf(desk.graph.getState().graph.nodes.values()))}
        />
        {isLarge && (
          <IconButton
            label={hasMap ? "Hide the map" : "Show the map"}
            icon={MapIcon}
            size="small"
            onClick={() => desk.board.setState({ hasMap: !hasMap })}
          />
        )}
      </fieldset>
    </div>
  );
}
