import { at, copy, list, map, number, type Obj, text } from "../objects.ts";
import type { System } from "../system.ts";
import { allPodsOf, endPod, isEnding, isFinished, isReady, makePod, podsOf } from "./pods.ts";
import { revisionOf } from "./revisions.ts";

const revisionLabel = "controller-revision-hash";

/** Pods with names of their own, one after the other, each with its claims. */
export function reconcileStatefulSet(system: System, set: Obj): void {
  if (set.metadata.deletionTimestamp) return;
  const { name: revision } = revisionOf(system, set);
  const names = namesOf(set);
  const pods = new Map(allPodsOf(system, set).map((pod) => [pod.metadata.name, pod]));
  const isParallel = set.spec?.podManagementPolicy === "Parallel";
  const isComplete = fillUp(system, set, names, pods, revision, isParallel);
  if (isComplete || isParallel) endExtra(system, set, names, pods, isParallel);
  replaceOutdated(system, set, names, revision);
  tellStatus(system, set, revision);
}

function namesOf({ metadata, spec }: Obj): string[] {
  const start = number(at(spec, "ordinals", "start"), 0);
  return Array.from({ length: number(spec?.replicas, 1) }, (_, index) => `${metadata.name}-${start + index}`);
}

/** Whether all are there and ready; one after the other unless the set says otherwise. */
function fillUp(
  system: System,
  set: Obj,
  names: readonly string[],
  pods: ReadonlyMap<string, Obj>,
  revision: string,
  isParallel: boolean,
): boolean {
  for (const name of names) {
    const known = pods.get(name);
    if (known && isFinished(known) && !isEnding(known)) system.remove(known);
    if (!known) makeStatefulPod(system, set, name, revision);
    const isUp = known && isReady(known) && !isEnding(known);
    if (!isUp && !isParallel) return false;
  }
  return true;
}

/** The last one goes first, and the next when that is gone. */
function endExtra(
  system: System,
  set: Obj,
  names: readonly string[],
  pods: ReadonlyMap<string, Obj>,
  isParallel: boolean,
): void {
  const extra = [...pods.values()]
    .filter(({ metadata }) => !names.includes(metadata.name))
    .toSorted((a, b) => ordinalOf(b) - ordinalOf(a));
  for (const pod of isParallel ? extra : extra.slice(0, 1)) if (!isEnding(pod)) endPod(system, set, pod);
}

const ordinalOf = ({ metadata }: Obj) => Number(/\d+$/.exec(metadata.name)?.[0] ?? 0);

function makeStatefulPod(system: System, set: Obj, name: string, revision: string): void {
  const volumes = list(set.spec?.volumeClaimTemplates).map((template) => {
    const own = text(map(template.metadata).name);
    const claimName = `${own}-${name}`;
    makeClaim(system, set, claimName, template);
    return { name: own, persistentVolumeClaim: { claimName } };
  });
  makePod(system, set, {
    name,
    labels: {
      [revisionLabel]: revision,
      "statefulset.kubernetes.io/pod-name": name,
      "apps.kubernetes.io/pod-index": /\d+$/.exec(name)?.[0] ?? "0",
    },
    adapt(spec) {
      spec.hostname = name;
      if (set.spec?.serviceName) spec.subdomain = set.spec.serviceName;
      const others = list(spec.volumes).filter(
        (volume) => !volumes.some((each) => each.name === volume.name),
      );
      spec.volumes = [...volumes, ...others];
    },
  });
}

function makeClaim(system: System, set: Obj, name: string, template: ReturnType<typeof map>): void {
  const { namespace = "" } = set.metadata;
  if (system.find("PersistentVolumeClaim", namespace, name)) return;
  const { labels, annotations } = map(template.metadata);
  const metadata = {
    ...{ name, namespace },
    labels: { ...map(labels), ...map(at(set.spec, "selector", "matchLabels")) },
    ...(annotations && { annotations }),
  };
  system.create("PersistentVolumeClaim", { metadata, spec: copy(map(template.spec)) });
  const what = `create Claim ${name} Pod ${name} in StatefulSet ${set.metadata.name} success`;
  system.event(set, "Normal", "SuccessfulCreate", what);
}

/** The last one first, and the next only when all are ready again. */
function replaceOutdated(system: System, set: Obj, names: readonly string[], revision: string): void {
  const strategy = map(set.spec?.updateStrategy);
  if (strategy.type === "OnDelete") return;
  const kept = number(map(strategy.rollingUpdate).partition, 0);
  const own = allPodsOf(system, set).filter(({ metadata }) => names.includes(metadata.name));
  if (own.some(isEnding) || own.length < names.length) return;
  const last = own
    .filter((pod) => pod.metadata.labels?.[revisionLabel] !== revision && ordinalOf(pod) >= kept)
    .toSorted((a, b) => ordinalOf(b) - ordinalOf(a))[0];
  if (last && (!isReady(last) || own.filter((pod) => pod !== last).every(isReady))) endPod(system, set, last);
}

function tellStatus(system: System, set: Obj, revision: string): void {
  const pods = podsOf(system, set);
  const updated = pods.filter(({ metadata }) => metadata.labels?.[revisionLabel] === revision);
  const wanted = number(set.spec?.replicas, 1);
  const readyReplicas = pods.filter(isReady).length;
  const isDone = updated.length === wanted && updated.every(isReady) && pods.length === wanted;
  system.change(
    set,
    (draft) => {
      const before = text(draft.status?.currentRevision, revision);
      const currentRevision = isDone ? revision : before;
      const current = pods.filter(
        ({ metadata }) => metadata.labels?.[revisionLabel] === currentRevision,
      ).length;
      draft.status = {
        observedGeneration: set.metadata.generation ?? 1,
        replicas: pods.length,
        ...(readyReplicas > 0 && { readyReplicas }),
        availableReplicas: readyReplicas,
        ...{ currentRevision, updateRevision: revision },
        ...(current > 0 && { currentReplicas: current }),
        ...(updated.length > 0 && { updatedReplicas: updated.length }),
        collisionCount: 0,
      };
    },
    "status",
  );
}
