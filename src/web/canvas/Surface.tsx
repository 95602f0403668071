import {
  type ClipboardEvent,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  useContext,
  useEffect,
  useRef,
  useState,
} from "react";
import { useKeyMap } from "../shell/key-map.ts";
import styles from "./Board.module.css";
import { useBoard, useDesk } from "./board-store.ts";
import { copy, cut, paste, prepareClipboard } from "./clipboard.ts";
import { isLocked } from "./commands.ts";
import { cardId } from "./drawn.ts";
import { useGraph } from "./graph-store.ts";
import { editingKeys, movingKeys } from "./key-sections.ts";
import { pressKey } from "./keys.ts";
import { counted } from "./node-words.ts";
import { PageKeysContext } from "./page-keys.ts";
import { reveal } from "./travel.ts";
import { levelOf } from "./window.ts";

/** The one place of the canvas that takes the focus: keys, copies and pastes go through it. */
export function Surface({ children }: { children: ReactNode }) {
  const surface = useRef<HTMLDivElement>(null);
  const [isFocused, setFocused] = useState(false);
  const count = useGraph(({ graph }) => graph.nodes.size);
  const isReadOnly = useGraph(({ lock }) => lock !== undefined);
  const level = useBoard(({ viewport }) => levelOf(viewport.zoom));
  const hasLabels = useBoard(({ viewport }) => viewport.zoom >= 0.6);
  const current = useCurrentCard();
  const handlers = useSurfaceEvents();
  useSize(surface);
  useSharpness(surface);
  useFocusBack(surface);
  useKeyMap(movingKeys);
  useKeyMap(editingKeys);
  useEffect(() => void prepareClipboard().catch(() => undefined), []);

  return (
    <div
      ref={surface}
      role="application"
      aria-label={`Drawing, ${counted(count, "node")}. Arrows move between cards, question mark tells all keys.`}
      {...(current !== undefined && { "aria-activedescendant": current })}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the one tab stop of the canvas.
      tabIndex={0}
      className={styles.surface}
      data-canvas
      data-region
      data-level={level}
      data-labels={hasLabels ? "shown" : "hidden"}
      data-focused={isFocused || undefined}
      data-locked={isReadOnly || undefined}
      onFocus={() => setFocused(true)}
      onBlur={() => setFocused(false)}
      {...handlers}
    >
      {children}
    </div>
  );
}

function useSurfaceEvents() {
  const desk = useDesk();
  const page = useContext(PageKeysContext);
  const onClipboard = (act: typeof copy) => (event: ClipboardEvent) => {
    if (!isField(event.target) && act(desk, event.clipboardData)) event.preventDefault();
  };
  return {
    onKeyDown(event: KeyboardEvent) {
      if (isField(event.target) || !pressKey(desk, event, page)) return;
      event.preventDefault();
      event.stopPropagation();
    },
    onCopy: onClipboard(copy),
    onCut: onClipboard(cut),
    onPaste: onClipboard((given, data) => !isLocked(given) && paste(given, data)),
    onContextMenu(event: MouseEvent) {
      const card =
        event.target instanceof Element ? event.target.closest<HTMLElement>(".react-flow__node-card") : null;
      const id = card?.dataset.id;
      if (id === undefined) return;
      event.preventDefault();
      if (!desk.graph.getState().selection.has(id)) desk.graph.select([id]);
      desk.board.setState({ active: id, panel: { kind: "menu" } });
    },
    onDoubleClick(event: MouseEvent) {
      const isPane = event.target instanceof Element && event.target.matches(".react-flow__pane");
      if (isPane && !isLocked(desk))
        desk.board.setState({
          panel: { kind: "add", at: desk.view.pointAt({ x: event.clientX, y: event.clientY }) },
        });
    },
  };
}

function isField(target: EventTarget | null): boolean {
  return (
    target instanceof Element && target.closest("input, textarea, select, [contenteditable=true]") !== null
  );
}

/** The id of the card that the keyboard is at, where it is drawn. */
function useCurrentCard(): string | undefined {
  const active = useBoard((state) => state.active);
  const [shown, setShown] = useState<string>();
  useEffect(() => {
    const id = active === undefined ? undefined : cardId(active);
    const frame = requestAnimationFrame(() => setShown(id && document.getElementById(id) ? id : undefined));
    return () => cancelAnimationFrame(frame);
  });
  return shown;
}

/** Knows how large the canvas is; what was looked at stays in sight when a panel takes room. */
function useSize(surface: React.RefObject<HTMLDivElement | null>): void {
  const desk = useDesk();
  useEffect(() => {
    if (!surface.current) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      const { width = 0, height = 0 } = entry?.contentRect ?? {};
      const { size, active } = desk.board.getState();
      desk.board.setState({ size: { width, height } });
      const [meant = active] = desk.graph.getState().selection;
      const hasShrunk = width < size.width || height < size.height;
      if (hasShrunk && meant !== undefined) reveal(desk, meant);
    });
    observer.observe(surface.current);
    return () => observer.disconnect();
  }, [desk, surface]);
}

const stillMs = 150;

/** What is moved as it was painted is painted anew when zooming has ended, as large as it is now. */
function useSharpness(surface: React.RefObject<HTMLDivElement | null>): void {
  const { board } = useDesk();
  useEffect(() => {
    let timer = 0;
    const sharpen = () => {
      surface.current?.setAttribute("data-sharpening", "");
      // In a frame of its own, or nothing would be painted.
      requestAnimationFrame(() =>
        requestAnimationFrame(() => surface.current?.removeAttribute("data-sharpening")),
      );
    };
    const unsubscribe = board.subscribe(({ viewport: { zoom } }, before) => {
      if (zoom === before.viewport.zoom) return;
      clearTimeout(timer);
      timer = window.setTimeout(sharpen, stillMs);
    });
    return () => {
      unsubscribe();
      clearTimeout(timer);
    };
  }, [board, surface]);
}

/** What was open over the canvas gives the focus back to it, before the next key comes. */
function useFocusBack(surface: React.RefObject<HTMLDivElement | null>): void {
  const isCovered = useBoard(({ panel, isSearching }) => panel !== undefined || isSearching);
  const wasCovered = useRef(false);
  useEffect(() => {
    if (wasCovered.current && !isCovered) surface.current?.focus({ preventScroll: true });
    wasCovered.current = isCovered;
  }, [isCovered, surface]);
}
