import type { Condition, DesignEdge, DesignNode } from "../../contract/design.ts";
import type { KubernetesObject } from "../kubernetes-object.ts";
import { referencesOf } from "./references.ts";

export interface Wait {
  node_id: string;
  condition: Condition;
}

interface Made {
  node_id: string;
  objects: readonly KubernetesObject[];
}

/** What each node waits for before it is started: first what people said, then what goes without saying. */
export function waitsOf(
  nodes: readonly Made[],
  edges: readonly DesignEdge[],
  nodeById: (id: string) => DesignNode | undefined,
): Map<string, Wait[]> {
  const waits = new Map<string, Map<string, Condition>>();
  const add = (waiting: string, first: string, condition: Condition) => {
    const known = waits.get(waiting) ?? new Map<string, Condition>();
    waits.set(waiting, known.set(first, stricter(known.get(first), condition)));
  };
  for (const edge of edges) {
    const [first, waiting] = [nodeById(edge.source), nodeById(edge.target)];
    if (edge.type === "dependency" && first && waiting && first !== waiting)
      add(waiting.id, first.id, conditionOf(edge, first));
  }
  const makerOf = makers(nodes);
  for (const { node_id, objects } of nodes)
    for (const maker of objects.flatMap((object) => needed(object, makerOf)))
      if (maker !== node_id) add(node_id, maker, "exists");
  return new Map([...waits].map(([id, of]) => [id, toWaits(of)]));
}

function toWaits(of: ReadonlyMap<string, Condition>): Wait[] {
  return [...of].map(([node_id, condition]) => ({ node_id, condition }));
}

/** An edge of type `dependency` runs from what comes first to what waits for it. */
function conditionOf(edge: DesignEdge, first: DesignNode): Condition {
  const given = edge.data?.condition ?? edge.condition;
  if (isCondition(given)) return given;
  return first.type === "job" ? "completed" : "ready";
}

export function isCondition(value: unknown): value is Condition {
  return value === "exists" || value === "ready" || value === "completed";
}

/** A pod whose configuration comes after it fails first; what points at something comes after what it points at. */
function needed(object: KubernetesObject, makerOf: ReadonlyMap<string, string>): string[] {
  const { namespace = "" } = object.metadata;
  return referencesOf(object).flatMap(({ kind, name }) => makerOf.get(placeOf(kind, namespace, name)) ?? []);
}

function makers(nodes: readonly Made[]): Map<string, string> {
  const entries = nodes.flatMap(({ node_id, objects }) =>
    objects.map(
      ({ kind, metadata: { namespace = "", name } }) => [placeOf(kind, namespace, name), node_id] as const,
    ),
  );
  return new Map(entries);
}

function placeOf(kind: string, namespace: string, name: string): string {
  return `${kind}/${namespace}/${name}`;
}

const strictness = { exists: 0, ready: 1, completed: 2 } as const;

function stricter(known: Condition | undefined, condition: Condition): Condition {
  return known !== undefined && strictness[known] >= strictness[condition] ? known : condition;
}
