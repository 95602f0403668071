import type { AppliedResource, NodeRun } from "../../../contract/runs.ts";
import type { CompiledNode } from "../../../core/compile/compile-design.ts";
import type { Health } from "../../../core/health/assess-health.ts";
import type { KubernetesObject } from "../../../core/kubernetes-object.ts";
import type { Progress } from "../../../core/plan/run-graph.ts";
import type { ClusterView } from "../cluster-view.ts";

/** One node of a run: what was made of it so far. */
export interface NodeProgress {
  node: CompiledNode;
  progress: Progress;
  /** The node's objects as the cluster answered them when they were applied. */
  applied: KubernetesObject[];
  resources: AppliedResource[];
  /** When each object's failure was first seen, by object and reason: some pass by themselves. */
  failingSinceMs: Map<string, number>;
  appliedMs: number;
  sinceMs: number;
  message: string;
  reason?: string;
  warning?: string;
}

export function blankProgress(node: CompiledNode, nowMs: number): NodeProgress {
  return {
    node,
    progress: "waiting",
    applied: [],
    resources: [],
    failingSinceMs: new Map(),
    appliedMs: 0,
    sinceMs: nowMs,
    message: "",
  };
}

/** How long a load balancer may take to get its address before that is no more than a warning. */
const addressMs = 60_000;

type Verdict = Pick<Health, "verdict" | "message" | "reason"> & { warning?: string };

/** What is seen of a node's objects by now, the worst of them first. */
export function assessNode(
  view: Pick<ClusterView, "find" | "assess">,
  node: NodeProgress,
  nowMs: number,
): Verdict {
  const verdicts = node.applied.map((object) => assessObject(view, node, object, nowMs));
  const of = (wanted: Health["verdict"]) => verdicts.find(({ verdict }) => verdict === wanted);
  // The main object comes last.
  const main = verdicts.at(-1) ?? { verdict: "ready", message: "" };
  const warning = verdicts.find((each) => each.warning)?.warning;
  return { ...(of("failed") ?? of("waiting") ?? main), ...(warning && { warning }) };
}

function assessObject(
  view: Pick<ClusterView, "find" | "assess">,
  node: NodeProgress,
  applied: KubernetesObject,
  nowMs: number,
): Verdict {
  const seen = newer(view.find(applied), applied);
  // Until the watch has caught up with our own write, what it shows is the object of before.
  if (!seen) return { verdict: "waiting", message: "Waiting to see it in the cluster" };
  const health = view.assess(seen);
  if (health.verdict === "failed") return settled(node, seen, health, nowMs);
  forgive(node, seen);
  const { verdict, reason, message, soft } = health;
  const told = { message, ...(reason && { reason }) };
  if (verdict === "ready" || !soft) return { verdict, ...told };
  if (seen.kind !== "Service") return { verdict: "ready", ...told };
  const mayWait = nowMs - node.appliedMs < addressMs;
  return mayWait ? { verdict, ...told } : { verdict: "ready", ...told, warning: message };
}

/** A failure is one once it has held for as long as such failures often pass in. */
function settled(node: NodeProgress, { metadata }: KubernetesObject, health: Health, nowMs: number): Verdict {
  const { reason, message, settleSeconds = 0 } = health;
  const key = `${metadata.uid} ${reason}`;
  const sinceMs = node.failingSinceMs.get(key) ?? nowMs;
  node.failingSinceMs.set(key, sinceMs);
  const verdict = nowMs - sinceMs >= settleSeconds * 1_000 ? "failed" : "waiting";
  return { verdict, message, ...(reason && { reason }) };
}

/** What no longer fails is not held against it when it fails again later. */
function forgive({ failingSinceMs }: NodeProgress, { metadata }: KubernetesObject): void {
  for (const key of failingSinceMs.keys()) if (key.startsWith(`${metadata.uid} `)) failingSinceMs.delete(key);
}

/** The object as watched, if it is the one that was applied or a later state of it. */
function newer(seen: KubernetesObject | undefined, applied: KubernetesObject): KubernetesObject | undefined {
  if (!seen || seen.metadata.uid !== applied.metadata.uid) return undefined;
  return (seen.metadata.generation ?? 0) >= (applied.metadata.generation ?? 0) ? seen : undefined;
}

/** The node as clients are told of it. */
export function toNodeRun(node: NodeProgress, nowMs: number): NodeRun {
  const { progress, message, reason, resources, warning, sinceMs } = node;
  const status = statusOf(progress, warning !== undefined);
  return {
    status,
    ...(message && { message }),
    ...(reason && { reason }),
    ...(status === "failed" && { error: message }),
    ...(progress !== "ready" && { since: new Date(sinceMs).toISOString() }),
    ...(resources.length > 0 && {
      result: { applied_resources: resources, failed: progress === "failed" },
    }),
    timestamp: Math.floor(nowMs / 1_000),
  };
}

function statusOf(progress: Progress, isWarned: boolean): NodeRun["status"] {
  if (progress === "ready") return isWarned ? "warning" : "completed";
  return progress;
}
