import { at, copy, type JsonMap, list, map, number, type Obj, text } from "../objects.ts";
import { hashOf, ownedBy, ownerOf, type System } from "../system.ts";
import { isReady, makePod, podsOf } from "./pods.ts";

function revisionOf(system: System, owner: Obj): { name: string; hash: string; number: number } {
  const hash = hashOf(owner.spec?.template);
  const name = `${owner.metadata.name}-${hash}`;
  const own = system
    .list("ControllerRevision", owner.metadata.namespace)
    .filter((each) => ownerOf(each)?.uid === owner.metadata.uid);
  const known = own.find((each) => each.metadata.name === name);
  if (known) return { name, hash, number: number((known as { revision?: unknown }).revision, 1) };
  const latest = Math.max(0, ...own.map((each) => number((each as { revision?: unknown }).revision, 0)));
  const metadata = { name, namespace: owner.metadata.namespace, ownerReferences: ownedBy(owner) };
  system.create("ControllerRevision", {
    metadata,
    revision: latest + 1,
    data: { spec: { template: copy(map(owner.spec?.template)) } },
  });
  return { name, hash, number: latest + 1 };
}

/** Pods with names of their own, one after the other, each with its claims. */
export function reconcileStatefulSet(system: System, set: Obj): void {
  if (set.metadata.deletionTimestamp) return;
  const wanted = number(set.spec?.replicas, 1);
  const revision = revisionOf(system, set);
  const pods = new Map(podsOf(system, set).map((pod) => [pod.metadata.name, pod]));
  const isParallel = set.spec?.podManagementPolicy === "Parallel";
  const names = Array.from({ length: wanted }, (_, index) => `${set.metadata.name}-${index}`);

  for (const [index, name] of names.entries()) {
    if (!pods.has(name)) makeStatefulPod(system, set, name, index, revision.name);
    const pod = system.find("Pod", set.metadata.namespace ?? "", name);
    if (!isParallel && !(pod && isReady(pod))) break;
  }
  replaceOutdated(system, set, names, pods, revision.name);
  const extra = [...pods.values()].filter(({ metadata }) => !names.includes(metadata.name));
  for (const pod of isParallel ? extra : extra.slice(-1)) system.remove(pod);
  tellStatefulStatus(system, set, revision.name);
}

function makeStatefulPod(system: System, set: Obj, name: string, index: number, revision: string): void {
  const { namespace = "" } = set.metadata;
  const templates = list(set.spec?.volumeClaimTemplates);
  const volumes = templates.map((template) => {
    const claimName = `${text(map(template.metadata).name)}-${name}`;
    if (!system.find("PersistentVolumeClaim", namespace, claimName)) {
      const labels = {
        ...map(at(template, "metadata", "labels")),
        ...map(at(set.spec, "selector", "matchLabels")),
      };
      system.create("PersistentVolumeClaim", {
        metadata: { name: claimName, namespace, labels },
        spec: copy(map(template.spec)),
      });
    }
    return { name: text(map(template.metadata).name), persistentVolumeClaim: { claimName } };
  });
  const labels = {
    "controller-revision-hash": revision,
    "statefulset.kubernetes.io/pod-name": name,
    "apps.kubernetes.io/pod-index": String(index),
  };
  makePod(system, set, name, labels, (spec) => {
    spec.hostname = name;
    spec.subdomain = text(set.spec?.serviceName);
    spec.volumes = [...list(spec.volumes), ...volumes];
  });
}

/** The last one first, and the next only when all are ready again. */
function replaceOutdated(
  system: System,
  set: Obj,
  names: readonly string[],
  pods: ReadonlyMap<string, Obj>,
  revision: string,
): void {
  if (map(set.spec?.updateStrategy).type === "OnDelete") return;
  const own = names.flatMap((name) => pods.get(name) ?? []);
  const outdated = own.filter(({ metadata }) => metadata.labels?.["controller-revision-hash"] !== revision);
  const last = outdated.at(-1);
  const others = own.filter((pod) => pod !== last);
  if (last && (!isReady(last) || others.every(isReady))) system.remove(last);
}

function tellStatefulStatus(system: System, set: Obj, revision: string): void {
  const pods = podsOf(system, set);
  const updated = pods.filter(({ metadata }) => metadata.labels?.["controller-revision-hash"] === revision);
  const wanted = number(set.spec?.replicas, 1);
  const readyReplicas = pods.filter(isReady).length;
  const isDone = updated.length === wanted && readyReplicas === wanted;
  system.change(
    set,
    (draft) => {
      const before = text(draft.status?.currentRevision, revision);
      draft.status = {
        observedGeneration: set.metadata.generation ?? 1,
        replicas: pods.length,
        ...(readyReplicas > 0 && { readyReplicas }),
        availableReplicas: readyReplicas,
        currentRevision: isDone ? revision : before,
        updateRevision: revision,
        currentReplicas: isDone ? pods.length : pods.length - updated.length,
        updatedReplicas: updated.length,
        collisionCount: 0,
      };
    },
    "status",
  );
}

const templateGeneration = "deprecated.daemonset.template.generation";

/** One pod on each node that suits it. */
export function reconcileDaemonSet(system: System, set: Obj): void {
  if (set.metadata.deletionTimestamp) return;
  const revision = revisionOf(system, set);
  const generation = String(revision.number);
  system.change(
    set,
    (draft) =>
      (draft.metadata.annotations = { ...draft.metadata.annotations, [templateGeneration]: generation }),
  );
  const nodes = system
    .list("Node")
    .filter((node) => suits(node, map(at(set.spec, "template", "spec", "nodeSelector"))));
  const pods = podsOf(system, set);
  const labels: JsonMap = {
    "controller-revision-hash": revision.hash,
    "pod-template-generation": generation,
  };
  const isCurrent = (pod: Obj) => pod.metadata.labels?.["controller-revision-hash"] === revision.hash;
  const onNode = (name: string) => pods.find((pod) => pod.spec?.nodeName === name);

  const outdated = pods.filter((pod) => !isCurrent(pod));
  const [next] = outdated;
  if (
    next &&
    map(set.spec?.updateStrategy).type !== "OnDelete" &&
    pods.filter((pod) => pod !== next).every(isReady)
  )
    system.remove(next);
  for (const { metadata } of nodes)
    if (!onNode(metadata.name))
      makePod(system, set, undefined, labels, (spec) => (spec.nodeName = metadata.name));
  for (const pod of pods)
    if (!nodes.some(({ metadata }) => metadata.name === pod.spec?.nodeName)) system.remove(pod);

  const now = podsOf(system, set);
  const ready = now.filter(isReady).length;
  system.change(
    set,
    (draft) => {
      draft.status = {
        observedGeneration: set.metadata.generation ?? 1,
        currentNumberScheduled: now.length,
        desiredNumberScheduled: nodes.length,
        numberMisscheduled: 0,
        numberReady: ready,
        updatedNumberScheduled: now.filter(isCurrent).length,
        ...(ready > 0 && { numberAvailable: ready }),
        ...(nodes.length > ready && { numberUnavailable: nodes.length - ready }),
      };
    },
    "status",
  );
}

export function suits(node: Obj, selector: JsonMap): boolean {
  return Object.entries(selector).every(([key, value]) => node.metadata.labels?.[key] === value);
}
