import { at, map, number, type Obj, text } from "../objects.ts";
import type { System } from "../system.ts";
import { suits } from "./nodes.ts";
import { allPodsOf, endPod, isEnding, isFinished, isReady, makePod, podsOf } from "./pods.ts";
import { type Revision, revisionOf } from "./revisions.ts";

const generationAnnotation = "deprecated.daemonset.template.generation";
const revisionLabel = "controller-revision-hash";

/** One pod on each node that suits it. */
export function reconcileDaemonSet(system: System, set: Obj): void {
  if (set.metadata.deletionTimestamp) return;
  const revision = revisionOf(system, set);
  system.change(set, ({ metadata }) => {
    metadata.annotations = { ...metadata.annotations, [generationAnnotation]: String(revision.number) };
  });
  const nodes = system.list("Node").filter((node) => suits(node, at(set.spec, "template", "spec")));
  const names = new Set(nodes.map(({ metadata }) => metadata.name));
  const isCurrent = (pod: Obj) => pod.metadata.labels?.[revisionLabel] === revision.hash;
  for (const pod of podsOf(system, set))
    if (isFinished(pod) || !names.has(nodeOf(pod))) endPod(system, set, pod);
  replaceOutdated(system, set, isCurrent);
  const taken = new Set(allPodsOf(system, set).map(nodeOf));
  for (const name of names) if (!taken.has(name)) makeDaemon(system, set, name, revision);
  tellStatus(system, set, names.size, isCurrent);
}

const nodeOf = ({ spec }: Obj) => text(spec?.nodeName);

function makeDaemon(
  system: System,
  set: Obj,
  nodeName: string,
  { hash, number: generation }: Revision,
): void {
  makePod(system, set, {
    labels: { [revisionLabel]: hash, "pod-template-generation": String(generation) },
    adapt(spec) {
      spec.nodeName = nodeName;
    },
  });
}

/** As many at once as may be missing; those that are not ready anyway go first. */
function replaceOutdated(system: System, set: Obj, isCurrent: (pod: Obj) => boolean): void {
  const strategy = map(set.spec?.updateStrategy);
  if (strategy.type === "OnDelete") return;
  const pods = allPodsOf(system, set);
  const mayMiss = Math.max(1, number(map(strategy.rollingUpdate).maxUnavailable, 1));
  const missing = pods.filter((pod) => isEnding(pod) || (isCurrent(pod) && !isReady(pod))).length;
  const outdated = pods
    .filter((pod) => !isCurrent(pod) && !isEnding(pod))
    .toSorted((a, b) => Number(isReady(a)) - Number(isReady(b)));
  for (const pod of outdated.slice(0, Math.max(0, mayMiss - missing))) endPod(system, set, pod);
}

function tellStatus(system: System, set: Obj, wanted: number, isCurrent: (pod: Obj) => boolean): void {
  const pods = podsOf(system, set);
  const ready = pods.filter(isReady).length;
  const updated = pods.filter(isCurrent).length;
  system.change(
    set,
    (draft) => {
      draft.status = {
        observedGeneration: set.metadata.generation ?? 1,
        currentNumberScheduled: pods.length,
        desiredNumberScheduled: wanted,
        numberMisscheduled: 0,
        numberReady: ready,
        ...(updated > 0 && { updatedNumberScheduled: updated }),
        ...(ready > 0 && { numberAvailable: ready }),
        ...(wanted > ready && { numberUnavailable: wanted - ready }),
      };
    },
    "status",
  );
}
