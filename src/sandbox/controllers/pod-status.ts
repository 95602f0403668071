import { at, type JsonMap, list, number, type Obj, text } from "../objects.ts";
import { now, type System, withCondition } from "../system.ts";

/** What one container is doing. */
export interface ContainerState {
  state: JsonMap;
  isReady?: boolean;
  restartCount?: number;
  lastState?: JsonMap;
}

export type Phase = "Pending" | "Running" | "Succeeded" | "Failed";

export const waiting = (reason: string, message = ""): ContainerState => ({
  state: { waiting: { reason, ...(message && { message }) } },
});
export const running = (isReady = false): ContainerState => ({
  state: { running: { startedAt: now() } },
  isReady,
});

/** Writes the pod's status down, in the shape a kubelet gives it; `stateOf` says what becomes of each container. */
export function tellPod(
  system: System,
  pod: Obj,
  phase: Phase,
  stateOf: (container: JsonMap, index: number) => ContainerState,
  init?: ContainerState,
): void {
  system.change(
    pod,
    (draft) => {
      const containers = list(draft.spec?.containers);
      const old = list(draft.status?.containerStatuses);
      const statuses = containers.map((container, index) =>
        statusOf(
          container,
          old.find(({ name }) => name === container.name),
          stateOf(container, index),
        ),
      );
      const inits = list(draft.spec?.initContainers).map((container) => initStatusOf(container, phase, init));
      const hasStarted =
        phase !== "Pending" || statuses.some((each) => at(each, "state", "running") !== undefined);
      const address = text(draft.status?.podIP) || (hasStarted ? addressOf(pod) : "");
      const hostIP = `10.0.0.${Number(text(draft.spec?.nodeName).slice(-1)) || 1}`;
      draft.status = {
        ...{ observedGeneration: draft.metadata.generation ?? 1, phase },
        conditions: conditionsOf(draft, phase, statuses, hasStarted),
        ...{ hostIP, hostIPs: [{ ip: hostIP }] },
        ...(address && { podIP: address, podIPs: [{ ip: address }] }),
        startTime: text(draft.status?.startTime) || now(),
        containerStatuses: statuses,
        ...(inits.length > 0 && { initContainerStatuses: inits }),
        qosClass: draft.status?.qosClass ?? "BestEffort",
      };
    },
    "status",
    "kubelet",
  );
}

function statusOf(
  container: JsonMap,
  old: JsonMap | undefined,
  { state, isReady = false, restartCount, lastState }: ContainerState,
): JsonMap {
  const since = at(old, "state", "running", "startedAt");
  const count = restartCount ?? number(old?.restartCount, 0);
  const isSameRun =
    state.running !== undefined && since !== undefined && count === number(old?.restartCount, 0);
  const isPulled = state.running !== undefined || state.terminated !== undefined || count > 0;
  return {
    name: text(container.name),
    state: isSameRun ? { running: { startedAt: since } } : state,
    lastState: lastState ?? old?.lastState ?? {},
    ready: isReady,
    restartCount: count,
    image: text(container.image),
    imageID: isPulled ? `${text(container.image).split(":")[0]}@sha256:simulated` : "",
    ...(isPulled && { containerID: `simulated://${text(container.name)}-${count}` }),
    started: state.running !== undefined,
  };
}

function initStatusOf(container: JsonMap, phase: Phase, init: ContainerState | undefined): JsonMap {
  const terminated = { exitCode: 0, reason: "Completed", startedAt: now(), finishedAt: now() };
  const isDone = phase !== "Pending";
  const { state } = init ?? (isDone ? { state: { terminated } } : waiting("PodInitializing"));
  return {
    ...{ name: text(container.name), state, lastState: {}, ready: isDone, restartCount: 0 },
    ...{
      image: text(container.image),
      imageID: isDone ? `${text(container.image)}@sha256:simulated` : "",
      started: false,
    },
  };
}

function conditionsOf(pod: Obj, phase: Phase, statuses: readonly JsonMap[], hasStarted: boolean): JsonMap[] {
  const isOver = phase === "Succeeded" || phase === "Failed";
  const isInitialized = hasStarted || list(pod.spec?.initContainers).length === 0;
  const { reason, message } = readiness(phase, statuses);
  const isReady = reason === "";
  const told: [string, boolean, string, string][] = [
    ["PodReadyToStartContainers", hasStarted && !isOver, "", ""],
    ["Initialized", isInitialized, isInitialized ? "" : "ContainersNotInitialized", ""],
    ["Ready", isReady, reason, message],
    ["ContainersReady", isReady, reason, message],
    ["PodScheduled", true, "", ""],
  ];
  return told.reduce(
    (conditions, [type, isTrue, why, sentence]) =>
      withCondition(conditions, type, isTrue ? "True" : "False", why, sentence),
    list(pod.status?.conditions),
  );
}

/** Why a pod is not ready; no reason where it is. */
function readiness(phase: Phase, statuses: readonly JsonMap[]): { reason: string; message: string } {
  if (phase === "Succeeded") return { reason: "PodCompleted", message: "" };
  if (phase === "Failed") return { reason: "PodFailed", message: "" };
  const unready = statuses.filter(({ ready }) => ready !== true).map(({ name }) => text(name));
  return unready.length === 0
    ? { reason: "", message: "" }
    : { reason: "ContainersNotReady", message: `containers with unready status: [${unready.join(" ")}]` };
}

function addressOf({ metadata: { uid } }: Obj): string {
  return `10.244.${Number.parseInt(uid.slice(0, 2), 16)}.${(Number.parseInt(uid.slice(2, 4), 16) % 254) + 1}`;
}
