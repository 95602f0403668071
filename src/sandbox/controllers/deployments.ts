import { at, copy, type JsonMap, list, map, number, type Obj, text } from "../objects.ts";
import { StatusError } from "../status.ts";
import { hashOf, ownedBy, ownerOf, type System, withCondition } from "../system.ts";
import { isReady, makePod, podsOf } from "./pods.ts";

const revision = "deployment.kubernetes.io/revision";

/** Makes a replica set for each template, and moves the pods from the old ones to the newest, a few at a time. */
export function reconcileDeployment(system: System, deployment: Obj): void {
  const { metadata, spec = {} } = deployment;
  if (metadata.deletionTimestamp) return;
  const sets = system
    .list("ReplicaSet", metadata.namespace)
    .filter((set) => ownerOf(set)?.uid === metadata.uid);
  const hash = hashOf(spec.template);
  const newest =
    sets.find((set) => set.metadata.labels?.["pod-template-hash"] === hash) ??
    makeSet(system, deployment, sets, hash);
  const number = newest.metadata.annotations?.[revision] ?? "1";
  const latest = Math.max(0, ...sets.map((set) => Number(set.metadata.annotations?.[revision] ?? 0)));
  if (Number(number) < latest)
    system.change(
      newest,
      (draft) =>
        (draft.metadata.annotations = { ...draft.metadata.annotations, [revision]: String(latest + 1) }),
    );
  const shown = system.current(newest)?.metadata.annotations?.[revision] ?? number;
  system.change(
    deployment,
    (draft) => (draft.metadata.annotations = { ...draft.metadata.annotations, [revision]: shown }),
  );
  roll(
    system,
    deployment,
    newest,
    sets.filter((set) => set !== newest),
  );
  tellStatus(system, deployment, newest, sets);
}

function makeSet(system: System, deployment: Obj, sets: readonly Obj[], hash: string): Obj {
  const { name, namespace } = deployment.metadata;
  const template = copy(map(deployment.spec?.template));
  const inner = map((template.metadata ??= {}));
  const labels = { ...map(inner.labels), "pod-template-hash": hash };
  inner.labels = labels;
  const last = Math.max(0, ...sets.map((set) => Number(set.metadata.annotations?.[revision] ?? 0)));
  return system.create("ReplicaSet", {
    metadata: {
      name: `${name}-${hash}`,
      namespace,
      labels,
      annotations: { [revision]: String(last + 1) },
      ownerReferences: ownedBy(deployment),
    },
    spec: {
      replicas: 0,
      selector: {
        matchLabels: { ...map(at(deployment.spec, "selector", "matchLabels")), "pod-template-hash": hash },
      },
      template,
    },
  });
}

/** As many more at once as the strategy allows, and as many fewer ready ones. */
function roll(system: System, deployment: Obj, newest: Obj, old: readonly Obj[]): void {
  const { spec = {} } = deployment;
  const wanted = number(spec.replicas, 1);
  const rolling = map(map(spec.strategy).rollingUpdate);
  const isRecreate = map(spec.strategy).type === "Recreate";
  const surge = isRecreate ? 0 : share(rolling.maxSurge ?? "25%", wanted, Math.ceil);
  const missing = isRecreate
    ? wanted
    : share(rolling.maxUnavailable ?? "25%", wanted, Math.floor) || (surge === 0 ? 1 : 0);
  const countOf = (set: Obj) => number(system.current(set)?.spec?.replicas, 0);
  const readyOf = (set: Obj) => number(system.current(set)?.status?.readyReplicas, 0);
  const oldCount = old.reduce((sum, set) => sum + countOf(set), 0);
  const canStart = isRecreate && oldCount > 0 ? 0 : wanted + surge - oldCount;
  scaleSet(
    system,
    deployment,
    newest,
    Math.max(0, Math.min(wanted, Math.max(countOf(newest) > wanted ? wanted : countOf(newest), canStart))),
  );

  let spare = readyOf(newest) + old.reduce((sum, set) => sum + readyOf(set), 0) - (wanted - missing);
  for (const set of old) {
    const unready = countOf(set) - readyOf(set);
    const fewer = Math.min(countOf(set), unready + Math.max(0, spare));
    spare -= Math.max(0, fewer - unready);
    if (fewer > 0) scaleSet(system, deployment, set, countOf(set) - fewer);
  }
}

function scaleSet(system: System, deployment: Obj, set: Obj, replicas: number): void {
  const before = number(system.current(set)?.spec?.replicas, 0);
  if (before === replicas) return;
  system.change(set, (draft) => (draft.spec = { ...draft.spec, replicas }));
  const how = replicas > before ? "up" : "down";
  system.event(
    deployment,
    "Normal",
    "ScalingReplicaSet",
    `Scaled ${how} replica set ${set.metadata.name} from ${before} to ${replicas}`,
  );
}

function share(given: unknown, of: number, round: (value: number) => number): number {
  const asked = text(given);
  return asked.endsWith("%") ? round((Number.parseFloat(asked) * of) / 100) : Number(given);
}

function tellStatus(system: System, deployment: Obj, newest: Obj, sets: readonly Obj[]): void {
  const all = [...new Set([newest, ...sets])].flatMap((set) => system.current(set) ?? []);
  const sum = (field: string) => all.reduce((total, set) => total + number(set.status?.[field], 0), 0);
  const wanted = number(deployment.spec?.replicas, 1);
  const [replicas, readyReplicas] = [sum("replicas"), sum("readyReplicas")];
  const updatedReplicas = number(system.current(newest)?.status?.replicas, 0);
  const isAvailable =
    readyReplicas >=
    wanted -
      share(at(deployment.spec, "strategy", "rollingUpdate", "maxUnavailable") ?? 0, wanted, Math.floor);
  const isDone = updatedReplicas === wanted && readyReplicas === wanted && replicas === wanted;
  const refused = all
    .flatMap((set) => list(set.status?.conditions))
    .find(({ type, status }) => type === "ReplicaFailure" && status === "True");

  system.change(
    deployment,
    (draft) => {
      let conditions = list(draft.status?.conditions);
      conditions = withCondition(
        conditions,
        "Available",
        isAvailable ? "True" : "False",
        isAvailable ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable",
        isAvailable
          ? "Deployment has minimum availability."
          : "Deployment does not have minimum availability.",
      );
      const progress = isDone
        ? [`NewReplicaSetAvailable`, `ReplicaSet "${newest.metadata.name}" has successfully progressed.`]
        : ["ReplicaSetUpdated", `ReplicaSet "${newest.metadata.name}" is progressing.`];
      conditions = withCondition(conditions, "Progressing", "True", progress[0] ?? "", progress[1] ?? "");
      conditions = conditions.filter(({ type }) => type !== "ReplicaFailure");
      if (refused) conditions.push(copy(refused) as JsonMap);
      draft.status = {
        observedGeneration: deployment.metadata.generation ?? 1,
        ...(replicas > 0 && { replicas, updatedReplicas }),
        ...(readyReplicas > 0 && { readyReplicas, availableReplicas: readyReplicas }),
        ...(wanted > readyReplicas && { unavailableReplicas: wanted - readyReplicas }),
        conditions,
      };
    },
    "status",
  );
}

/** Keeps as many pods as it is told to. */
export function reconcileReplicaSet(system: System, set: Obj): void {
  if (set.metadata.deletionTimestamp) return;
  const pods = podsOf(system, set);
  const wanted = number(set.spec?.replicas, 1);
  const doomed = pods
    .toSorted((a, b) => Number(isReady(a)) - Number(isReady(b)))
    .slice(0, Math.max(0, pods.length - wanted));
  for (const pod of doomed) system.remove(pod);
  let refused: StatusError | undefined;
  try {
    for (let count = pods.length; count < wanted; count += 1) makePod(system, set, undefined);
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    refused = error;
  }
  const left = podsOf(system, set);
  const readyReplicas = left.filter(isReady).length;
  system.change(
    set,
    (draft) => {
      const conditions = list(draft.status?.conditions).filter(({ type }) => type !== "ReplicaFailure");
      draft.status = {
        replicas: left.length,
        fullyLabeledReplicas: left.length,
        observedGeneration: set.metadata.generation ?? 1,
        ...(readyReplicas > 0 && { readyReplicas, availableReplicas: readyReplicas }),
        conditions: refused
          ? withCondition(conditions, "ReplicaFailure", "True", "FailedCreate", refused.message)
          : conditions,
      };
    },
    "status",
  );
  if (refused) throw refused;
}
