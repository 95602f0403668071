import { at, type JsonMap, list, map, type Obj, text } from "../objects.ts";
import { now, type System, withCondition } from "../system.ts";
import { schedule } from "./scheduler.ts";

const failAnnotation = "sandbox.orrery.dev/fail";
const readyAfter = "sandbox.orrery.dev/ready-after-ms";
const exitAnnotation = "sandbox.orrery.dev/exit-code";

/** The pace of a pod's life, in milliseconds at pace 1. */
const pullMs = 500;
const startMs = 200;
const readyMs = 600;
const jobMs = 1_200;
const crashMs = 400;
const backOffMs = 2_500;
const backOffAfterMs = 1_500;

/** Brings a pod to life step by step, or lets it fail as its annotation, image or configuration says. */
export function reconcilePod(system: System, pod: Obj): void {
  if (pod.metadata.deletionTimestamp) return;
  if (!text(pod.spec?.nodeName)) {
    schedule(system, pod);
    return;
  }
  if (pod.status?.phase === undefined || at(pod.status, "containerStatuses") === undefined)
    admit(system, pod);
}

/** The pod has a node: its images are pulled. */
function admit(system: System, pod: Obj): void {
  tell(system, pod, "Pending", [], { waiting: { reason: "ContainerCreating" } });
  const missing = missingVolume(system, pod);
  if (missing) {
    system.event(pod, "Warning", "FailedMount", missing);
    system.after(1_000, () => retry(system, pod));
    return;
  }
  if (failureOf(pod) === "bad-image") {
    system.after(pullMs, () => failToPull(system, pod));
    return;
  }
  system.after(pullMs, () => start(system, pod));
}

function retry(system: System, pod: Obj): void {
  const live = system.current(pod);
  if (live && live.status?.phase === "Pending") admit(system, live);
}

const unknownImage = /(:|\/)(does-not-exist|nope)\b|^[^/]*\.invalid(:\d+)?\//;

/** What will go wrong with the pod: said by its annotation, or plain from its image. */
function failureOf(pod: Obj): string | undefined {
  const said = pod.metadata.annotations?.[failAnnotation];
  if (said) return said;
  return list(pod.spec?.containers).some(({ image }) => unknownImage.test(text(image)))
    ? "bad-image"
    : undefined;
}

function failToPull(system: System, pod: Obj): void {
  const live = system.current(pod);
  if (!live) return;
  const image = text(
    list(live.spec?.containers)
      .map((each) => text(each.image))
      .find((each) => unknownImage.test(each)) ?? at(live.spec, "containers", 0, "image"),
  );
  const why = `failed to pull and unpack image "${image}": failed to resolve reference "${image}": ${image}: not found`;
  system.event(live, "Warning", "Failed", `Failed to pull image "${image}": ${why}`);
  tell(system, live, "Pending", [], { waiting: { reason: "ErrImagePull", message: why } });
  system.after(backOffAfterMs, () => {
    system.event(live, "Normal", "BackOff", `Back-off pulling image "${image}"`);
    tell(system, live, "Pending", [], {
      waiting: { reason: "ImagePullBackOff", message: `Back-off pulling image "${image}": ${why}` },
    });
  });
}

function start(system: System, pod: Obj): void {
  const live = system.current(pod);
  if (!live) return;
  const config = missingConfig(system, live);
  const failure = failureOf(live);
  if (config ?? failure === "config-missing") {
    const message = config ?? 'configmap "missing" not found';
    system.event(live, "Warning", "Failed", `Error: ${message}`);
    tell(system, live, "Pending", [], { waiting: { reason: "CreateContainerConfigError", message } });
    if (config) system.after(1_000, () => start(system, pod));
    return;
  }
  for (const { image, name } of list(live.spec?.containers)) {
    system.event(live, "Normal", "Pulled", `Container image "${text(image)}" already present on machine`);
    system.event(live, "Normal", "Started", `Started container ${text(name)}`);
  }
  tell(system, live, "Running", [], { running: { startedAt: now() } });
  if (failure === "crash" || failure === "oom") system.after(crashMs, () => crash(system, pod, failure, 1));
  else if (isTask(live))
    system.after(jobMs, () => finish(system, pod, failure === "job" ? 1 : exitCodeOf(live)));
  else if (failure === "never-ready") system.after(readyMs, () => probeFails(system, pod));
  else
    system.after(Number(live.metadata.annotations?.[readyAfter] ?? readyMs) + startMs, () =>
      ready(system, pod),
    );
}

const isTask = (pod: Obj) => pod.spec?.restartPolicy !== "Always";
const exitCodeOf = (pod: Obj) => Number(pod.metadata.annotations?.[exitAnnotation] ?? 0);

function ready(system: System, pod: Obj): void {
  const live = system.current(pod);
  if (live?.status?.phase === "Running")
    tell(system, live, "Running", ["ready"], { running: { startedAt: now() } });
}

function probeFails(system: System, pod: Obj): void {
  const live = system.current(pod);
  if (!live) return;
  system.event(
    live,
    "Warning",
    "Unhealthy",
    "Readiness probe failed: HTTP probe failed with statuscode: 503",
  );
  system.after(10_000, () => probeFails(system, pod));
}

/** Every crash is followed by a start, and every start by a crash, with pauses in between. */
function crash(system: System, pod: Obj, why: "crash" | "oom", times: number): void {
  const live = system.current(pod);
  if (!live) return;
  const exitCode = why === "oom" ? 137 : exitCodeOf(live) || 1;
  const terminated = {
    exitCode,
    reason: why === "oom" ? "OOMKilled" : "Error",
    startedAt: now(),
    finishedAt: now(),
  };
  const restarts = Math.max(0, times - 1);
  if (times === 1) {
    tell(
      system,
      live,
      "Running",
      [],
      { running: { startedAt: now() } },
      { restartCount: 1, lastState: { terminated } },
    );
    system.after(crashMs, () => crash(system, pod, why, 2));
    return;
  }
  const container = text(at(live.spec, "containers", 0, "name"));
  const message = `back-off ${10 * restarts}s restarting failed container=${container} pod=${live.metadata.name}`;
  system.event(
    live,
    "Warning",
    "BackOff",
    `Back-off restarting failed container ${container} in pod ${live.metadata.name}`,
  );
  tell(
    system,
    live,
    "Running",
    [],
    { waiting: { reason: "CrashLoopBackOff", message } },
    { restartCount: restarts, lastState: { terminated } },
  );
  if (times < 6) system.after(backOffMs, () => crash(system, pod, why, times + 1));
}

function finish(system: System, pod: Obj, exitCode: number): void {
  const live = system.current(pod);
  if (!live) return;
  const started = text(at(live.status, "containerStatuses", 0, "state", "running", "startedAt"), now());
  const reason = exitCode === 0 ? "Completed" : "Error";
  tell(system, live, exitCode === 0 ? "Succeeded" : "Failed", [], {
    terminated: { exitCode, reason, startedAt: started, finishedAt: now() },
  });
}

/** Writes the pod's status down, in the shape a kubelet gives it. */
function tell(
  system: System,
  pod: Obj,
  phase: string,
  flags: readonly "ready"[],
  state: JsonMap,
  more: JsonMap = {},
): void {
  const isReady = flags.includes("ready");
  const statusOf = (container: JsonMap, isInit: boolean): JsonMap => {
    const isDone = isInit && phase !== "Pending";
    const done = { terminated: { exitCode: 0, reason: "Completed", startedAt: now(), finishedAt: now() } };
    return {
      name: text(container.name),
      image: text(container.image),
      imageID: phase === "Pending" ? "" : `${text(container.image)}@sha256:simulated`,
      ready: isInit ? isDone : isReady,
      started: !isInit && phase === "Running" && state.running !== undefined,
      restartCount: 0,
      state: isDone
        ? done
        : isInit && state.waiting === undefined
          ? { waiting: { reason: "PodInitializing" } }
          : state,
      lastState: {},
      ...(isInit ? {} : more),
    };
  };
  system.change(
    pod,
    (draft) => {
      let conditions = list(draft.status?.conditions);
      const hasStarted = phase !== "Pending";
      const isOver = phase === "Succeeded" || phase === "Failed";
      const unready = isOver ? "PodCompleted" : "ContainersNotReady";
      conditions = withCondition(conditions, "PodScheduled", "True", "", "");
      conditions = withCondition(
        conditions,
        "Initialized",
        hasStarted ? "True" : "False",
        hasStarted ? "" : "ContainersNotInitialized",
        "",
      );
      for (const type of ["ContainersReady", "Ready"])
        conditions = withCondition(conditions, type, isReady ? "True" : "False", isReady ? "" : unready, "");
      const inits = list(draft.spec?.initContainers).map((container) => statusOf(container, true));
      const node = Number(text(draft.spec?.nodeName).slice(-1)) || 1;
      const address = hasStarted ? text(draft.status?.podIP) || addressOf(pod) : "";
      draft.status = {
        phase,
        conditions,
        hostIP: `10.0.0.${node}`,
        ...(address && { podIP: address, podIPs: [{ ip: address }] }),
        startTime: text(draft.status?.startTime) || now(),
        containerStatuses: list(draft.spec?.containers).map((container) => statusOf(container, false)),
        ...(inits.length > 0 && { initContainerStatuses: inits }),
        qosClass: "Burstable",
      };
    },
    "status",
    "kubelet",
  );
}

function addressOf({ metadata: { uid } }: Obj): string {
  return `10.244.${Number.parseInt(uid.slice(0, 2), 16)}.${(Number.parseInt(uid.slice(2, 4), 16) % 254) + 1}`;
}

/** A volume whose content does not exist is waited for. */
function missingVolume(system: System, pod: Obj): string | undefined {
  const namespace = pod.metadata.namespace ?? "";
  for (const volume of list(pod.spec?.volumes)) {
    const [config, secret] = [map(volume.configMap), map(volume.secret)];
    const needs = [
      ["ConfigMap", text(config.name), config.optional],
      ["Secret", text(secret.secretName), secret.optional],
    ] as const;
    for (const [kind, name, optional] of needs)
      if (name && optional !== true && !system.find(kind, namespace, name))
        return `MountVolume.SetUp failed for volume "${text(volume.name)}" : ${kind.toLowerCase()} "${name}" not found`;
  }
  return undefined;
}

/** Environment from a key that does not exist keeps a container from being made. */
function missingConfig(system: System, pod: Obj): string | undefined {
  const namespace = pod.metadata.namespace ?? "";
  for (const container of list(pod.spec?.containers))
    for (const { valueFrom } of list(container.env)) {
      const source = map(valueFrom);
      for (const [kind, reference] of [
        ["ConfigMap", map(source.configMapKeyRef)],
        ["Secret", map(source.secretKeyRef)],
      ] as const) {
        const [name, key] = [text(reference.name), text(reference.key)];
        if (!name || reference.optional === true) continue;
        const found = system.find(kind, namespace, name);
        if (!found) return `${kind.toLowerCase()} "${name}" not found`;
        if (!Object.hasOwn(map(found.data), key))
          return `couldn't find key ${key} in ${kind} ${namespace}/${name}`;
      }
    }
  return undefined;
}
