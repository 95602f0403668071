import type { Design } from "../../contract/design.ts";
import type { Detail } from "../problem.ts";

/** What is wrong with the drawing itself, whatever its nodes are. */
export function designFaults({ nodes, edges }: Design): Detail[] {
  const ids = new Set<string>();
  const faults: Detail[] = [];
  for (const { id } of nodes) {
    if (ids.has(id))
      faults.push({
        node_id: id,
        path: "",
        code: "duplicate-node",
        message: `Two nodes have the id “${id}”`,
      });
    ids.add(id);
  }
  for (const [index, { source, target }] of edges.entries()) {
    const path = `/edges/${index}`;
    if (source === target)
      faults.push({ path, code: "self-edge", message: `An edge joins “${source}” to itself` });
    const lost = [source, target].filter((id) => !ids.has(id));
    for (const id of lost)
      faults.push({ path, code: "dangling-edge", message: `An edge ends at “${id}”, which is not there` });
  }
  return faults;
}
