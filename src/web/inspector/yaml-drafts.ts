import { create } from "zustand";

/** YAML that somebody is writing and that the drawing cannot take over yet. */
interface Draft {
  text: string;
  reason: string;
}

type Drafts = Readonly<Record<string, Draft>>;

const useDrafts = create<Drafts>()(() => ({}));

const keyOf = (workflowId: string, nodeId: string) => `${workflowId} ${nodeId}`;

export function keepDraft(workflowId: string, nodeId: string, draft: Draft | undefined): void {
  const { [keyOf(workflowId, nodeId)]: known, ...others } = useDrafts.getState();
  if (known === draft) return;
  useDrafts.setState(draft ? { ...others, [keyOf(workflowId, nodeId)]: draft } : others, true);
}

export function draftOf(workflowId: string, nodeId: string): Draft | undefined {
  return useDrafts.getState()[keyOf(workflowId, nodeId)];
}

export function useDraft(workflowId: string, nodeId: string | undefined): Draft | undefined {
  return useDrafts((drafts) => (nodeId === undefined ? undefined : drafts[keyOf(workflowId, nodeId)]));
}
