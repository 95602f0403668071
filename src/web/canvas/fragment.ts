import type { DesignEdge, DesignNode } from "../../contract/design.ts";
import { BoxIndex } from "../../core/layout/box-index.ts";
import { freeSpot, onGrid, type Point } from "../../core/layout/free-spot.ts";
import { nameOfNode } from "../../core/relations/node-names.ts";
import { cardSize, type Graph, newId, withEdges, withNodes } from "./graph.ts";
import { uniqueName } from "./names.ts";
import { renamed } from "./rename-references.ts";

/** Part of a drawing, as it goes through the clipboard. */
export interface Fragment {
  orrery: 1;
  nodes: DesignNode[];
  /** Also those to nodes outside: they are joined again where such a node is. */
  edges: DesignEdge[];
  /** What the ends outside are called. */
  outside: Record<string, string>;
}

/** Secret values are never part of a drawing; should one be there all the same, it stays where it is. */
function withoutValues(node: DesignNode): DesignNode {
  if (node.type !== "secret") return node;
  const { data, stringData, keys, ...rest } = node.data;
  const names = Array.isArray(keys)
    ? keys.map(({ value, ...key }: Record<string, unknown>) => key)
    : undefined;
  return { ...node, data: { ...rest, ...(names && { keys: names }) } };
}

export function fragmentOf({ nodes, edges }: Graph, ids: ReadonlySet<string>): Fragment {
  const own = [...nodes.values()].filter(({ id }) => ids.has(id)).map(withoutValues);
  const joined = [...edges.values()].filter(({ source, target }) => ids.has(source) || ids.has(target));
  const ends = new Set(joined.flatMap(({ source, target }) => [source, target]).filter((id) => !ids.has(id)));
  const outside = [...ends].flatMap((id) => {
    const node = nodes.get(id);
    return node ? [[id, nameOfNode(node)] as const] : [];
  });
  return { orrery: 1, nodes: own, edges: joined, outside: Object.fromEntries(outside) };
}

export function readFragment(text: string): Fragment | undefined {
  try {
    const read = JSON.parse(text) as Partial<Fragment> | null;
    const isOne = read?.orrery === 1 && Array.isArray(read.nodes) && Array.isArray(read.edges);
    return isOne ? ({ outside: {}, ...read } as Fragment) : undefined;
  } catch {
    return undefined;
  }
}

export interface Pasted {
  graph: Graph;
  ids: string[];
  /** What edges of the fragment led to and is not here. */
  missing: string[];
}

/** A drawing with a fragment put in under new ids and free names, its nodes as they stood to one another. */
export function pasted(graph: Graph, fragment: Fragment, at: Point): Pasted {
  const ids = new Map(fragment.nodes.map(({ id }) => [id, newId()]));
  const names = freeNames(fragment.nodes, graph);
  const shift = shiftTo(at, fragment.nodes, graph);
  const nodes = fragment.nodes.map((node): DesignNode => {
    const name = names.get(node);
    const data = renamed(node.data, { ids, nodes: fragment.nodes, nameOf: (other) => names.get(other) });
    const position = { x: node.position.x + shift.x, y: node.position.y + shift.y };
    const called = name === undefined || name === nameOfNode(node) ? data : { ...data, name };
    return { id: ids.get(node.id) ?? newId(), type: node.type, position, data: called };
  });
  const isHere = (id: string) => ids.has(id) || graph.nodes.has(id);
  const [kept, lost] = [true, false].map((wanted) =>
    fragment.edges.filter(({ source, target }) => (isHere(source) && isHere(target)) === wanted),
  ) as [DesignEdge[], DesignEdge[]];
  const edges = kept.map((edge) => {
    const ends = { source: ids.get(edge.source) ?? edge.source, target: ids.get(edge.target) ?? edge.target };
    return { ...edge, ...ends, id: newId() };
  });
  const missing = lost.flatMap(({ source, target }) => [source, target].filter((id) => !isHere(id)));
  return {
    graph: withEdges(withNodes(graph, nodes), edges),
    ids: nodes.map(({ id }) => id),
    missing: [...new Set(missing)].map((id) => fragment.outside[id] ?? id),
  };
}

function freeNames(nodes: readonly DesignNode[], graph: Graph): Map<DesignNode, string> {
  const all = [...graph.nodes.values()];
  const names = new Map<DesignNode, string>();
  for (const node of nodes) {
    const name = uniqueName(nameOfNode(node), node.type, all);
    names.set(node, name);
    all.push({ ...node, data: { name } });
  }
  return names;
}

function shiftTo(at: Point, nodes: readonly DesignNode[], graph: Graph): Point {
  const [left, top] = [
    Math.min(...nodes.map(({ position }) => position.x)),
    Math.min(...nodes.map(({ position }) => position.y)),
  ];
  const size = {
    width: Math.max(...nodes.map(({ position }) => position.x)) - left + cardSize.width,
    height: Math.max(...nodes.map(({ position }) => position.y)) - top + cardSize.height,
  };
  const taken = new BoxIndex([...graph.nodes.values()].map(({ position }) => ({ ...position, ...cardSize })));
  const spot = freeSpot({ ...at, ...size }, taken);
  return { x: onGrid(spot.x - left), y: onGrid(spot.y - top) };
}
