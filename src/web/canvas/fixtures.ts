import type { DesignEdge, DesignNode } from "../../contract/design.ts";

/** A node at no place in particular, for tests. */
export function nodeOf(id: string, type: string, data: Record<string, unknown> = {}): DesignNode {
  return { id, type, position: { x: 0, y: 0 }, data };
}

export function edgeOf(source: string, target: string, more: Partial<DesignEdge> = {}): DesignEdge {
  return { id: `${source}-${target}`, source, target, ...more };
}
