import type { DesignEdge, DesignNode } from "../../contract/design.ts";
import type { Neighbour, Surroundings } from "../catalog/kind.ts";
import { labelSafe } from "../catalog/label-safe.ts";
import { ownLabels } from "../kubernetes-object.ts";
import { nameOfNode } from "../relations/node-names.ts";
import { scaledWorkload } from "../relations/workloads.ts";
import type { CompileInput } from "./compile-input.ts";
import { namespacesOf } from "./namespaces.ts";

export interface Survey {
  nodeById(id: string): DesignNode | undefined;
  surroundingsOf(node: DesignNode): Surroundings;
}

/** The design looked at from all sides once, so that each node finds its surroundings without searching. */
export function surveyDesign({
  workflow_id,
  design,
  namespace,
  values = {},
  present = {},
}: CompileInput): Survey {
  const byId = new Map(design.nodes.map((node) => [node.id, node]));
  const neighbours = neighboursOf(design.edges, byId);
  const nodeById = (id: string) => byId.get(id);
  const namespaceOf = namespacesOf(neighbours, namespace);
  const placeOf = (kind: string, where: string, name: string) => `${kind} ${where}/${name}`;
  const byName = new Map(
    design.nodes.map((node) => [placeOf(node.type, namespaceOf(node), nameOfNode(node)), node]),
  );
  const scaled = new Set<string>();

  function surroundingsOf(node: DesignNode): Surroundings {
    const where = namespaceOf(node);
    return {
      namespace: where,
      labels: labelsOf(workflow_id, node.id),
      neighbours: neighbours.get(node.id) ?? [],
      nodeById,
      nodeNamed(kinds, name) {
        for (const kind of kinds) {
          const found = byName.get(placeOf(kind, where, name));
          if (found) return found;
        }
        return undefined;
      },
      surroundingsOf,
      isScaled: scaled.has(node.id),
      secretValues: ownEntry(values.secrets, node.id) ?? {},
      envValues: ownEntry(values.env, node.id) ?? {},
      envKeys: ownEntry(present.envKeys, node.id) ?? [],
    };
  }

  for (const node of design.nodes.filter(({ type }) => type === "hpa")) {
    const target = scaledWorkload(node.data, surroundingsOf(node))?.node;
    if (target) scaled.add(target.id);
  }
  return { nodeById, surroundingsOf };
}

function labelsOf(workflow_id: string, node_id: string): Record<string, string> {
  return {
    [ownLabels.managedBy]: "orrery",
    [ownLabels.workflow]: workflow_id,
    [ownLabels.node]: labelSafe(node_id),
  };
}

function neighboursOf(
  edges: readonly DesignEdge[],
  byId: ReadonlyMap<string, DesignNode>,
): Map<string, Neighbour[]> {
  const found = new Map<string, Neighbour[]>();
  const add = (id: string, edge: DesignEdge, other: string, handle: string | null | undefined) => {
    const node = byId.get(other);
    if (!node || !byId.has(id)) return;
    const neighbour = { node, edge, handle: handle ?? undefined };
    const known = found.get(id);
    if (known) known.push(neighbour);
    else found.set(id, [neighbour]);
  };
  for (const edge of edges) {
    if (edge.source === edge.target || edge.type === "dependency") continue;
    add(edge.source, edge, edge.target, edge.sourceHandle);
    add(edge.target, edge, edge.source, edge.targetHandle);
  }
  return found;
}

function ownEntry<T>(record: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return record && Object.hasOwn(record, key) ? record[key] : undefined;
}
