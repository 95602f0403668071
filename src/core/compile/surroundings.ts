import type { DesignEdge, DesignNode } from "../../contract/design.ts";
import type { Neighbour, Surroundings } from "../catalog/kind.ts";
import { ownLabels } from "../kubernetes-object.ts";
import { nameOfNode } from "../relations/node-names.ts";
import { scalableKinds, servingKinds } from "../relations/workloads.ts";
import type { CompileInput } from "./compile-input.ts";

/** The design looked at from all sides once, so that each node finds its surroundings without searching. */
export function surveyDesign({ workflow_id, design, namespace, values = {}, present = {} }: CompileInput) {
  const byId = new Map(design.nodes.map((node) => [node.id, node]));
  const neighbours = neighboursOf(design.edges, byId);
  const at = (node: DesignNode) => namespaceOf(node, namespace);
  const keyed = (node: DesignNode, of: string) => `${of} ${at(node)}/${nameOfNode(node)}`;
  const workloads = new Map(
    design.nodes.filter(({ type }) => servingKinds.has(type)).map((node) => [keyed(node, "workload"), node]),
  );
  const services = new Set(
    design.nodes.filter(({ type }) => type === "service").map((node) => keyed(node, "service")),
  );
  const scaled = scaledNodes(design.nodes, neighbours, at);

  function surroundingsOf(node: DesignNode): Surroundings {
    return {
      node_id: node.id,
      namespace: at(node),
      labels: labelsOf(workflow_id, node.id),
      neighbours: neighbours.get(node.id) ?? [],
      nodeById: (id) => byId.get(id),
      workloadNamed: (name) => workloads.get(`workload ${at(node)}/${name}`),
      hasService: (name, where) => services.has(`service ${where}/${name}`),
      isScaled: scaled.has(node.id),
      secretValues: ownEntry(values.secrets, node.id) ?? {},
      envValues: ownEntry(values.env, node.id) ?? {},
      envKeys: ownEntry(present.envKeys, node.id) ?? [],
    };
  }
  return { byId, surroundingsOf };
}

export function namespaceOf({ data }: DesignNode, otherwise: string): string {
  return typeof data.namespace === "string" && data.namespace.trim() !== ""
    ? data.namespace.trim()
    : otherwise;
}

/** Labels hold less than ids do; a longer or stranger id is kept by its hash, so that two never share a label. */
function labelsOf(workflow_id: string, node_id: string): Record<string, string> {
  return {
    [ownLabels.managedBy]: "orrery",
    [ownLabels.workflow]: workflow_id,
    [ownLabels.node]: nodeLabel(node_id),
  };
}

function nodeLabel(node_id: string): string {
  if (/^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/.test(node_id)) return node_id;
  const readable = node_id
    .replace(/[^A-Za-z0-9]+/g, "-")
    .slice(0, 40)
    .replace(/^-+|-+$/g, "");
  return `${readable || "node"}-${hash(node_id)}`;
}

/** FNV-1a, 53 bits of it: for telling ids apart, not for secrets. */
function hash(text: string): string {
  let [high, low] = [0x811c9dc5, 0xcbf29ce4];
  for (const char of text) {
    high = Math.imul(high ^ (char.codePointAt(0) ?? 0), 0x01000193) >>> 0;
    low = Math.imul(low ^ high, 0x01000193) >>> 0;
  }
  return high.toString(36).padStart(7, "0") + low.toString(36).padStart(7, "0");
}

function neighboursOf(
  edges: readonly DesignEdge[],
  byId: ReadonlyMap<string, DesignNode>,
): Map<string, Neighbour[]> {
  const found = new Map<string, Neighbour[]>();
  const add = (id: string, edge: DesignEdge, other: string) => {
    const node = byId.get(other);
    if (!node) return;
    const known = found.get(id);
    if (known) known.push({ node, edge });
    else found.set(id, [{ node, edge }]);
  };
  for (const edge of edges) {
    if (edge.source === edge.target || edge.type === "dependency") continue;
    add(edge.source, edge, edge.target);
    add(edge.target, edge, edge.source);
  }
  return found;
}

/** The workloads whose replicas an autoscaler decides: joined to it, or named by it in the same namespace. */
function scaledNodes(
  nodes: readonly DesignNode[],
  neighbours: ReadonlyMap<string, readonly Neighbour[]>,
  at: (node: DesignNode) => string,
): Set<string> {
  const named = new Map(nodes.filter(isScalable).map((node) => [`${at(node)}/${nameOfNode(node)}`, node.id]));
  const scaled = new Set<string>();
  for (const node of nodes.filter(({ type }) => type === "hpa")) {
    const target = typeof node.data.scaleTargetName === "string" ? node.data.scaleTargetName : "";
    const joined = neighbours.get(node.id)?.find((each) => isScalable(each.node))?.node.id;
    const id = (target && named.get(`${at(node)}/${target}`)) || (target ? undefined : joined);
    if (id) scaled.add(id);
  }
  return scaled;
}

function isScalable({ type }: DesignNode): boolean {
  return scalableKinds.has(type);
}

function ownEntry<T>(record: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return record && Object.hasOwn(record, key) ? record[key] : undefined;
}
