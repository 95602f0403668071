import { FilePlus2 } from "lucide-react";
import { useState, useSyncExternalStore } from "react";
import { useBoard, useDesk } from "../../canvas/board-store.ts";
import { CanvasView } from "../../canvas/Canvas.tsx";
import { useGraph } from "../../canvas/graph-store.ts";
import { Outline } from "../../canvas/Outline.tsx";
import { Panels } from "../../canvas/Panels.tsx";
import { Button } from "../../parts/Button.tsx";
import styles from "./Editor.module.css";
import { SidePanel } from "./SidePanel.tsx";
import { ToolRail } from "./ToolRail.tsx";
import type { Deployed } from "./use-deployed.ts";

interface FrameProps {
  deployed: Deployed;
}

const wide = window.matchMedia("(min-width: 48rem)");

/** Whether there is room to draw; where there is none the outline is the editor, under a picture. */
function useIsWide(): boolean {
  return useSyncExternalStore(
    (tell) => {
      wide.addEventListener("change", tell);
      return () => wide.removeEventListener("change", tell);
    },
    () => wide.matches,
  );
}

/** Tools, outline, canvas and inspector. They share the room and never cover one another. */
export function EditorFrame({ deployed }: FrameProps) {
  const isWide = useIsWide();
  const hasOutline = useBoard((state) => state.hasOutline);
  if (!isWide) return <NarrowFrame deployed={deployed} />;
  return (
    <div className={styles.frame}>
      <ToolRail />
      {hasOutline ? (
        <div className={styles.outline}>
          <Outline onOpen={() => undefined} />
        </div>
      ) : (
        <span />
      )}
      <div className={styles.stage}>
        <CanvasView />
        <Beginning />
      </div>
      <SidePanel deployed={deployed} />
      <Panels />
    </div>
  );
}

/** One thing at a time: the outline under a picture, or what was opened from it. */
function NarrowFrame({ deployed }: FrameProps) {
  const [isOpen, setOpen] = useState(false);
  const hasNodes = useGraph(({ selection }) => selection.size > 0);
  return (
    <div className={styles.narrow} data-open={(isOpen && hasNodes) || undefined}>
      {isOpen && hasNodes ? (
        <SidePanel deployed={deployed} />
      ) : (
        <>
          <div className={styles.picture} inert>
            <CanvasView isPicture />
          </div>
          <Outline onOpen={() => setOpen(true)} />
        </>
      )}
      <Panels />
    </div>
  );
}

/** What an empty canvas offers. */
function Beginning() {
  const { board } = useDesk();
  const isEmpty = useGraph(({ graph }) => graph.nodes.size === 0);
  const isLocked = useGraph(({ lock }) => lock !== undefined);
  if (!isEmpty || isLocked) return null;
  return (
    <div className={styles.empty}>
      <p>Nothing is drawn yet. Press A, or double-click where the first node is to stand.</p>
      <div>
        <Button variant="primary" icon={FilePlus2} onClick={() => board.setState({ panel: { kind: "add" } })}>
          Add the first node
        </Button>
      </div>
    </div>
  );
}
