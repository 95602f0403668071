import type { Point } from "../../core/layout/free-spot.ts";
import type { LayoutInput } from "../../core/layout/layered.ts";
import { cardSize, emptyGraph, type Graph } from "./graph.ts";

/** Where tidying puts nodes: those that are selected, else those that nobody has put anywhere. Worked out aside. */
export function tidyPlaces(
  graph: Graph,
  selection: ReadonlySet<string>,
): Promise<ReadonlyMap<string, Point>> {
  const worker = new Worker(new URL("./layout-worker.ts", import.meta.url), { type: "module" });
  return new Promise<ReadonlyMap<string, Point>>((done, fail) => {
    worker.onmessage = ({ data }: MessageEvent<ReadonlyMap<string, Point>>) => done(data);
    worker.onerror = ({ message }) => fail(new Error(message));
    worker.postMessage(inputOf(graph, selection));
  }).finally(() => worker.terminate());
}

/** Has what works it out fetched, so that it is there when the network is not. */
export async function prepareTidy(): Promise<void> {
  await tidyPlaces(emptyGraph, new Set());
}

function inputOf({ nodes, edges, extras }: Graph, selection: ReadonlySet<string>): LayoutInput {
  const placed = new Set(extras.placed);
  const movable = selection.size > 1 ? selection : new Set([...nodes.keys()].filter((id) => !placed.has(id)));
  return {
    nodes: [...nodes.values()].map(({ id, position }) => ({ id, ...position, ...cardSize })),
    edges: [...edges.values()].map(({ source, target }) => ({ source, target })),
    movable,
  };
}
