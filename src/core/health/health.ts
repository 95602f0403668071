import type { NodeStatus } from "../../contract/health.ts";
import type { KubernetesObject } from "../kubernetes-object.ts";

/** What an object's state means: to a run, which waits for a verdict, and to people, who read the status. */
export interface Health {
  verdict: "ready" | "waiting" | "failed";
  /** Kubernetes' own word, such as `ImagePullBackOff`. */
  reason?: string;
  message: string;
  /** A failure that may pass by itself counts only when it has held this long. */
  settleSeconds?: number;
  /** Still waiting, but for something that may never come and is no failure. */
  soft?: boolean;
  status: NodeStatus;
}

/** What stands around an object and says more of it than it does itself. */
export interface Around {
  pods: readonly KubernetesObject[];
  replicaSets: readonly KubernetesObject[];
  /** Warnings about the object, its pods and its replica sets. */
  events: readonly KubernetesObject[];
  storageClasses: readonly KubernetesObject[];
}

export interface Condition {
  type: string;
  status: string;
  reason?: string;
  message?: string;
}

export function conditionOf(object: KubernetesObject, type: string): Condition | undefined {
  const conditions = (object.status?.conditions ?? []) as Condition[];
  return conditions.find((condition) => condition.type === type);
}

/** Whether the controller has seen what was applied last; until then its status describes what was before. */
export function isObserved({ metadata, status }: KubernetesObject): boolean {
  const { observedGeneration } = (status ?? {}) as { observedGeneration?: number };
  return (observedGeneration ?? 0) >= (metadata.generation ?? 0);
}

const longest = 300;

/** One line of printable text for people, whatever a runtime or a pod said. */
export function oneLine(text: string | undefined, otherwise = ""): string {
  const line = (text ?? otherwise).replace(/[\p{C}\s]+/gu, " ").trim();
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}

export const plural = (count: number, noun: string) => `${count} ${noun}${count === 1 ? "" : "s"}`;
