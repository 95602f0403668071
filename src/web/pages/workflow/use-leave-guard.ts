import { useBlocker } from "@tanstack/react-router";
import type { Draft } from "../../canvas/draft.ts";
import { hasTypedSecrets } from "../../inspector/secret-values.ts";

/**
 * Asks before the window goes only where that would lose something: what neither the server nor this device has, and
 * secrets. Other places of the app lose nothing, for the draft outlives this page.
 */
export function useLeaveGuard({ autosave, graph }: Draft): void {
  useBlocker({
    shouldBlockFn: () => false,
    enableBeforeUnload: () => autosave.wouldLose || hasTypedSecrets(graph.getState().workflowId),
  });
}
