import { useNavigate, useParams, useRouter, useSearch } from "@tanstack/react-router";
import { type KeyboardEvent, type ReactNode, Suspense, useEffect, useMemo } from "react";
import { useDesk } from "../../canvas/board-store.ts";
import { EdgePanel } from "../../canvas/EdgePanel.tsx";
import { useGraph } from "../../canvas/graph-store.ts";
import { prepareTidy } from "../../canvas/tidy.ts";
import { goTo } from "../../canvas/travel.ts";
import { useHeld } from "../../canvas/use-held.ts";
import type { InspectorTab } from "../../inspector/Inspector.tsx";
import { LoadedYamlBox, YamlTab } from "../../inspector/later-parts.ts";
import { prepareMono } from "../../look/mono.ts";
import { later, useAtHand } from "../../parts/later.tsx";
import { Skeleton } from "../../parts/Skeleton.tsx";
import styles from "./Editor.module.css";
import type { Deployed } from "./use-deployed.ts";

// Forms and their checks are loaded once there is a canvas, not before it, and whether or not they are wanted:
// drawing goes on without a network.
const Inspector = later(() => import("../../inspector/Inspector.tsx"), "Inspector");
const NodeActions = later(() => import("./NodeActions.tsx"), "NodeActions", "button");
const parts = [
  ...[Inspector, NodeActions, YamlTab, LoadedYamlBox],
  ...[{ preload: prepareTidy }, { preload: prepareMono }],
];

/** At the right of the canvas: what is selected, in full. It shrinks the canvas and never covers it. */
export function SidePanel({ deployed }: { deployed: Deployed }) {
  const edge = useHeld(useGraph((state) => state.selectedEdge));
  const hasNodes = useHeld(useGraph(({ selection }) => selection.size > 0));
  const { tab, setTab } = usePanelTab();
  const { graph } = useDesk();
  const isOpen = edge !== undefined || hasNodes || tab === "problems";
  useSelectionInAddress();
  useAtHand(parts);
  const design = useMemo(
    () => deployed.drawing && { design: deployed.drawing, version: deployed.version },
    [deployed],
  );
  if (!isOpen) return null;
  if (edge !== undefined)
    return (
      <Beside>
        <aside className={styles.edge} aria-label="Connection">
          <EdgePanel id={edge} />
        </aside>
      </Beside>
    );
  return (
    <Beside>
      <Suspense fallback={<Loading />}>
        <Inspector
          tab={tab}
          onTab={setTab}
          namespace="default"
          deployed={design}
          actions={
            hasNodes ? (
              <Suspense>
                <NodeActions deployed={deployed.drawing} />
              </Suspense>
            ) : undefined
          }
          onClose={() => [graph.select([]), setTab("settings")]}
        />
      </Suspense>
    </Beside>
  );
}

function Loading() {
  return (
    <div className={styles.edge} aria-busy>
      <Skeleton />
    </div>
  );
}

/** Escape leads back to the canvas. */
function Beside({ children }: { children: ReactNode }) {
  const press = (event: KeyboardEvent) => {
    if (event.key === "Escape" && !event.defaultPrevented)
      document.querySelector<HTMLElement>("[data-canvas]")?.focus();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a way out by key, whatever is inside.
    <div className={styles.panel} data-panel data-region onKeyDown={press}>
      {children}
    </div>
  );
}

function usePanelTab(): { tab: InspectorTab; setTab: (tab: InspectorTab) => void } {
  const { id } = useParams({ from: "/in/workflows/$id" });
  const search = useSearch({ from: "/in/workflows/$id" });
  const navigate = useNavigate();
  return {
    tab: search.panel ?? "settings",
    setTab: (tab) =>
      void navigate({
        to: "/workflows/$id",
        params: { id },
        search: (now) => ({ ...now, panel: tab === "settings" ? undefined : tab }),
        replace: true,
      }),
  };
}

const quietMs = 400;

/** The one node that is selected stands in the address, and one that stood there at first is shown. */
function useSelectionInAddress(): void {
  const desk = useDesk();
  const { id } = useParams({ from: "/in/workflows/$id" });
  const { node } = useSearch({ from: "/in/workflows/$id" });
  const navigate = useNavigate();
  const router = useRouter();
  const only = useHeld(useGraph(({ selection }) => (selection.size === 1 ? [...selection][0] : undefined)));
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what stood there on arrival counts.
  useEffect(() => {
    if (node === undefined || only !== undefined || !desk.graph.getState().graph.nodes.has(node)) return;
    desk.graph.select([node]);
    goTo(desk, node);
  }, [desk]);
  useEffect(() => {
    const timer = setTimeout(() => {
      // Whoever is on the way to another page is not fetched back.
      const isLeaving = router.latestLocation.pathname !== `/workflows/${id}`;
      if (only !== node && !isLeaving)
        void navigate({
          to: "/workflows/$id",
          params: { id },
          // What another has asked for meanwhile stays.
          search: (now) => ({ ...now, node: only }),
          replace: true,
        });
    }, quietMs);
    return () => clearTimeout(timer);
  }, [only, node, id, navigate, router]);
}
