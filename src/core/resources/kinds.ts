import { groupOf, type ObjectIdentity } from "../kubernetes-object.ts";

/** Kinds that people look for, wherever they were made. */
export const syncedKinds = [
  ["v1", "Namespace"],
  ["v1", "Node"],
  ["v1", "Pod"],
  ["v1", "Service"],
  ["v1", "ConfigMap"],
  ["v1", "Secret"],
  ["v1", "ServiceAccount"],
  ["v1", "PersistentVolumeClaim"],
  ["v1", "PersistentVolume"],
  ["apps/v1", "Deployment"],
  ["apps/v1", "ReplicaSet"],
  ["apps/v1", "StatefulSet"],
  ["apps/v1", "DaemonSet"],
  ["batch/v1", "Job"],
  ["batch/v1", "CronJob"],
  ["networking.k8s.io/v1", "Ingress"],
  ["networking.k8s.io/v1", "NetworkPolicy"],
  ["autoscaling/v2", "HorizontalPodAutoscaler"],
  ["policy/v1", "PodDisruptionBudget"],
  ["storage.k8s.io/v1", "StorageClass"],
] as const;

/** A kind as a cluster serves it. */
export type Kind = Pick<ObjectIdentity, "apiVersion" | "kind">;

/** One name for a kind, whatever its version. */
export const kindKey = ({ apiVersion, kind }: Kind) => `${groupOf(apiVersion)}/${kind}`;

const clusterScoped = new Set([
  "/Namespace",
  "/Node",
  "/PersistentVolume",
  "storage.k8s.io/StorageClass",
  "apiextensions.k8s.io/CustomResourceDefinition",
]);

/** Whether a kind's objects are known to be in no namespace. */
export const isClusterScoped = (kind: Kind) => clusterScoped.has(kindKey(kind));

/** Namespaces of what keeps a cluster going, which people who look for their own things do not want to see. */
export const systemNamespaces = [
  "kube-system",
  "kube-public",
  "kube-node-lease",
  "kube-flannel",
  "ingress-nginx",
  "kubernetes-dashboard",
  "metallb-system",
  "cert-manager",
  "monitoring",
  "istio-system",
  "linkerd",
] as const;
