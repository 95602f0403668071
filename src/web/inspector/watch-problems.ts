import { drawingOf, type Graph } from "../canvas/graph.ts";
import type { GraphStore } from "../canvas/graph-store.ts";
import { type CanvasProblem, groupedProblems } from "../canvas/problems.ts";
import { isOnlyMoved } from "../canvas/same-graph.ts";
import type { Asked } from "./problems-worker.ts";
import { expectComplete, spokenProblems, useRequiredMarks } from "./required-marks.ts";

const pauseMs = 40;

/**
 * Keeps `problems` of a drawing's store up to date, for cards, forms and lists alike. Ends with what it answers.
 */
export function watchProblems(store: GraphStore, namespace: string): () => void {
  let found: readonly CanvasProblem[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tell = () =>
    store.setState({ problems: groupedProblems(spokenProblems(found, useRequiredMarks.getState())) });
  const checker = createChecker((all) => {
    found = all;
    tell();
  });
  const check = () => {
    const { workflowId, graph } = store.getState();
    checker.check(workflowId, graph, namespace);
  };
  const stopGraph = store.subscribe(({ graph }, before) => {
    if (isOnlyMoved(before.graph, graph)) return;
    clearTimeout(timer);
    timer = setTimeout(check, pauseMs);
  });
  const stopMarks = useRequiredMarks.subscribe(tell);
  expectComplete(store.getState().graph.nodes.keys());
  check();
  return () => {
    clearTimeout(timer);
    stopGraph();
    stopMarks();
    checker.end();
  };
}

/** Looks at drawings in a worker, where it is not felt while typing; only the last question is answered. */
function createChecker(tell: (all: readonly CanvasProblem[]) => void) {
  let worker: Worker | undefined;
  let isBusy = false;
  let next: Asked | undefined;
  const ask = (asked: Asked) => {
    isBusy = true;
    worker ??= begin();
    worker.postMessage(asked);
  };
  const begin = () => {
    const made = new Worker(new URL("./problems-worker.ts", import.meta.url), { type: "module" });
    made.addEventListener("message", ({ data }: MessageEvent<CanvasProblem[]>) => {
      isBusy = false;
      if (next) {
        ask(next);
        next = undefined;
      } else tell(data);
    });
    return made;
  };
  return {
    check(workflowId: string, graph: Graph, namespace: string) {
      const { nodes, edges } = drawingOf(graph);
      const asked = { workflowId, design: { nodes, edges }, namespace };
      if (isBusy) next = asked;
      else ask(asked);
    },
    end: () => worker?.terminate(),
  };
}
