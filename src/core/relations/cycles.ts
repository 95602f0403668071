import type { Wait } from "./dependencies.ts";

interface Waiting {
  node_id: string;
  after: readonly Wait[];
}

/** Circles of waits, each in order and no two of them with a node in common. */
export function findCycles(nodes: readonly Waiting[]): string[][] {
  const after = new Map(nodes.map((node) => [node.node_id, node.after]));
  const done = new Set<string>();
  const cycles: string[][] = [];
  for (const start of after.keys()) {
    // What stands in a circle is left out, and another circle may be found from the same start.
    for (let cycle = cycleFrom(start, after, done); cycle; cycle = cycleFrom(start, after, done)) {
      cycles.push(cycle);
      for (const id of cycle) done.add(id);
    }
  }
  return cycles;
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
    } else if (done.has(wait.node_id)) {
      // Nothing new lies there.
    } else if (onPath.has(wait.node_id)) {
      const ids = path.map(({ id }) => id);
      return ids.slice(ids.indexOf(wait.node_id)).reverse();
    } else if (after.has(wait.node_id)) {
      path.push({ id: wait.node_id, next: 0 });
      onPath.add(wait.node_id);
    }
  }
  return undefined;
}
