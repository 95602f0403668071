import { at, copy, map, number, type Obj } from "../objects.ts";
import { hashOf, ownedBy, ownerOf, type System } from "../system.ts";
import { tellDeploymentStatus } from "./deployment-status.ts";
import { allPodsOf } from "./pods.ts";
import { roomOf } from "./rollout-room.ts";

const revision = "deployment.kubernetes.io/revision";
const revisionOf = (set: Obj) => Number(set.metadata.annotations?.[revision] ?? 0);

/** Makes a replica set for each template, and moves the pods from the old ones to the newest, a few at a time. */
export function reconcileDeployment(system: System, deployment: Obj): void {
  const { metadata, spec = {} } = deployment;
  if (metadata.deletionTimestamp) return;
  const sets = system
    .list("ReplicaSet", metadata.namespace)
    .filter((set) => ownerOf(set)?.uid === metadata.uid);
  const hash = hashOf(spec.template);
  const known = sets.find((set) => set.metadata.labels?.["pod-template-hash"] === hash);
  const latest = Math.max(0, ...sets.map(revisionOf));
  if (spec.paused === true && !known) {
    tellDeploymentStatus(system, deployment, undefined, sets);
    return;
  }
  const newest = known ?? makeSet(system, deployment, latest + 1, hash);
  const number = known && revisionOf(known) < latest ? latest + 1 : revisionOf(newest);
  annotate(system, newest, number);
  annotate(system, deployment, number);
  const old = sets.filter((set) => set !== newest);
  if (spec.paused !== true) roll(system, deployment, newest, old);
  tellDeploymentStatus(system, deployment, newest, sets);
  forgetOldest(system, deployment, old);
}

function annotate(system: System, object: Obj, value: number): void {
  system.change(object, ({ metadata }) => {
    metadata.annotations = { ...metadata.annotations, [revision]: String(value) };
  });
}

function makeSet(system: System, deployment: Obj, number: number, hash: string): Obj {
  const { name, namespace } = deployment.metadata;
  const template = copy(map(deployment.spec?.template));
  const inner = map(template.metadata);
  const labels = { ...map(inner.labels), "pod-template-hash": hash };
  const wanted = map(at(deployment.spec, "selector", "matchLabels"));
  return system.create("ReplicaSet", {
    metadata: {
      name: `${name}-${hash}`,
      namespace,
      labels,
      annotations: { [revision]: String(number) },
      ownerReferences: ownedBy(deployment),
    },
    spec: {
      replicas: 0,
      selector: { matchLabels: { ...wanted, "pod-template-hash": hash } },
      template: { ...template, metadata: { ...inner, labels } },
    },
  });
}

const countOf = (system: System, set: Obj) => number(system.current(set)?.spec?.replicas, 0);
const readyOf = (system: System, set: Obj) => number(system.current(set)?.status?.readyReplicas, 0);

/** As many more at once as the strategy allows, and as many fewer ready ones. */
function roll(system: System, deployment: Obj, newest: Obj, old: readonly Obj[]): void {
  const { spec = {} } = deployment;
  const wanted = number(spec.replicas, 1);
  const isRecreate = map(spec.strategy).type === "Recreate";
  const { surge, missing } = isRecreate ? { surge: 0, missing: wanted } : roomOf(deployment);
  const oldCount = old.reduce((sum, set) => sum + countOf(system, set), 0);
  const isWaiting = isRecreate && old.some((set) => allPodsOf(system, set).length > 0);
  const canRun = isWaiting ? 0 : Math.max(0, wanted + surge - oldCount);
  const kept = Math.min(countOf(system, newest), wanted);
  scaleSet(system, deployment, newest, Math.max(kept, Math.min(wanted, canRun)));

  let spare =
    readyOf(system, newest) + old.reduce((sum, set) => sum + readyOf(system, set), 0) - (wanted - missing);
  for (const set of old) {
    const count = countOf(system, set);
    const unready = count - readyOf(system, set);
    const fewer = Math.min(count, unready + Math.max(0, spare));
    spare -= Math.max(0, fewer - unready);
    if (fewer > 0) scaleSet(system, deployment, set, count - fewer);
  }
}

function scaleSet(system: System, deployment: Obj, set: Obj, replicas: number): void {
  const before = countOf(system, set);
  if (before === replicas) return;
  system.change(set, (draft) => {
    draft.spec = { ...draft.spec, replicas };
  });
  const how = replicas > before ? "up" : "down";
  const what = `Scaled ${how} replica set ${set.metadata.name} from ${before} to ${replicas}`;
  system.event(deployment, "Normal", "ScalingReplicaSet", what);
}

/** Old replica sets are kept to go back to, but not all of them. */
function forgetOldest(system: System, deployment: Obj, old: readonly Obj[]): void {
  const empty = old
    .filter((set) => countOf(system, set) === 0 && allPodsOf(system, set).length === 0)
    .toSorted((a, b) => revisionOf(a) - revisionOf(b));
  const limit = number(deployment.spec?.revisionHistoryLimit, 10);
  for (const set of empty.slice(0, Math.max(0, empty.length - limit))) system.remove(set);
}
