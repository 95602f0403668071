import { copy, type JsonMap, list, map, number, type Obj, text } from "../objects.ts";
import { now, type System, withCondition } from "../system.ts";
import { roomOf } from "./rollout-room.ts";

interface Counts {
  wanted: number;
  replicas: number;
  updated: number;
  ready: number;
}

/** Writes down how far a deployment is, as its controller does. */
export function tellDeploymentStatus(
  system: System,
  deployment: Obj,
  newest: Obj | undefined,
  sets: readonly Obj[],
): void {
  const all = [...new Set(newest ? [newest, ...sets] : sets)].flatMap((set) => system.current(set) ?? []);
  const sum = (field: string) => all.reduce((total, set) => total + number(set.status?.[field], 0), 0);
  const live = newest && system.current(newest);
  const counts: Counts = {
    wanted: number(deployment.spec?.replicas, 1),
    replicas: sum("replicas"),
    updated: number(live?.status?.replicas, 0),
    ready: sum("readyReplicas"),
  };
  const refused = all
    .flatMap((set) => list(set.status?.conditions))
    .find(({ type, status }) => type === "ReplicaFailure" && status === "True");
  system.change(
    deployment,
    (draft) => {
      draft.status = statusOf(draft, counts, live?.metadata.name ?? "", refused);
    },
    "status",
  );
  lookAgainWhenDue(system, deployment);
}

function statusOf(deployment: Obj, counts: Counts, newest: string, refused: JsonMap | undefined): JsonMap {
  const { wanted, replicas, updated, ready } = counts;
  const conditions = [availableOf(deployment, counts), progressOf(deployment, counts, newest)];
  const others = list(deployment.status?.conditions).filter(
    ({ type }) => type !== "ReplicaFailure" && type !== "Available" && type !== "Progressing",
  );
  return {
    observedGeneration: deployment.metadata.generation ?? 1,
    ...(replicas > 0 && { replicas }),
    ...(updated > 0 && { updatedReplicas: updated }),
    ...(ready > 0 && { readyReplicas: ready, availableReplicas: ready }),
    ...(wanted > ready && { unavailableReplicas: wanted - ready }),
    conditions: [...others, ...conditions, ...(refused ? [copy(refused)] : [])],
  };
}

function availableOf(deployment: Obj, { wanted, ready }: Counts): JsonMap {
  const isRolling = map(deployment.spec?.strategy).type !== "Recreate";
  const isAvailable = ready >= wanted - (isRolling ? roomOf(deployment).missing : 0);
  return condition(
    deployment,
    "Available",
    isAvailable ? "True" : "False",
    isAvailable ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable",
    isAvailable ? "Deployment has minimum availability." : "Deployment does not have minimum availability.",
  );
}

/** A rollout goes on as long as something changes within its deadline. */
function progressOf(deployment: Obj, { wanted, replicas, updated, ready }: Counts, newest: string): JsonMap {
  const { status = {}, spec = {}, metadata } = deployment;
  const say = (value: "True" | "False" | "Unknown", reason: string, message: string) =>
    condition(deployment, "Progressing", value, reason, message);
  const old = list(status.conditions).find(({ type }) => type === "Progressing");
  if (spec.paused === true) return say("Unknown", "DeploymentPaused", "Deployment is paused");
  if (updated === wanted && ready === wanted && replicas === wanted)
    return say("True", "NewReplicaSetAvailable", `ReplicaSet "${newest}" has successfully progressed.`);
  const hasMoved =
    status.observedGeneration !== metadata.generation ||
    number(status.updatedReplicas, 0) !== updated ||
    number(status.readyReplicas, 0) < ready ||
    number(status.replicas, 0) > replicas;
  if (hasMoved || !old)
    return {
      ...say("True", "ReplicaSetUpdated", `ReplicaSet "${newest}" is progressing.`),
      lastUpdateTime: now(),
    };
  const isLate = old.reason === "ReplicaSetUpdated" && Date.now() >= deadlineOf(deployment, old);
  return isLate
    ? say("False", "ProgressDeadlineExceeded", `ReplicaSet "${newest}" has timed out progressing.`)
    : old;
}

function deadlineOf({ spec }: Obj, progressing: JsonMap): number {
  return Date.parse(text(progressing.lastUpdateTime)) + number(spec?.progressDeadlineSeconds, 600) * 1_000;
}

function condition(
  deployment: Obj,
  type: string,
  status: "True" | "False" | "Unknown",
  reason: string,
  message: string,
): JsonMap {
  const old = list(deployment.status?.conditions).find((each) => each.type === type);
  const [fresh = {}] = withCondition(old ? [old] : [], type, status, reason, message);
  const isSame = old?.status === status && old.reason === reason && old.message === message;
  return { ...fresh, lastUpdateTime: isSame ? (old.lastUpdateTime ?? now()) : now() };
}

function lookAgainWhenDue(system: System, deployment: Obj): void {
  const live = system.current(deployment);
  const progressing = list(live?.status?.conditions).find(({ type }) => type === "Progressing");
  const { uid } = deployment.metadata;
  if (!live || progressing?.reason !== "ReplicaSetUpdated" || system.busy.has(`deadline ${uid}`)) return;
  system.busy.add(`deadline ${uid}`);
  system.at(deadlineOf(live, progressing) - Date.now() + 50, () => {
    system.busy.delete(`deadline ${uid}`);
    const late = system.current(deployment);
    if (!late) return;
    const sets = system.list("ReplicaSet", late.metadata.namespace);
    const own = sets.filter(({ metadata }) => metadata.ownerReferences?.some((owner) => owner.uid === uid));
    const newest = own.toSorted((a, b) => revision(b) - revision(a))[0];
    tellDeploymentStatus(system, late, newest, own);
  });
}

const revision = ({ metadata }: Obj) =>
  Number(metadata.annotations?.["deployment.kubernetes.io/revision"] ?? 0);
