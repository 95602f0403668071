import type { Design } from "../../../contract/design.ts";
import type { Workflow } from "../../../contract/workflows.ts";

/** The drawing alone: without what the server knows of its nodes. */
export function designOf({ nodes, edges }: Pick<Workflow, "nodes" | "edges">): Design {
  return {
    nodes: nodes.map(({ id, type, position, data: { _status, ...data } }) => ({ id, type, position, data })),
    edges,
  };
}
