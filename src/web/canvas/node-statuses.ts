import { create } from "zustand";
import type { NodeStatus } from "../../contract/health.ts";
import type { EventOf } from "../../contract/operation.ts";
import type { Workflow, workflowOperations } from "../../contract/workflows.ts";

type WorkflowEvent = EventOf<(typeof workflowOperations)["followWorkflow"]>;
type Statuses = Readonly<Record<string, NodeStatus>>;

// Apart from the graph, so that a change of status redraws one card and not the canvas.
const useStatuses = create<Statuses>()(() => ({}));

export function useNodeStatus(nodeId: string): NodeStatus | undefined {
  return useStatuses((statuses) => statuses[nodeId]);
}

export function hear(event: WorkflowEvent): void {
  useStatuses.setState((statuses) => statusesAfter(statuses, event), true);
}

/** What is known after an event: the first one tells everything, later ones what has changed. */
export function statusesAfter(statuses: Statuses, event: WorkflowEvent): Statuses {
  if (event.name === "metadata") return statusesIn(event.data);
  if (event.name !== "node_update") return statuses;
  const { node_id, status } = event.data.data;
  return { ...statuses, [node_id]: status };
}

function statusesIn({ nodes }: Workflow): Statuses {
  return Object.fromEntries(
    nodes.flatMap(({ id, data }) => (data._status ? [[id, data._status as NodeStatus]] : [])),
  );
}
