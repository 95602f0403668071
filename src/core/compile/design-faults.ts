import { type Design, type DesignEdge, designLimits } from "../../contract/design.ts";
import type { Detail } from "../problem.ts";
import { isCondition } from "../relations/dependencies.ts";

/** A drawing that is too large to look at any closer. */
export function sizeFaults({ nodes, edges }: Design): Detail[] {
  const tooMany = (path: string, what: string, limit: number): Detail => {
    return { path, code: "too-many", message: `A design holds ${limit} ${what} at most` };
  };
  return [
    ...(nodes.length > designLimits.nodes ? [tooMany("/nodes", "nodes", designLimits.nodes)] : []),
    ...(edges.length > designLimits.edges ? [tooMany("/edges", "edges", designLimits.edges)] : []),
  ];
}

/** What is wrong with the drawing itself, whatever its nodes are. */
export function designFaults({ nodes, edges }: Design): Detail[] {
  const ids = new Set<string>();
  const faults: Detail[] = [];
  for (const { id } of nodes) {
    const message = `Two nodes have the id “${id}”`;
    if (ids.has(id)) faults.push({ node_id: id, path: "", code: "duplicate-node", message });
    ids.add(id);
  }
  const edgeIds = new Set<string>();
  for (const [index, edge] of edges.entries()) {
    const path = `/edges/${index}`;
    if (edgeIds.has(edge.id))
      faults.push({ path, code: "duplicate-edge", message: `Two edges have the id “${edge.id}”` });
    edgeIds.add(edge.id);
    faults.push(...edgeFaults(edge, path, ids));
  }
  return faults;
}

function edgeFaults(edge: DesignEdge, path: string, ids: ReadonlySet<string>): Detail[] {
  const { source, target } = edge;
  const faults: Detail[] = [];
  if (source === target)
    faults.push({ path, code: "self-edge", message: `An edge joins “${source}” to itself` });
  for (const id of new Set([source, target]))
    if (!ids.has(id))
      faults.push({ path, code: "dangling-edge", message: `An edge ends at “${id}”, which is not there` });
  const condition = edge.data?.condition ?? edge.condition;
  const isSaid = edge.type === "dependency" && condition !== undefined && condition !== null;
  if (isSaid && !isCondition(condition)) {
    const place = edge.data?.condition === undefined ? `${path}/condition` : `${path}/data/condition`;
    const message = "The condition of a dependency is exists, ready or completed";
    faults.push({ path: place, code: "unknown-word", message });
  }
  return faults;
}
