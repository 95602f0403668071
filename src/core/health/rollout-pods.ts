import type { KubernetesObject } from "../kubernetes-object.ts";

const deploymentRevision = "deployment.kubernetes.io/revision";
const templateGeneration = "deprecated.daemonset.template.generation";
const revisionHash = "controller-revision-hash";

/** The pods of what was applied last: a crash of the revision before never fails the one that replaces it. */
export function podsOfRollout(
  workload: KubernetesObject,
  pods: readonly KubernetesObject[],
  replicaSets: readonly KubernetesObject[],
): KubernetesObject[] {
  const { metadata, kind } = workload;
  if (kind === "Deployment") {
    const sets = currentSets(workload, replicaSets);
    return pods.filter((pod) => sets.some((set) => isOwnedBy(pod, set.metadata.uid)));
  }
  const own = pods.filter((pod) => isOwnedBy(pod, metadata.uid));
  if (kind === "StatefulSet") {
    const { updateRevision } = (workload.status ?? {}) as { updateRevision?: string };
    return own.filter((pod) => labelOf(pod, revisionHash) === updateRevision);
  }
  return kind === "DaemonSet" ? newestOf(workload, own) : own;
}

/** The replica set of a Deployment's own revision. */
export function currentSets(
  { metadata }: KubernetesObject,
  replicaSets: readonly KubernetesObject[],
): KubernetesObject[] {
  const revision = metadata.annotations?.[deploymentRevision];
  if (revision === undefined) return [];
  return replicaSets.filter(
    (set) => isOwnedBy(set, metadata.uid) && set.metadata.annotations?.[deploymentRevision] === revision,
  );
}

/** A DaemonSet names its revision by a number that is on its way out; where it is gone, the youngest pod tells. */
function newestOf({ metadata }: KubernetesObject, own: KubernetesObject[]): KubernetesObject[] {
  const generation = metadata.annotations?.[templateGeneration];
  if (generation !== undefined)
    return own.filter((pod) => labelOf(pod, "pod-template-generation") === generation);
  const newest = own.toSorted((a, b) => (createdAt(a) < createdAt(b) ? 1 : -1))[0];
  return own.filter((pod) => newest && labelOf(pod, revisionHash) === labelOf(newest, revisionHash));
}

function isOwnedBy({ metadata }: KubernetesObject, uid: string | undefined): boolean {
  return uid !== undefined && (metadata.ownerReferences?.some((owner) => owner.uid === uid) ?? false);
}

function labelOf({ metadata }: KubernetesObject, label: string): string | undefined {
  return metadata.labels?.[label];
}

const createdAt = ({ metadata }: KubernetesObject) => metadata.creationTimestamp ?? "";
