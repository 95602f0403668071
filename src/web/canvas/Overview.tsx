import { useContext, useEffect, useRef } from "react";
import { useStore } from "zustand";
import { type Desk, useBoard, useDesk } from "./board-store.ts";
import { GhostsContext } from "./ghosts-context.ts";
import { useGraph } from "./graph-store.ts";
import styles from "./Overview.module.css";
import { OverlayContext } from "./overlay-context.ts";
import { paintAllButLines, paintLines } from "./paint.ts";
import type { Picture } from "./picture.ts";
import { StatusContext } from "./statuses.ts";
import { flyTo } from "./travel.ts";
import { MatchesContext } from "./use-matches.ts";
import { useOldSince } from "./use-old-since.ts";

/** The drawing from far away: one picture instead of cards, redrawn when something of it changes. */
export function Overview() {
  const canvas = useRef<HTMLCanvasElement>(null);
  const under = useRef<HTMLCanvasElement>(null);
  const desk = useDesk();
  const graph = useGraph((state) => state.graph);
  const selection = useGraph((state) => state.selection);
  const problems = useGraph((state) => state.problems);
  const viewport = useBoard((state) => state.viewport);
  const size = useBoard((state) => state.size);
  const active = useBoard((state) => state.active);
  const statuses = useStore(useContext(StatusContext));
  const isOld = useOldSince() !== undefined;
  const matches = useContext(MatchesContext);
  const overlay = useContext(OverlayContext);
  const staged = useContext(GhostsContext);
  useEffect(() => {
    const frame = requestAnimationFrame(
      () => under.current && paintLines(under.current, { graph, viewport, size }),
    );
    return () => cancelAnimationFrame(frame);
  }, [graph, viewport, size]);
  useEffect(() => {
    const ghosts = overlay?.ghosts ?? staged;
    const seen = { problems, statuses, isOld, matches, overlay, ghosts };
    const picture: Picture = { graph, selection, active, viewport, size, ...seen };
    const frame = requestAnimationFrame(() => canvas.current && paintAllButLines(canvas.current, picture));
    return () => cancelAnimationFrame(frame);
  }, [graph, selection, problems, statuses, isOld, matches, overlay, staged, active, viewport, size]);
  useFlight(desk, canvas);
  return (
    <>
      <canvas ref={under} className={styles.overview} aria-hidden />
      <canvas ref={canvas} className={styles.overview} aria-hidden />
    </>
  );
}

/** A click on the picture flies to that place. */
function useFlight(desk: Desk, canvas: React.RefObject<HTMLCanvasElement | null>): void {
  useEffect(() => {
    const surface = canvas.current?.closest<HTMLElement>("[data-canvas]");
    const fly = (event: MouseEvent) => {
      const isPane = event.target instanceof Element && event.target.matches(".react-flow__pane");
      if (!isPane) return;
      const at = desk.view.pointAt({ x: event.clientX, y: event.clientY });
      flyTo(desk, at);
    };
    surface?.addEventListener("click", fly);
    return () => surface?.removeEventListener("click", fly);
  }, [desk, canvas]);
}
