interface Ends {
  /** Edges that leave a node, and edges that reach it. */
  out: number;
  into: number;
}

type Edges = ReadonlyMap<string, { source: string; target: string }>;

const counted = new WeakMap<Edges, Map<string, Ends>>();
const none: Ends = { out: 0, into: 0 };

/** How many edges a node has, counted once for all nodes. */
export function endsOf(edges: Edges, id: string): Ends {
  const known = counted.get(edges) ?? countAll(edges);
  counted.set(edges, known);
  return known.get(id) ?? none;
}

function countAll(edges: Edges): Map<string, Ends> {
  const all = new Map<string, Ends>();
  const add = (id: string, way: keyof Ends) => {
    const ends = all.get(id) ?? { ...none };
    ends[way] += 1;
    all.set(id, ends);
  };
  for (const { source, target } of edges.values()) {
    add(source, "out");
    add(target, "into");
  }
  return all;
}
