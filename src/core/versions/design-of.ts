import type { Design } from "../../contract/design.ts";

/** The drawing alone: without what the server knows of its nodes. Versions of one drawing have one text by it. */
export function designOf({ nodes, edges }: Design): Design {
  return {
    nodes: nodes.map(({ id, type, position, data: { _status, ...data } }) => ({ id, type, position, data })),
    edges,
  };
}
