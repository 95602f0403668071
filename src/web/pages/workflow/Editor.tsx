import { useSearch } from "@tanstack/react-router";
import { type ReactNode, useEffect } from "react";
import type { Workflow } from "../../../contract/workflows.ts";
import { BoardContext } from "../../canvas/board-store.ts";
import { DeskProvider } from "../../canvas/DeskProvider.tsx";
import { type Draft, lockOf } from "../../canvas/draft.ts";
import { GhostsContext } from "../../canvas/ghosts-context.ts";
import { GraphContext } from "../../canvas/graph-store.ts";
import { PageKeysContext } from "../../canvas/page-keys.ts";
import { StagedContext } from "../../canvas/staged.ts";
import { AwayContext, StatusContext } from "../../canvas/statuses.ts";
import { watchProblems } from "../../inspector/watch-problems.ts";
import { useAway } from "../../live/away.ts";
import { type Crumb, usePlace } from "../../parts/trail.ts";
import styles from "./Editor.module.css";
import { EditorBar } from "./EditorBar.tsx";
import { EditorFrame } from "./EditorFrame.tsx";
import { LiveView } from "./LiveView.tsx";
import { Merging } from "./Merging.tsx";
import { useDeployed } from "./use-deployed.ts";
import { useLeaveGuard } from "./use-leave-guard.ts";
import { useLiveDraft } from "./use-live-draft.ts";
import { usePageKeys } from "./use-page-keys.ts";
import { useStaged } from "./use-staged.ts";

const above: readonly Crumb[] = [{ label: "Workflows", link: { to: "/workflows" } }];

export interface EditorProps {
  workflow: Workflow;
  draft: Draft;
}

/** The frame of the editor around the drawing. */
export function Editor({ workflow, draft }: EditorProps) {
  const { view } = useSearch({ from: "/in/workflows/$id" });
  const deployed = useDeployed(workflow);
  useLiveDraft(workflow, draft);
  useLeaveGuard(draft);
  useEffect(() => watchProblems(draft.graph, "default"), [draft]);
  useEffect(() => draft.graph.setState({ lock: lockOf(workflow) }), [draft, workflow]);
  usePlace(workflow.name, above);
  return (
    <Around workflow={workflow} draft={draft}>
      <Staged draft={draft} deployed={deployed.drawing}>
        <PageKeys workflow={workflow} draft={draft}>
          <div className={styles.editor} data-full>
            <EditorBar workflow={workflow} draft={draft} />
            {view === "live" ? (
              <LiveView workflow={workflow} deployed={deployed} draft={draft} />
            ) : (
              <EditorFrame deployed={deployed} />
            )}
            <Merging draft={draft} />
          </div>
        </PageKeys>
      </Staged>
    </Around>
  );
}

function Around({ workflow, draft, children }: EditorProps & { children: ReactNode }) {
  const away = useAway(workflow.last_run?.cluster);
  return (
    <GraphContext value={draft.graph}>
      <BoardContext value={draft.board}>
        <StatusContext value={draft.statuses}>
          <AwayContext value={away}>
            <DeskProvider>{children}</DeskProvider>
          </AwayContext>
        </StatusContext>
      </BoardContext>
    </GraphContext>
  );
}

type Deployed = ReturnType<typeof useDeployed>;

function Staged({
  draft,
  deployed,
  children,
}: {
  draft: Draft;
  deployed: Deployed["drawing"];
  children: ReactNode;
}) {
  const { changes, ghosts } = useStaged(draft, deployed);
  return (
    <StagedContext value={changes}>
      <GhostsContext value={ghosts}>{children}</GhostsContext>
    </StagedContext>
  );
}

/** Keys that act wherever the focus is on the page, and those of the canvas that the page answers. */
function PageKeys({ workflow, draft, children }: EditorProps & { children: ReactNode }) {
  const page = usePageKeys(workflow.id, draft);
  return <PageKeysContext value={page}>{children}</PageKeysContext>;
}
