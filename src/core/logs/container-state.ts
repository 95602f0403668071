import type { KubernetesObject } from "../kubernetes-object.ts";
import type { Position } from "./position.ts";
import { secondOf } from "./stamp.ts";

/** What can be expected of a container's log. */
export interface ContainerState {
  /** Whether it wrote, or may have written, anything. */
  hasBegun: boolean;
  /** Whether nothing more will come from this run of it. */
  isOver: boolean;
  /** Whether no other run of it will follow. */
  isFinal: boolean;
  /** Names the present run among all runs of it. */
  run: string;
  /** Why it does not begin, where that will not pass by itself. */
  stuck: string | undefined;
  /** When the run before this one ended, as the cluster writes times. */
  previousEnd: string | undefined;
}

interface Status {
  name: string;
  restartCount?: number;
  state?: {
    waiting?: { reason?: string };
    running?: { startedAt?: string };
    terminated?: { startedAt?: string; reason?: string };
  };
  lastState?: { terminated?: { finishedAt?: string } };
}

const groups = ["initContainers", "containers", "ephemeralContainers"] as const;
const passing = new Set(["ContainerCreating", "PodInitializing"]);

/** The containers of a pod in the order they are run. */
export function containersOf({ spec }: KubernetesObject): string[] {
  return groups.flatMap((group) => namesIn(spec?.[group]));
}

/** The container that is meant where none is named. */
export function firstContainer({ spec }: KubernetesObject): string | undefined {
  return namesIn(spec?.containers)[0];
}

function namesIn(containers: unknown): string[] {
  return Array.isArray(containers) ? containers.map(({ name }) => String(name)) : [];
}

export function containerState(pod: KubernetesObject, container: string): ContainerState {
  const { phase } = (pod.status ?? {}) as { phase?: string };
  const isFinal = phase === "Succeeded" || phase === "Failed";
  const { state = {}, lastState, restartCount = 0 } = statusOf(pod, container) ?? {};
  const { waiting, running, terminated } = state;
  const hasBegun = running !== undefined || terminated !== undefined || restartCount > 0;
  const reason = waiting?.reason;
  return {
    hasBegun,
    isOver: isFinal || (hasBegun && running === undefined),
    isFinal,
    run: `${restartCount} ${running?.startedAt ?? terminated?.startedAt ?? ""}`,
    stuck: hasBegun || reason === undefined || passing.has(reason) ? undefined : reason,
    previousEnd: lastState?.terminated?.finishedAt,
  };
}

/** Whether a restart may lie between what was told of a log and what is written to it now. */
export function hasRestarted({ previousEnd }: ContainerState, told: Position): boolean {
  return previousEnd !== undefined && previousEnd >= secondOf(told.at);
}

/** What the cluster says of a container, whatever sort of container it is. */
export function statusOf({ status }: KubernetesObject, container: string): Status | undefined {
  const { initContainerStatuses, containerStatuses, ephemeralContainerStatuses } = (status ?? {}) as Record<
    string,
    Status[] | undefined
  >;
  const all = [initContainerStatuses, containerStatuses, ephemeralContainerStatuses];
  return all.flatMap((statuses) => statuses ?? []).find(({ name }) => name === container);
}
