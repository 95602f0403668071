import { listOf } from "../health/health.ts";
import { addressesOf } from "../health/service.ts";
import { groupOf, type KubernetesObject } from "../kubernetes-object.ts";
import { autoscalerSpec } from "./autoscaler-spec.ts";
import { named, nameIn, picked } from "./picked.ts";
import { podSpec } from "./pod-spec.ts";

type Spec = Record<string, unknown>;

const kinds: ReadonlyMap<string, (object: KubernetesObject) => Spec> = new Map([
  ["/Node", nodeSpec],
  ["/PersistentVolume", volumeSpec],
  ["/PersistentVolumeClaim", claimSpec],
  ["/Pod", podSpec],
  ["/Service", serviceSpec],
  ["apps/DaemonSet", daemonSetSpec],
  ["apps/Deployment", replicatedSpec],
  ["apps/ReplicaSet", replicatedSpec],
  ["apps/StatefulSet", replicatedSpec],
  ["autoscaling/HorizontalPodAutoscaler", autoscalerSpec],
  ["batch/CronJob", cronJobSpec],
  ["batch/Job", jobSpec],
  ["networking.k8s.io/Ingress", ingressSpec],
  ["networking.k8s.io/NetworkPolicy", policySpec],
  ["policy/PodDisruptionBudget", budgetSpec],
]);

/** What is shown of an object, in flat fields of its kind's own; of ConfigMaps and Secrets, nothing. */
export function specOf(object: KubernetesObject): Spec {
  return kinds.get(`${groupOf(object.apiVersion)}/${object.kind}`)?.(object) ?? {};
}

function replicatedSpec({ spec, status }: KubernetesObject): Spec {
  return {
    replicas: spec?.replicas ?? 1,
    availableReplicas: status?.availableReplicas ?? 0,
    readyReplicas: status?.readyReplicas ?? 0,
    updatedReplicas: status?.updatedReplicas ?? 0,
    images: imagesIn(spec),
  };
}

function daemonSetSpec({ spec, status }: KubernetesObject): Spec {
  return {
    desiredNumberScheduled: status?.desiredNumberScheduled ?? 0,
    currentNumberScheduled: status?.currentNumberScheduled ?? 0,
    numberReady: status?.numberReady ?? 0,
    numberAvailable: status?.numberAvailable ?? 0,
    numberMisscheduled: status?.numberMisscheduled ?? 0,
    ...named("updateStrategy", nameIn(spec?.updateStrategy, "type")),
    images: imagesIn(spec),
  };
}

/** The images of a workload's pods, by the names of the containers. */
function imagesIn(spec: Spec | undefined): Record<string, string> {
  const template = spec?.template as { spec?: { containers?: unknown } } | undefined;
  const containers = listOf<{ name?: string; image?: string }>(template?.spec?.containers);
  return Object.fromEntries(containers.map(({ name = "", image = "" }) => [name, image]));
}

function jobSpec({ spec, status }: KubernetesObject): Spec {
  return {
    ...picked(spec, ["completions", "parallelism", "backoffLimit"]),
    jobSucceeded: status?.succeeded ?? 0,
    jobFailed: status?.failed ?? 0,
    jobActive: status?.active ?? 0,
    ...picked(status, ["startTime", "completionTime"]),
  };
}

function cronJobSpec({ spec, status }: KubernetesObject): Spec {
  return {
    ...picked(spec, ["schedule", "suspend", "concurrencyPolicy"]),
    ...picked(status, ["lastScheduleTime", "lastSuccessfulTime"]),
    activeJobs: listOf(status?.active).length,
  };
}

function serviceSpec({ spec }: KubernetesObject): Spec {
  const ports = listOf<Spec>(spec?.ports).map((port) =>
    picked(port, ["name", "port", "targetPort", "nodePort", "protocol"]),
  );
  return {
    serviceType: spec?.type ?? "ClusterIP",
    ...picked(spec, ["clusterIP", "externalIPs", "selector"]),
    ports,
  };
}

interface IngressRule {
  host?: string;
  http?: { paths?: unknown };
}

function ingressSpec(object: KubernetesObject): Spec {
  const { spec } = object;
  const rules = listOf<IngressRule>(spec?.rules);
  const [address] = addressesOf(object);
  const legacyClass = object.metadata.annotations?.["kubernetes.io/ingress.class"];
  return {
    ...named("ingressClass", spec?.ingressClassName ?? legacyClass),
    ingressHosts: rules.flatMap(({ host }) => host ?? []),
    ingressRules: rules.length,
    ingressPaths: rules.flatMap(({ http }) => listOf(http?.paths)).length,
    ...named("loadBalancerIP", address?.ip ?? address?.hostname),
  };
}

function policySpec({ spec }: KubernetesObject): Spec {
  const { matchLabels } = (spec?.podSelector ?? {}) as { matchLabels?: unknown };
  return {
    policyTypes: spec?.policyTypes ?? [],
    ingressRulesCount: listOf(spec?.ingress).length,
    egressRulesCount: listOf(spec?.egress).length,
    podSelectorLabels: matchLabels ?? {},
  };
}

function budgetSpec({ spec, status }: KubernetesObject): Spec {
  return {
    ...picked(spec, ["minAvailable", "maxUnavailable"]),
    ...picked(status, ["currentHealthy", "desiredHealthy", "disruptionsAllowed"]),
  };
}

function claimSpec({ spec, status }: KubernetesObject): Spec {
  const requested = nameIn((spec?.resources as Spec | undefined)?.requests, "storage");
  return {
    ...named("storageClass", spec?.storageClassName),
    accessModes: spec?.accessModes ?? [],
    ...named("capacity", nameIn(status?.capacity, "storage") ?? requested),
    ...picked(spec, ["volumeName"]),
  };
}

function volumeSpec({ spec }: KubernetesObject): Spec {
  const { namespace, name } = (spec?.claimRef ?? {}) as { namespace?: string; name?: string };
  return {
    ...named("storageClass", spec?.storageClassName),
    accessModes: spec?.accessModes ?? [],
    ...named("capacity", nameIn(spec?.capacity, "storage")),
    ...named("reclaimPolicy", spec?.persistentVolumeReclaimPolicy),
    ...named("claim", name && `${namespace}/${name}`),
  };
}

function nodeSpec({ status }: KubernetesObject): Spec {
  return { nodeCapacity: amounts(status?.capacity), nodeAllocated: amounts(status?.allocatable) };
}

function amounts(of: unknown): Spec {
  const storage = nameIn(of, "ephemeral-storage");
  return { ...picked(of, ["cpu", "memory", "pods"]), ...named("storage", storage) };
}
