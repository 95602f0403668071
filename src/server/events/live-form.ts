import type { NodeUpdate } from "../../contract/workflows.ts";
import type { Form } from "./topic.ts";

/** What the streams of single workflows say, which carry nothing else. */
const ofWorkflowStreams = new Set(["node_update", "run_update", "complete"]);
/** What is for those alone who follow one thing. */
const ofSingleStreams = new Set([...ofWorkflowStreams, "error"]);

export const workflowForm: Form = (said) => (ofWorkflowStreams.has(said.name) ? said : undefined);

/** How the one stream of a tab is told what is said to anybody: under a name and in a shape that tell what it is about. */
export const liveForm: Form = (said) => {
  if (said.name === "node_update") {
    // As `workflow-events` says it.
    const { stream_key, data } = said.data as { stream_key: string; data: NodeUpdate };
    const { node_id, status } = data;
    return { name: "node.status", data: { workflow_id: idIn(stream_key), node_id, status } };
  }
  if (said.name === "status_update") return { name: "resource.status", data: said.data };
  return ofSingleStreams.has(said.name) ? undefined : said;
};

function idIn(stream_key: string): string {
  return stream_key.slice(stream_key.indexOf(":") + 1);
}
