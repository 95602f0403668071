import { at, type JsonMap, type Obj, text } from "../objects.ts";
import { now, type System } from "../system.ts";
import { exitCodeOf } from "./pod-failure.ts";
import { running, tellPod, waiting } from "./pod-status.ts";

const restartMs = 150;
const runMs = 400;
const backOffMs = 2_500;
/** Nobody looks at a pod that has crashed so often for something new. */
const mostCrashes = 8;

/** Every crash is followed by a start, and every start by a crash, with ever longer pauses in between. */
export function crashAgain(system: System, pod: Obj, times: number): void {
  const live = system.current(pod);
  if (!live || live.metadata.deletionTimestamp) return;
  const terminated = endOf(live);
  if (live.spec?.restartPolicy === "Never") {
    tellPod(system, live, "Failed", () => ({ state: { terminated } }));
    return;
  }
  tellPod(system, live, "Running", only({ state: { terminated } }));
  if (times > mostCrashes) return;
  if (times === 1) system.after(restartMs, () => restart(system, pod, terminated, times));
  else system.after(restartMs, () => backOff(system, pod, terminated, times));
}

/** The first container is the one that crashes. */
const only =
  (state: ReturnType<typeof waiting>) =>
  (_: JsonMap, index: number): ReturnType<typeof waiting> =>
    index === 0 ? state : running(true);

function endOf(pod: Obj): JsonMap {
  const exitCode = exitCodeOf(pod) || 1;
  const startedAt = text(at(pod.status, "containerStatuses", 0, "state", "running", "startedAt"), now());
  return { exitCode, reason: exitCode === 137 ? "OOMKilled" : "Error", startedAt, finishedAt: now() };
}

function backOff(system: System, pod: Obj, terminated: JsonMap, times: number): void {
  const live = system.current(pod);
  if (!live || live.metadata.deletionTimestamp) return;
  const { name, namespace, uid } = live.metadata;
  const container = text(at(live.spec, "containers", 0, "name"));
  const about = `${name}_${namespace}(${uid})`;
  const seconds = Math.min(300, 10 * 2 ** (times - 2));
  system.event(
    live,
    "Warning",
    "BackOff",
    `Back-off restarting failed container ${container} in pod ${about}`,
  );
  const message = `back-off ${seconds}s restarting failed container=${container} pod=${about}`;
  tellPod(
    system,
    live,
    "Running",
    only({ ...waiting("CrashLoopBackOff", message), restartCount: times - 1, lastState: { terminated } }),
  );
  system.after(backOffMs * Math.max(1, times - 1), () => restart(system, pod, terminated, times));
}

function restart(system: System, pod: Obj, terminated: JsonMap, times: number): void {
  const live = system.current(pod);
  if (!live || live.metadata.deletionTimestamp) return;
  system.event(
    live,
    "Normal",
    "Started",
    `Started container ${text(at(live.spec, "containers", 0, "name"))}`,
  );
  tellPod(system, live, "Running", only({ ...running(), restartCount: times, lastState: { terminated } }));
  system.after(runMs, () => crashAgain(system, pod, times + 1));
}
