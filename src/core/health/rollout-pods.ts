import type { KubernetesObject } from "../kubernetes-object.ts";

const deploymentRevision = "deployment.kubernetes.io/revision";
const templateGeneration = "deprecated.daemonset.template.generation";

/** The pods of what was applied last: a crash of the revision before never fails the one that replaces it. */
export function podsOfRollout(
  workload: KubernetesObject,
  pods: readonly KubernetesObject[],
  replicaSets: readonly KubernetesObject[],
): KubernetesObject[] {
  const { metadata, status = {} } = workload;
  switch (workload.kind) {
    case "Deployment": {
      const revision = metadata.annotations?.[deploymentRevision];
      const current = replicaSets.filter(
        (set) => isOwnedBy(set, metadata.uid) && set.metadata.annotations?.[deploymentRevision] === revision,
      );
      return pods.filter((pod) => current.some((set) => isOwnedBy(pod, set.metadata.uid)));
    }
    case "StatefulSet": {
      const { updateRevision } = status as { updateRevision?: string };
      return owned(pods, metadata.uid).filter(
        (pod) => labelOf(pod, "controller-revision-hash") === updateRevision,
      );
    }
    case "DaemonSet": {
      const generation = metadata.annotations?.[templateGeneration];
      return owned(pods, metadata.uid).filter(
        (pod) => labelOf(pod, "pod-template-generation") === generation,
      );
    }
    default:
      return owned(pods, metadata.uid);
  }
}

function owned(objects: readonly KubernetesObject[], uid: string | undefined): KubernetesObject[] {
  return objects.filter((object) => isOwnedBy(object, uid));
}

function isOwnedBy({ metadata }: KubernetesObject, uid: string | undefined): boolean {
  return metadata.ownerReferences?.some((owner) => owner.uid === uid) ?? false;
}

function labelOf({ metadata }: KubernetesObject, label: string): string | undefined {
  return metadata.labels?.[label];
}
