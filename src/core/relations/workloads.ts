import type { DesignNode } from "../../contract/design.ts";
import { nameOfNode } from "./node-names.ts";

/** Kinds whose pods serve. */
export const servingKinds: ReadonlySet<string> = new Set(["deployment", "statefulset", "daemonset"]);

/** Kinds whose number of pods an autoscaler may decide, and what Kubernetes calls them. */
export const scalableKinds: ReadonlyMap<string, "Deployment" | "StatefulSet"> = new Map([
  ["deployment", "Deployment"],
  ["statefulset", "StatefulSet"],
]);

/** Kinds that have pods at all. */
export const workloadKinds: ReadonlySet<string> = new Set([...servingKinds, "job", "cronjob"]);

/** The part of a node's surroundings that says which nodes it is about. */
export interface Around {
  neighbours: readonly { node: DesignNode; handle?: string | undefined }[];
  nodeById(id: string): DesignNode | undefined;
  nodeNamed(kinds: Iterable<string>, name: string): DesignNode | undefined;
}

export interface Linked {
  name: string;
  /** Its node, where it is drawn. */
  node: DesignNode | undefined;
}

interface Reference {
  /** The name as it was written when the two were joined. */
  name: string | undefined;
  /** The id of the node it was joined to then. */
  remembered: unknown;
  kinds: ReadonlySet<string>;
}

/**
 * Whom a setting means. A name that some node bears means that node; a name that none bears any more means the node
 * it was joined to, as that is called now; without a name it is the node that an edge reaches.
 */
export function linkedNode({ name, remembered, kinds }: Reference, around: Around): Linked | undefined {
  const named = name === undefined ? undefined : around.nodeNamed(kinds, name);
  if (name !== undefined && named) return { name, node: named };
  const known = typeof remembered === "string" ? around.nodeById(remembered) : undefined;
  const isMeant = known !== undefined && kinds.has(known.type);
  if (isMeant && name !== undefined) return { name: nameOfNode(known), node: known };
  if (name !== undefined) return { name, node: undefined };
  const joined = around.neighbours.filter(({ node }) => kinds.has(node.type)).map(({ node }) => node);
  const node = isMeant && (joined.length === 0 || joined.includes(known)) ? known : joined[0];
  return node && { name: nameOfNode(node), node };
}

/** The workload a service is in front of. */
export function servedWorkload(data: Readonly<Record<string, unknown>>, around: Around): Linked | undefined {
  const { targetApp, _linkedDeployment: remembered } = data;
  return linkedNode({ name: textOf(targetApp), remembered, kinds: servingKinds }, around);
}

const scalable: ReadonlySet<string> = new Set(scalableKinds.keys());

/** The workload an autoscaler is for. Of two of one name, the kind decides. */
export function scaledWorkload(data: Readonly<Record<string, unknown>>, around: Around): Linked | undefined {
  const { scaleTargetName, scaleTargetKind, _linkedTarget: remembered } = data;
  const name = textOf(scaleTargetName);
  const [kind] = [...scalableKinds].find(([, each]) => each === scaleTargetKind) ?? [];
  const exact = name && kind ? around.nodeNamed([kind], name) : undefined;
  if (name && exact) return { name, node: exact };
  return linkedNode({ name, remembered, kinds: scalable }, around);
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
