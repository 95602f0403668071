import type { Condition, DesignEdge, DesignNode } from "../../contract/design.ts";
import { relationOf } from "./relations.ts";
import { workloadKinds } from "./workloads.ts";

export interface Wait {
  node_id: string;
  condition: Condition;
}

/** What a node waits for before it is started, by what is drawn: first what people said, then what goes without saying. */
export function waitsOf(
  node: DesignNode,
  edges: readonly DesignEdge[],
  nodeById: (id: string) => DesignNode | undefined,
): Wait[] {
  const waits = new Map<string, Condition>();
  for (const edge of edges) {
    const other = nodeById(edge.source === node.id ? edge.target : edge.source);
    if (!other || other.id === node.id) continue;
    const condition = edge.type === "dependency" ? said(edge, node, other) : implied(node, other);
    if (condition) waits.set(other.id, stricter(waits.get(other.id), condition));
  }
  return [...waits].map(([node_id, condition]) => ({ node_id, condition }));
}

/** An edge of type `dependency` runs from what comes first to what waits for it. */
function said(edge: DesignEdge, node: DesignNode, first: DesignNode): Condition | undefined {
  if (edge.target !== node.id) return undefined;
  const given = edge.data?.condition ?? edge.condition;
  if (given === "exists" || given === "ready" || given === "completed") return given;
  return first.type === "job" ? "completed" : "ready";
}

/** A pod whose configuration comes after it fails first; what points at something comes after what it points at. */
function implied(node: DesignNode, other: DesignNode): Condition | undefined {
  const relation = relationOf(node.type, other.type);
  const isLater =
    ((relation === "configures" || relation === "mounts") && workloadKinds.has(node.type)) ||
    (relation === "scales" && node.type === "hpa") ||
    (relation === "routes" && node.type === "ingress");
  return isLater ? "exists" : undefined;
}

const strictness = { exists: 0, ready: 1, completed: 2 } as const;

function stricter(known: Condition | undefined, condition: Condition): Condition {
  return known !== undefined && strictness[known] >= strictness[condition] ? known : condition;
}

/** The nodes of one circle of waits, in order, if there is one. */
export function findCycle(
  nodes: readonly { node_id: string; after: readonly Wait[] }[],
): string[] | undefined {
  const after = new Map(nodes.map((node) => [node.node_id, node.after]));
  const done = new Set<string>();
  for (const start of after.keys()) {
    const cycle = cycleFrom(start, after, done);
    if (cycle) return cycle;
  }
  return undefined;
}

/** Walked with a list instead of by recursion: a chain may be thousands of nodes long. */
function cycleFrom(
  start: string,
  after: ReadonlyMap<string, readonly Wait[]>,
  done: Set<string>,
): string[] | undefined {
  const path = done.has(start) ? [] : [{ id: start, next: 0 }];
  const onPath = new Set([start]);
  for (let at = path.at(-1); at; at = path.at(-1)) {
    const wait = after.get(at.id)?.[at.next++];
    if (!wait) {
      done.add(at.id);
      onPath.delete(at.id);
      path.pop();
    } else if (onPath.has(wait.node_id)) {
      const ids = path.map(({ id }) => id);
      return ids.slice(ids.indexOf(wait.node_id)).reverse();
    } else if (!done.has(wait.node_id) && after.has(wait.node_id)) {
      path.push({ id: wait.node_id, next: 0 });
      onPath.add(wait.node_id);
    }
  }
  return undefined;
}
