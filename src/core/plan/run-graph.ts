import type { Condition } from "../../contract/design.ts";

/** A node of a run, and what has to be true before it may start. */
export interface GraphNode {
  node_id: string;
  after: readonly { node_id: string; condition: Condition }[];
}

/** How far a node has come. `applied` is in the cluster; `ready` has been seen to work, or to have completed. */
export type Progress = "waiting" | "applying" | "applied" | "ready" | "failed" | "skipped";

export interface Wait {
  node_id: string;
  condition: Condition;
}

interface Steps {
  /** Nodes whose conditions are met, to be started together. */
  start: string[];
  /** Nodes that can never start, and the nodes that are why. */
  skip: { node_id: string; because: string[] }[];
  /** What each of the others is waiting for. */
  waits: Map<string, Wait[]>;
}

/** Says what a run may do next. Independent branches never wait for one another. */
export function nextSteps(nodes: readonly GraphNode[], progressOf: (node_id: string) => Progress): Steps {
  const steps: Steps = { start: [], skip: [], waits: new Map() };

  for (const { node_id, after } of nodes) {
    if (progressOf(node_id) !== "waiting") continue;
    const because = after.filter((wait) => isHopeless(progressOf(wait.node_id)));
    const unmet = after.filter((wait) => !isMet(wait, progressOf));
    if (because.length > 0) steps.skip.push({ node_id, because: because.map((wait) => wait.node_id) });
    else if (unmet.length > 0) steps.waits.set(node_id, unmet);
    else steps.start.push(node_id);
  }
  return steps;
}

/** The sentence for one wait: what it is for, by the name people gave it. */
export function sayWait({ node_id, condition }: Wait, nameOf: (node_id: string) => string): string {
  const until = { exists: "to exist", ready: "to be ready", completed: "to complete" }[condition];
  return `Waiting for ${nameOf(node_id)} ${until}`;
}

function isMet({ node_id, condition }: Wait, progressOf: (node_id: string) => Progress): boolean {
  const progress = progressOf(node_id);
  return progress === "ready" || (condition === "exists" && progress === "applied");
}

function isHopeless(progress: Progress): boolean {
  return progress === "failed" || progress === "skipped";
}
