import { useEffect } from "react";
import { api } from "../../../contract/api.ts";
import type { Workflow } from "../../../contract/workflows.ts";
import { invalidate, queries, queryOf } from "../../api.ts";
import { type Draft, storedOf } from "../../canvas/draft.ts";
import { statusesIn } from "../../canvas/statuses.ts";
import { useEvent } from "../../live/events.ts";
import { useTopics } from "../../live/topics.ts";

/** Keeps a draft in touch: how its nodes are doing, what others save, and when what is deployed has changed. */
export function useLiveDraft({ id }: Workflow, { autosave, statuses }: Draft): void {
  useTopics([`workflow:${id}`]);
  const read = async (use: (workflow: Workflow) => void) => {
    try {
      use(await queries.fetchQuery({ ...queryOf(api.getWorkflow, { params: { id } }), staleTime: 0 }));
    } catch {
      // No answer now: what is missed is told again when the stream is back, and a save would find it too.
    }
  };
  useEvent("node.status", (heard) => {
    for (const { workflow_id, node_id, status } of heard)
      if (workflow_id === id) statuses.hear(node_id, status);
  });
  useEvent("workflow.saved", (saved) => {
    const isNews = saved.some(
      ({ workflow_id, revision }) => workflow_id === id && revision > autosave.revision,
    );
    if (isNews) void read((workflow) => autosave.receive(storedOf(workflow)));
  });
  useEvent("run.state", (states) => {
    const hasEnded = states.some(({ workflow_id, status }) => workflow_id === id && status !== "running");
    if (hasEnded) void invalidate(api.getWorkflow, { params: { id } });
  });
  useEvent("workflow.changed", (changed) => {
    if (changed.some(({ workflow_id }) => workflow_id === id))
      void invalidate(api.getWorkflow, { params: { id } });
  });
  useEvent("gap", () => {
    const askedAt = Date.now();
    void read((workflow) => {
      statuses.replace(statusesIn(workflow.nodes), askedAt);
      autosave.receive(storedOf(workflow));
    });
  });
  useEffect(() => {
    const wake = () => void autosave.flush();
    window.addEventListener("online", wake);
    return () => window.removeEventListener("online", wake);
  }, [autosave]);
}
