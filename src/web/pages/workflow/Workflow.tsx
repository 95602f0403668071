import { useParams } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { api } from "../../../contract/api.ts";
import type { Workflow as WorkflowRow } from "../../../contract/workflows.ts";
import { useRead } from "../../api.ts";
import { type Draft, draftOf, storedOf } from "../../canvas/draft.ts";
import { watchIdleness } from "../../inspector/secret-values.ts";
import { Loaded } from "../../parts/Loaded.tsx";
import { useSession } from "../../session.ts";
import { Editor } from "./Editor.tsx";

/** A workflow's canvas: what is drawn, what of it is deployed, and how that is doing. */
export function Workflow(): React.ReactNode {
  const { id } = useParams({ from: "/in/workflows/$id" });
  // What others saved while this page was not open, no event has told.
  const query = useRead(api.getWorkflow, { params: { id } }, { refetchOnMount: "always" });
  useEffect(watchIdleness, []);
  // What fills the window has nothing around it, not even while it is read again.
  if (query.data) return <Opened key={id} workflow={query.data} />;
  return (
    <Loaded query={query} title="Workflow">
      {(workflow) => <Opened key={id} workflow={workflow} />}
    </Loaded>
  );
}

function Opened({ workflow }: { workflow: WorkflowRow }) {
  const draft = useDraft(workflow);
  return draft ? <Editor workflow={workflow} draft={draft} /> : null;
}

/** The draft outlives this page: what was typed and undone is there when one comes back, and what others saved since. */
function useDraft(workflow: WorkflowRow): Draft | undefined {
  const userId = useSession(({ user }) => user?.id);
  const [draft, setDraft] = useState<Draft>();
  useEffect(() => {
    let isGone = false;
    if (userId !== undefined)
      void draftOf(workflow, userId).then((opened) => {
        if (isGone) return;
        opened.autosave.receive(storedOf(workflow));
        setDraft(opened);
      });
    return () => {
      isGone = true;
    };
  }, [workflow, userId]);
  return draft;
}
