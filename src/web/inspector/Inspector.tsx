import { X } from "lucide-react";
import { type KeyboardEvent, type ReactNode, Suspense } from "react";
import type { Design, DesignNode } from "../../contract/design.ts";
import { nameOfNode } from "../../core/relations/node-names.ts";
import { useGraph, useGraphStore, useProblems, useSettings } from "../canvas/graph-store.ts";
import { titleOf } from "../canvas/node-words.ts";
import { useHeld } from "../canvas/use-held.ts";
import { KindGlyph } from "../look/glyphs.tsx";
import { IconButton } from "../parts/Button.tsx";
import { Skeleton } from "../parts/Skeleton.tsx";
import { TabPanel, Tabs } from "../parts/Tabs.tsx";
import { goToProblem, problemAfter, useFocusRequest } from "./focus-request.ts";
import styles from "./Inspector.module.css";
import { LiveTab } from "./LiveTab.tsx";
import { YamlTab } from "./later-parts.ts";
import { ProblemList } from "./ProblemList.tsx";
import { SettingsTab } from "./SettingsTab.tsx";
import { useWidth } from "./use-width.ts";

export type InspectorTab = "settings" | "yaml" | "live" | "problems";

export interface InspectorProps {
  tab: InspectorTab;
  onTab: (tab: InspectorTab) => void;
  /** Where the workflow is deployed to, for nodes that name no namespace. */
  namespace: string;
  /** The drawing that is deployed, and as which version. */
  deployed?: { design: Pick<Design, "nodes">; version: number | undefined } | undefined;
  /** Actions on what is selected: a menu at the right of the title. */
  actions?: ReactNode;
  onClose?: (() => void) | undefined;
}

/** The panel beside the canvas: what is selected, to be read and changed. */
export function Inspector(props: InspectorProps) {
  const { width, line } = useWidth();
  const nodes = useSelected();
  const walk = useWalk(props);
  const title =
    nodes.length === 1 && nodes[0]
      ? nameOfNode(nodes[0])
      : nodes.length > 1
        ? `${nodes.length} nodes`
        : "Problems";
  return (
    <aside
      className={styles.inspector}
      style={{ ["--inspector-width" as string]: `${width}px` }}
      aria-label="Inspector"
      onKeyDown={walk}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: a line that is moved is no rule between texts. */}
      <div
        role="separator"
        tabIndex={0}
        aria-orientation="vertical"
        aria-valuenow={width}
        aria-label="Width of the inspector"
        className={styles.line}
        {...line}
      />
      <div className={styles.inside}>
        <header className={styles.head}>
          <div className={styles.title}>
            {nodes.length === 1 && nodes[0] && <KindGlyph kind={nodes[0].type} />}
            <h2 title={title}>{title}</h2>
            {nodes.length === 1 && nodes[0] && <span className={styles.kind}>{titleOf(nodes[0].type)}</span>}
          </div>
          {props.actions}
          {props.onClose && (
            <IconButton label="Close the inspector" icon={X} size="small" onClick={props.onClose} />
          )}
        </header>
        {nodes.length === 0 ? (
          <div className={styles.body}>
            <ProblemList onGo={() => props.onTab("settings")} />
          </div>
        ) : (
          <Panels {...props} nodes={nodes} />
        )}
      </div>
    </aside>
  );
}

function useSelected(): DesignNode[] {
  const selection = useHeld(useGraph((state) => state.selection));
  const { nodes } = useSettings();
  return [...selection].flatMap((id) => nodes.get(id) ?? []);
}

/** F8 goes to the next problem, Shift F8 to the one before. */
function useWalk({ onTab }: InspectorProps) {
  const store = useGraphStore();
  return (event: KeyboardEvent) => {
    if (event.key !== "F8") return;
    event.preventDefault();
    const { all } = store.getState().problems;
    const problem = problemAfter(all, useFocusRequest.getState().request, event.shiftKey ? -1 : 1);
    if (!problem) return;
    goToProblem(store, problem);
    onTab("settings");
  };
}

function Panels({
  nodes,
  tab,
  onTab,
  namespace,
  deployed,
}: InspectorProps & { nodes: readonly DesignNode[] }) {
  const { byNode } = useProblems();
  const [only] = nodes.length === 1 ? nodes : [];
  const ids = nodes.map(({ id }) => id);
  const count = ids.reduce((sum, id) => sum + (byNode.get(id)?.length ?? 0), 0);
  const shown = !only && (tab === "yaml" || tab === "live") ? "settings" : tab;
  const tabs = [
    { id: "settings" as const, label: "Settings" },
    ...(only
      ? [
          { id: "yaml" as const, label: "YAML" },
          { id: "live" as const, label: "Live" },
        ]
      : []),
    { id: "problems" as const, label: "Problems", badge: count > 0 ? count : undefined },
  ];
  return (
    <>
      <Tabs label="What to see of it" value={shown} onChange={onTab} tabs={tabs} />
      <div className={styles.body}>
        <TabPanel tab={shown}>
          {shown === "settings" && (
            <SettingsTab
              key={ids.join()}
              nodes={nodes}
              namespace={namespace}
              deployed={deployed}
              onTab={onTab}
            />
          )}
          {shown === "yaml" && only && (
            <Suspense fallback={<Skeleton />}>
              <YamlTab key={only.id} node={only} namespace={namespace} />
            </Suspense>
          )}
          {shown === "live" && only && <LiveTab node={only} namespace={namespace} />}
          {shown === "problems" && <ProblemList first={ids} onGo={() => onTab("settings")} />}
        </TabPanel>
      </div>
    </>
  );
}
