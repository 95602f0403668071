import type { Progress } from "../../../core/plan/run-graph.ts";
import { Problem } from "../../../core/problem.ts";
import type { ClusterView } from "../cluster-view.ts";
import type { Journal } from "./journal.ts";
import { assessNode, type NodeProgress, toNodeRun } from "./node-progress.ts";

interface TransitionNeeds {
  view: Pick<ClusterView, "find" | "assess">;
  journal: Pick<Journal, "log" | "node">;
}

export type Transitions = ReturnType<typeof createTransitions>;

/** The ways a node may change during a run, each told where it happens. */
export function createTransitions({ view, journal }: TransitionNeeds) {
  const nameOf = ({ node }: NodeProgress) => `“${node.name}”`;
  const outcome: { failed: NodeProgress | undefined; bug: unknown } = { failed: undefined, bug: undefined };

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
    outcome.failed ??= node;
    journal.log(`${nameOf(node)} failed: ${message}`, node.node.node_id, "error");
  }

  return {
    outcome,
    become,

    /** Sees how an applied node is doing. */
    look(node: NodeProgress): void {
      const { verdict, message, reason, warning } = assessNode(view, node, Date.now());
      if (warning) node.warning = warning;
      if (verdict === "failed") fail(node, message, reason);
      else if (verdict === "waiting") become(node, "applied", message, reason);
      else {
        become(node, "ready", message);
        journal.log(`${nameOf(node)} is ready${message ? `: ${message}` : ""}`, node.node.node_id);
      }
    },

    async applied(node: NodeProgress, work: Promise<void>): Promise<void> {
      try {
        await work;
        node.appliedMs = Date.now();
        become(node, "applied", "Applied");
      } catch (error) {
        if (!(error instanceof Problem)) outcome.bug ??= error;
        fail(node, error instanceof Problem ? error.message : "Something went wrong on the server");
      }
    },
  };
}
