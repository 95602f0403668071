import type { NodeStatus } from "../../contract/health.ts";
import type { KubernetesObject } from "../kubernetes-object.ts";

/** What an object's state means: to a run, which waits for a verdict, and to people, who read the status. */
export interface Health {
  verdict: "ready" | "waiting" | "failed";
  /** Kubernetes' own word, such as `ImagePullBackOff`. */
  reason?: string;
  message: string;
  /** A failure that no waiting cures: only another design does. */
  permanent?: true;
  /** A failure that may pass by itself counts only when it has held this long. */
  settleSeconds?: number;
  /** Still waiting, but for something that may never come and is no failure. */
  soft?: true;
  status: NodeStatus;
}

/** What stands around an object and says more of it than it does itself. */
export interface Around {
  pods: readonly KubernetesObject[];
  replicaSets: readonly KubernetesObject[];
  /** Events about the object, its pods and its replica sets, the latest last. */
  events: readonly KubernetesObject[];
  storageClasses: readonly KubernetesObject[];
}

/** Something wrong, before it is said of which object. */
export interface Failure extends Pick<Health, "message" | "settleSeconds" | "permanent"> {
  reason: string;
}

type State = NodeStatus["state"];
export type Told = Omit<NodeStatus, "state" | "message" | "reason">;

export function ready(state: State, message: string, told: Told = {}): Health {
  return { verdict: "ready", message, status: { state, message, ...told } };
}

export function waiting(state: State, message: string, told: Told = {}, reason?: string): Health {
  const why = reason === undefined ? {} : { reason };
  return { verdict: "waiting", message, ...why, status: { state, message, ...why, ...told } };
}

/** Waiting for what may never come: a run ends with a warning instead. */
export function softly(health: Health): Health {
  return { ...health, soft: true };
}

export function failed(state: State, failure: Failure, told: Told = {}): Health {
  const { message, reason } = failure;
  return { verdict: "failed", ...failure, status: { state, message, reason, ...told } };
}

/** The failure that is the most certain; of equals, the first. */
export function worstOf(failures: readonly Failure[]): Failure | undefined {
  return failures.toSorted((a, b) => (a.settleSeconds ?? 0) - (b.settleSeconds ?? 0))[0];
}

/** The objects in what should be a list; custom resources keep anything in their status. */
export function listOf<T extends object>(value: unknown): T[] {
  if (!Array.isArray(value)) return [];
  return value.filter((each): each is T => typeof each === "object" && each !== null);
}

export interface Condition {
  type?: string;
  status?: string;
  reason?: string;
  message?: string;
}

export function conditionOf(object: KubernetesObject, type: string): Condition | undefined {
  return listOf<Condition>(object.status?.conditions).find((condition) => condition.type === type);
}

export function isTrue(object: KubernetesObject, type: string): boolean {
  return conditionOf(object, type)?.status === "True";
}

/** Whether the controller has seen what was applied last; until then its status describes what was before. */
export function isObserved({ metadata, status }: KubernetesObject): boolean {
  const { observedGeneration } = (status ?? {}) as { observedGeneration?: number };
  return (observedGeneration ?? 0) >= (metadata.generation ?? 0);
}

export const unseen = "Waiting for the controller";

const longest = 300;

/** One line of printable text for people, whatever a runtime or a pod said. */
export function oneLine(text: unknown, otherwise = ""): string {
  const said = printable(text);
  return said === "" ? printable(otherwise) : said;
}

function printable(text: unknown): string {
  if (typeof text !== "string") return "";
  // Cut first, so that a megabyte is not searched for the sake of a line.
  const line = text
    .slice(0, longest * 4)
    .replace(/\p{Cc}\[[\d;]*m/gu, "")
    .replace(/[\p{C}\s]+/gu, " ")
    .trim();
  if (line.length <= longest) return line;
  const cut = line.slice(0, longest - 1).toWellFormed();
  return `${cut.replace(/\uFFFD$/, "")}…`;
}

export const plural = (count: number, noun: string) => `${count} ${noun}${count === 1 ? "" : "s"}`;
