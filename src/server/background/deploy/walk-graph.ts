import type { CompiledNode } from "../../../core/compile/compile-design.ts";
import { nextSteps, type Progress, sayWait } from "../../../core/plan/run-graph.ts";
import { Problem } from "../../../core/problem.ts";
import { createBell } from "../../bell.ts";
import type { ClusterView } from "../cluster-view.ts";
import type { Journal } from "./journal.ts";
import { assessNode, blankProgress, type NodeProgress, toNodeRun } from "./node-progress.ts";

export interface WalkNeeds {
  view: Pick<ClusterView, "find" | "assess" | "join">;
  journal: Pick<Journal, "log" | "node">;
  /** Writes the nodes' objects to the cluster; they start together, so what is noted of them is noted once. */
  apply(wave: NodeProgress[]): Promise<void>[] | Promise<Promise<void>[]>;
  workflow_id: string;
  signal: AbortSignal;
  tickMs: number;
}

export interface Walked {
  nodes: NodeProgress[];
  failed: NodeProgress | undefined;
  bug?: unknown;
}

/**
 * Takes each node as soon as what it waits for is met, and watches until all are seen to work or the first one
 * is seen to fail. Nothing new is started after a failure; what is under way comes to its end.
 */
export async function walkGraph(needs: WalkNeeds, compiled: readonly CompiledNode[]): Promise<Walked> {
  const { view, signal, tickMs } = needs;
  const nodes = new Map(compiled.map((node) => [node.node_id, blankProgress(node, Date.now())]));
  const walk = createWalk(needs, nodes);
  const bell = createBell();
  const leave = view.join(({ workflow_id }) => workflow_id === needs.workflow_id && bell.ring());
  // Some failures count only after they have held for a while, and nothing tells when that is over.
  const tick = setInterval(bell.ring, tickMs);
  signal.addEventListener("abort", bell.ring);

  try {
    for (;;) {
      signal.throwIfAborted();
      walk.look();
      if (walk.isOver()) break;
      await walk.step(bell.ring);
      await bell.heard();
    }
    await walk.settled();
  } finally {
    clearInterval(tick);
    leave();
    signal.removeEventListener("abort", bell.ring);
  }
  return walk.result();
}

function createWalk({ view, journal, apply }: WalkNeeds, nodes: Map<string, NodeProgress>) {
  const underWay = new Set<Promise<void>>();
  const nameOf = (node_id: string) => `“${nodes.get(node_id)?.node.name ?? node_id}”`;
  const progressOf = (node_id: string): Progress => nodes.get(node_id)?.progress ?? "skipped";
  let failed: NodeProgress | undefined;
  let bug: unknown;

  function become(node: NodeProgress, progress: Progress, message: string, reason?: string): void {
    if (node.progress === progress && node.message === message) return;
    if (node.progress !== progress) node.sinceMs = Date.now();
    node.progress = progress;
    node.message = message;
    if (reason) node.reason = reason;
    else delete node.reason;
    journal.node(node.node.node_id, toNodeRun(node, Date.now()));
  }

  function fail(node: NodeProgress, message: string, reason?: string): void {
    become(node, "failed", message, reason);
    failed ??= node;
    journal.log(`${nameOf(node.node.node_id)} failed: ${message}`, node.node.node_id);
  }

  function lookAt(node: NodeProgress): void {
    const { verdict, message, reason, warning } = assessNode(view, node, Date.now());
    if (verdict === "failed") return fail(node, message, reason);
    if (verdict === "waiting") return become(node, "applied", message, reason);
    if (warning) node.warning = warning;
    become(node, "ready", message);
    journal.log(`${nameOf(node.node.node_id)} is ready${message ? `: ${message}` : ""}`, node.node.node_id);
  }

  async function applied(node: NodeProgress, work: Promise<void>): Promise<void> {
    try {
      await work;
      node.appliedMs = Date.now();
      become(node, "applied", "Applied");
    } catch (error) {
      if (!(error instanceof Problem)) bug ??= error;
      fail(node, error instanceof Problem ? error.message : "Something went wrong on the server");
    }
  }

  return {
    look(): void {
      for (const node of nodes.values()) if (node.progress === "applied") lookAt(node);
    },

    isOver: (): boolean =>
      failed !== undefined || [...nodes.values()].every(({ progress }) => progress === "ready"),

    /** Starts all that may start. */
    async step(ring: () => void): Promise<void> {
      const { start, waits } = nextSteps([...nodes.values()].map(({ node }) => node), progressOf);
      for (const [node_id, [first]] of waits) {
        const node = nodes.get(node_id);
        if (node && first) become(node, "waiting", sayWait(first, nameOf));
      }
      const wave = start.flatMap((node_id) => nodes.get(node_id) ?? []);
      if (wave.length === 0) return;
      for (const node of wave) become(node, "applying", "Applying");
      for (const [index, work] of (await apply(wave)).entries()) {
        const node = wave[index];
        if (!node) continue;
        const done = applied(node, work).finally(() => [underWay.delete(done), ring()]);
        underWay.add(done);
      }
    },

    settled: () => Promise.all(underWay),

    result(): Walked {
      for (const node of nodes.values())
        if (failed && node.progress === "waiting")
          become(node, "skipped", `Not started, because ${nameOf(failed.node.node_id)} failed`);
      return { nodes: [...nodes.values()], failed, bug };
    },
  };
}
