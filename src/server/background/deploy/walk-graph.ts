import { setImmediate as nextTurn } from "node:timers/promises";
import type { CompiledNode } from "../../../core/compile/compile-design.ts";
import { nextSteps, sayWait } from "../../../core/plan/run-graph.ts";
import { createBell } from "../../bell.ts";
import type { ClusterView } from "../cluster-view.ts";
import type { Journal } from "./journal.ts";
import { blankProgress, type NodeProgress } from "./node-progress.ts";
import { createTransitions, type Transitions } from "./transitions.ts";

export interface WalkNeeds {
  view: Pick<ClusterView, "find" | "assess" | "join">;
  journal: Pick<Journal, "log" | "node">;
  /** Writes nodes to the cluster. They start together, so that what is noted of them is noted once. */
  apply(wave: NodeProgress[]): Promise<Promise<void>[]>;
  /** While a wave is under way: with it, the nodes that can start once it is over. */
  foresee(wave: NodeProgress[], after: NodeProgress[]): void;
  workflow_id: string;
  signal: AbortSignal;
  tickMs: number;
}

export interface Walked {
  nodes: NodeProgress[];
  failed: NodeProgress | undefined;
  bug: unknown;
}

/**
 * Takes each node as soon as what it waits for is met, and watches until each is seen to work or to fail. What waits
 * for a failed one is skipped; what has nothing to do with it goes on.
 */
export async function walkGraph(needs: WalkNeeds, compiled: readonly CompiledNode[]): Promise<Walked> {
  const { view, signal, tickMs, apply, foresee } = needs;
  const nodes = new Map(compiled.map((node) => [node.node_id, blankProgress(node, Date.now())]));
  const transitions = createTransitions(needs);
  const underWay = new Set<Promise<void>>();
  const bell = createBell();
  const leave = view.join(({ workflow_id }) => workflow_id === needs.workflow_id && bell.ring());
  // Some failures count only after they have held for a while, and nothing tells when that is over.
  const tick = setInterval(bell.ring, tickMs);
  signal.addEventListener("abort", bell.ring);

  try {
    // What is told in one turn is looked at once.
    for (; ; await bell.heard().then(() => nextTurn())) {
      signal.throwIfAborted();
      for (const node of nodes.values()) if (node.progress === "applied") transitions.look(node);
      const wave = startable(nodes, transitions);
      if ([...nodes.values()].every(isSettled)) break;
      if (wave.length === 0) continue;
      for (const [index, work] of (await apply(wave)).entries()) {
        const done = transitions.applied(wave[index] as NodeProgress, work);
        underWay.add(done);
        void done.then(() => [underWay.delete(done), bell.ring()]);
      }
      // By the next turn its requests are on the wire, and the cluster is busy.
      await nextTurn();
      foresee(wave, startableAfter(nodes));
    }
  } finally {
    // What is under way is over before anything else is done about it.
    await Promise.all(underWay);
    clearInterval(tick);
    leave();
    signal.removeEventListener("abort", bell.ring);
  }
  return { nodes: [...nodes.values()], ...transitions.outcome };
}

function isSettled({ progress }: NodeProgress): boolean {
  return progress === "ready" || progress === "failed" || progress === "skipped";
}

/** The nodes whose turn it is; the others say what they are waiting for, or why they will never start. */
function startable(nodes: ReadonlyMap<string, NodeProgress>, { become }: Transitions): NodeProgress[] {
  const nameOf = (node_id: string) => `“${nodes.get(node_id)?.node.name ?? node_id}”`;
  const graph = [...nodes.values()].map(({ node }) => node);
  const progressOf = (node_id: string) => nodes.get(node_id)?.progress ?? "skipped";
  let steps = nextSteps(graph, progressOf);
  // What waits for a skipped one is skipped in turn.
  for (; steps.skip.length > 0; steps = nextSteps(graph, progressOf))
    for (const { node_id, because } of steps.skip) {
      const node = nodes.get(node_id);
      const [first = ""] = because;
      const what = progressOf(first) === "failed" ? "failed" : "was not started";
      if (node) become(node, "skipped", `Not started, because ${nameOf(first)} ${what}`);
    }

  for (const [node_id, [first]] of steps.waits) {
    const node = nodes.get(node_id);
    if (node && first) become(node, "waiting", sayWait(first, nameOf));
  }
  const wave = steps.start.flatMap((node_id) => nodes.get(node_id) ?? []);
  for (const node of wave) become(node, "applying", "Applying");
  return wave;
}

/** The nodes that wait for nothing but what is under way. */
function startableAfter(nodes: ReadonlyMap<string, NodeProgress>): NodeProgress[] {
  const isUnderWay = (node_id: string) => nodes.get(node_id)?.progress !== "waiting";
  return [...nodes.values()].filter(
    ({ progress, node }) => progress === "waiting" && node.after.every((wait) => isUnderWay(wait.node_id)),
  );
}
