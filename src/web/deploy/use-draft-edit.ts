import { useCallback } from "react";
import { api } from "../../contract/api.ts";
import { invalidate, queries, queryOf } from "../api.ts";
import { draftOf } from "../canvas/draft.ts";
import type { Graph } from "../canvas/graph.ts";
import { toast } from "../parts/toast.ts";
import { useSession } from "../session.ts";

export type EditDraft = (label: string, change: (graph: Graph) => Graph) => Promise<boolean>;

/** Edits a workflow's draft from another page than its canvas: as one step that undo takes back, and saved at once. */
export function useDraftEdit(id: string): EditDraft {
  const userId = useSession(({ user }) => user?.id ?? "");
  return useCallback(
    async (label, change) => {
      const workflow = await queries.fetchQuery(queryOf(api.getWorkflow, { params: { id } }));
      const { graph, autosave } = await draftOf(workflow, userId);
      const isChanged = graph.edit({ label }, change);
      const state = await autosave.flush();
      await invalidate(api.getWorkflow, { params: { id } });
      if (state.kind === "failed")
        toast({ tone: "bad", title: "The draft could not be saved", text: state.reason });
      return isChanged;
    },
    [id, userId],
  );
}
