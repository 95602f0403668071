import { at, type JsonMap, list, type Obj, text } from "../objects.ts";
import { now, type System } from "../system.ts";
import { crashAgain } from "./crashes.ts";
import { startDebugContainers } from "./debug-containers.ts";
import {
  exitCodeOf,
  failureOf,
  isNeverReady,
  isUnpullable,
  pullError,
  unpullableInit,
} from "./pod-failure.ts";
import { running, tellPod, waiting } from "./pod-status.ts";
import { hasClaims, missingConfig, missingVolume } from "./references.ts";
import { schedule } from "./scheduler.ts";

const readyAfter = "sandbox.orrery.dev/ready-after-ms";

/** The pace of a pod's life, in milliseconds at pace 1. */
const pullMs = 400;
const readyMs = 700;
const taskMs = 1_200;
const crashMs = 400;
const killMs = 400;
const retryMs = 1_000;
const probeMs = 10_000;
const backOffAfterMs = 1_500;

/** Brings a pod to life step by step, or lets it fail as its annotation, image or configuration says. */
export function reconcilePod(system: System, pod: Obj): void {
  if (pod.metadata.deletionTimestamp) kill(system, pod);
  else if (!text(pod.spec?.nodeName)) schedule(system, pod);
  else if (at(pod.status, "containerStatuses") === undefined) create(system, pod);
  else startDebugContainers(system, pod);
}

function create(system: System, pod: Obj): void {
  const creating = list(pod.spec?.initContainers).length > 0 ? "PodInitializing" : "ContainerCreating";
  tellPod(system, pod, "Pending", () => waiting(creating));
  mount(system, pod);
}

/** The containers are told to stop; a moment later the pod is gone. */
function kill(system: System, pod: Obj): void {
  const { uid } = pod.metadata;
  if (system.busy.has(`kubelet ${uid}`)) return;
  system.busy.add(`kubelet ${uid}`);
  for (const { name } of list(pod.spec?.containers))
    system.event(pod, "Normal", "Killing", `Stopping container ${text(name)}`);
  system.after(killMs, () => {
    system.busy.delete(`kubelet ${uid}`);
    system.remove(pod, { graceSeconds: 0 });
  });
}

/** The pod as it is now, unless it is on its way out. */
function alive(system: System, pod: Obj): Obj | undefined {
  const live = system.current(pod);
  return live?.metadata.deletionTimestamp ? undefined : live;
}

function mount(system: System, pod: Obj): void {
  const live = alive(system, pod);
  if (!live) return;
  const missing = missingVolume(system, live);
  if (missing) {
    system.event(live, "Warning", "FailedMount", missing);
    system.retry(retryMs, () => mount(system, pod));
    return;
  }
  if (!hasClaims(system, live)) {
    system.retry(retryMs / 4, () => mount(system, pod));
    return;
  }
  const { containers, initContainers } = live.spec ?? {};
  for (const { image } of [...list(initContainers), ...list(containers)])
    system.event(live, "Normal", "Pulling", `Pulling image "${text(image)}"`);
  system.after(pullMs, () => start(system, pod));
}

function start(system: System, pod: Obj): void {
  const live = alive(system, pod);
  if (!live) return;
  const init = unpullableInit(live);
  const bad = list(live.spec?.containers).filter((container, index) => isUnpullable(live, container, index));
  const [why] = list(live.spec?.containers).flatMap(
    (container) => missingConfig(system, live, container) ?? [],
  );
  if (init) failToPull(system, live, [init], true);
  else if (bad.length > 0) failToPull(system, live, bad, false);
  else if (why || failureOf(live) === "config-missing") lackConfig(system, live, why);
  else run(system, live);
}

/** The others run, but the pod as a whole stays pending. */
function failToPull(system: System, pod: Obj, bad: readonly JsonMap[], isInit: boolean): void {
  const stateOf = (reason: string, message: (image: string) => string) => (container: JsonMap) =>
    bad.some(({ name }) => name === container.name)
      ? waiting(reason, message(text(container.image)))
      : isInit
        ? waiting("PodInitializing")
        : running(true);
  const tell = (reason: string, message: (image: string) => string) => {
    const [first] = bad;
    const init = isInit && first ? waiting(reason, message(text(first.image))) : undefined;
    tellPod(system, pod, "Pending", stateOf(reason, message), init);
  };
  for (const { image } of bad) {
    system.event(
      pod,
      "Warning",
      "Failed",
      `Failed to pull image "${text(image)}": ${pullError(text(image))}`,
    );
    system.event(pod, "Warning", "Failed", "Error: ErrImagePull");
  }
  tell("ErrImagePull", pullError);
  system.after(backOffAfterMs, () => {
    const live = alive(system, pod);
    if (!live) return;
    for (const { image } of bad)
      system.event(live, "Normal", "BackOff", `Back-off pulling image "${text(image)}"`);
    system.event(live, "Warning", "Failed", "Error: ImagePullBackOff");
    tell(
      "ImagePullBackOff",
      (image) => `Back-off pulling image "${image}": ErrImagePull: ${pullError(image)}`,
    );
  });
}

function lackConfig(system: System, pod: Obj, why: string | undefined): void {
  const message = why ?? 'configmap "missing" not found';
  system.event(pod, "Warning", "Failed", `Error: ${message}`);
  tellPod(system, pod, "Pending", () => waiting("CreateContainerConfigError", message));
  if (why) system.retry(retryMs, () => start(system, pod));
}

function run(system: System, pod: Obj): void {
  for (const { image, name } of list(pod.spec?.containers)) {
    system.event(pod, "Normal", "Pulled", `Successfully pulled image "${text(image)}" in 400ms`);
    system.event(pod, "Normal", "Created", `Created container: ${text(name)}`);
    system.event(pod, "Normal", "Started", `Started container ${text(name)}`);
  }
  tellPod(system, pod, "Running", () => running());
  const failure = failureOf(pod);
  const isTask = pod.spec?.restartPolicy !== "Always";
  if (failure === "crash" || failure === "oom") system.after(crashMs, () => crashAgain(system, pod, 1));
  else if (isNeverReady(pod)) system.after(readyMs, () => probeFails(system, pod));
  else if (isTask) system.after(taskMs, () => finish(system, pod));
  else system.after(Number(pod.metadata.annotations?.[readyAfter] ?? readyMs), () => ready(system, pod));
}

function ready(system: System, pod: Obj): void {
  const live = alive(system, pod);
  if (live?.status?.phase === "Running") tellPod(system, live, "Running", () => running(true));
}

function probeFails(system: System, pod: Obj): void {
  const live = alive(system, pod);
  if (!live) return;
  system.event(
    live,
    "Warning",
    "Unhealthy",
    "Readiness probe failed: HTTP probe failed with statuscode: 503",
  );
  system.retry(probeMs, () => probeFails(system, pod));
}

/** A task is over: well, or not, and then it depends on its policy whether it is tried again in place. */
function finish(system: System, pod: Obj): void {
  const live = alive(system, pod);
  if (!live) return;
  const exitCode = exitCodeOf(live);
  if (exitCode !== 0) {
    crashAgain(system, live, 1);
    return;
  }
  const startedAt = text(at(live.status, "containerStatuses", 0, "state", "running", "startedAt"), now());
  const terminated = { exitCode, reason: "Completed", startedAt, finishedAt: now() };
  tellPod(system, live, "Succeeded", () => ({ state: { terminated } }));
}
