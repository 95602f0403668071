import { useNavigate } from "@tanstack/react-router";
import { Redo2, Rocket, Undo2 } from "lucide-react";
import { Suspense, useContext } from "react";
import { useStore } from "zustand";
import { api } from "../../../contract/api.ts";
import type { Workflow } from "../../../contract/workflows.ts";
import { invalidate, useSend } from "../../api.ts";
import { useDesk } from "../../canvas/board-store.ts";
import { redo, undo } from "../../canvas/commands.ts";
import type { Draft } from "../../canvas/draft.ts";
import { useGraph } from "../../canvas/graph-store.ts";
import { counted } from "../../canvas/node-words.ts";
import { PageKeysContext } from "../../canvas/page-keys.ts";
import { saveWords } from "../../canvas/save-words.ts";
import { StagedContext } from "../../canvas/staged.ts";
import { Button, IconButton } from "../../parts/Button.tsx";
import { later } from "../../parts/later.tsx";
import { toast } from "../../parts/toast.ts";
import styles from "./Editor.module.css";
import { ViewSwitch } from "./ViewSwitch.tsx";
import { WorkflowName } from "./WorkflowName.tsx";

const OtherPages = later(() => import("./OtherPages.tsx"), "OtherPages", "button");

interface BarProps {
  workflow: Workflow;
  draft: Draft;
}

/** The bar over the canvas: which workflow, how saving stands, which of its states is seen, and the way to deploy. */
export function EditorBar({ workflow, draft }: BarProps) {
  return (
    <header className={styles.bar}>
      <div className={styles.title}>
        <WorkflowName workflow={workflow} />
        <Suspense>
          <OtherPages id={workflow.id} />
        </Suspense>
        <Saved draft={draft} />
      </div>
      <ViewSwitch />
      <div className={styles.side}>
        <History />
        <Main workflow={workflow} />
      </div>
    </header>
  );
}

function Saved({ draft }: { draft: Draft }) {
  const { state, isPutOff } = useStore(draft.saving);
  if (isPutOff)
    return (
      <Button size="small" variant="danger" onClick={() => draft.saving.setState({ isPutOff: false })}>
        Conflict: choose
      </Button>
    );
  const isBad = state.kind === "failed" || state.kind === "conflict";
  return (
    // Read out where it goes wrong: that it goes well again after each change would drown what was changed.
    <span
      className={styles.saved}
      aria-live={isBad ? "polite" : "off"}
      data-bad={isBad || undefined}
      data-saved={state.kind}
    >
      {saveWords(state)}
    </span>
  );
}

function History() {
  const desk = useDesk();
  const last = useGraph(({ past }) => past.at(-1)?.label);
  const next = useGraph(({ future }) => future[0]?.label);
  return (
    <>
      <IconButton
        label={last ? `Undo ${last}` : "Undo"}
        icon={Undo2}
        onClick={() => undo(desk)}
        disabledReason={last ? undefined : "There is nothing to undo"}
      />
      <IconButton
        label={next ? `Redo ${next}` : "Redo"}
        icon={Redo2}
        onClick={() => redo(desk)}
        disabledReason={next ? undefined : "There is nothing to do again"}
      />
    </>
  );
}

function Main({ workflow }: { workflow: Workflow }) {
  const { count } = useContext(StagedContext);
  const size = useGraph(({ graph }) => graph.nodes.size);
  const page = useContext(PageKeysContext);
  if (workflow.status === "archived") return <Unarchive id={workflow.id} />;
  if (workflow.deployed_version !== undefined && count === 0)
    return (
      <>
        <span className={styles.deployed}>Deployed v{workflow.deployed_version}</span>
        <Button onClick={page.review}>Review</Button>
      </>
    );
  const label = workflow.deployed_version === undefined ? "Review" : `Review ${counted(count, "change")}`;
  return (
    <Button
      variant="primary"
      icon={Rocket}
      onClick={page.review}
      disabledReason={size === 0 && count === 0 ? "There is nothing to deploy yet" : undefined}
    >
      {label}
    </Button>
  );
}

function Unarchive({ id }: { id: string }) {
  const navigate = useNavigate();
  const send = useSend(api.setWorkflowStatus, {
    onSuccess: () => {
      void invalidate(api.getWorkflow, { params: { id } });
      void navigate({ to: "/workflows/$id", params: { id } });
    },
    onError: ({ message }) => toast({ tone: "bad", title: "It is still archived", text: message }),
  });
  return (
    <Button
      variant="primary"
      busy={send.isPending}
      onClick={() => send.mutate({ params: { id }, body: { status: "draft" } })}
    >
      Unarchive to edit
    </Button>
  );
}
