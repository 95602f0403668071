import type { Relation } from "../../contract/resources.ts";
import { isMap } from "../catalog/text-values.ts";
import { listOf } from "../health/health.ts";
import { groupOf, type KubernetesObject } from "../kubernetes-object.ts";
import { nameIn } from "./picked.ts";

/** A thing of the same namespace, or of none, by what it is called. */
export interface Link {
  relation: Relation;
  kind: string;
  name: string;
}

type Labels = Record<string, string>;

/** What an object refers to. Only plain label selectors are followed; an empty one selects nothing here. */
export interface Links {
  to: Link[];
  selects?: Labels;
  /** What a workload's pods are marked with. */
  podLabels?: Labels;
}

type Spec = Record<string, unknown>;

const kinds: ReadonlyMap<string, (object: KubernetesObject) => Links> = new Map([
  ["/PersistentVolumeClaim", ({ spec }) => ({ to: named("binds", "PersistentVolume", spec?.volumeName) })],
  ["/Pod", ({ spec }) => ({ to: podLinks(spec) })],
  ["/Service", ({ spec }) => ({ to: [], ...selecting(spec?.selector) })],
  ["apps/DaemonSet", workloadLinks],
  ["apps/Deployment", workloadLinks],
  ["apps/ReplicaSet", workloadLinks],
  ["apps/StatefulSet", workloadLinks],
  ["autoscaling/HorizontalPodAutoscaler", autoscalerLinks],
  ["batch/CronJob", ({ spec }) => workloadLinks({ spec: nameIn(spec?.jobTemplate, "spec") })],
  ["batch/Job", workloadLinks],
  ["networking.k8s.io/Ingress", ingressLinks],
  ["networking.k8s.io/NetworkPolicy", ({ spec }) => ({ to: [], ...byLabels(spec?.podSelector) })],
  ["policy/PodDisruptionBudget", ({ spec }) => ({ to: [], ...byLabels(spec?.selector) })],
]);

export function linksOf(object: KubernetesObject): Links {
  return kinds.get(`${groupOf(object.apiVersion)}/${object.kind}`)?.(object) ?? { to: [] };
}

function workloadLinks({ spec }: { spec?: unknown }): Links {
  const template = nameIn(spec, "template");
  const podLabels = labelsIn(nameIn(nameIn(template, "metadata"), "labels"));
  const governing = named("uses", "Service", nameIn(spec, "serviceName"));
  return {
    to: [...podLinks(nameIn(template, "spec")), ...governing],
    ...(podLabels && { podLabels }),
  };
}

function autoscalerLinks({ spec }: KubernetesObject): Links {
  const { kind, name } = (spec?.scaleTargetRef ?? {}) as { kind?: unknown; name?: unknown };
  return { to: typeof kind === "string" ? named("scales", kind, name) : [] };
}

interface IngressSpec {
  defaultBackend?: unknown;
  rules?: unknown;
  tls?: unknown;
}

function ingressLinks({ spec = {} }: KubernetesObject): Links {
  const { defaultBackend, rules, tls } = spec as IngressSpec;
  const paths = listOf<{ http?: { paths?: unknown } }>(rules).flatMap(({ http }) =>
    listOf<{ backend?: unknown }>(http?.paths).map(({ backend }) => backend),
  );
  const services = [defaultBackend, ...paths].flatMap((backend) =>
    named("routes", "Service", nameIn(nameIn(backend, "service"), "name")),
  );
  const secrets = listOf<Spec>(tls).flatMap(({ secretName }) => named("uses", "Secret", secretName));
  return { to: once([...services, ...secrets]) };
}

/** Everything a pod cannot start without, and what it runs as. */
function podLinks(spec: unknown): Link[] {
  if (!isMap(spec)) return [];
  const containers = [...listOf<Spec>(spec.initContainers), ...listOf<Spec>(spec.containers)];
  return once([
    ...listOf<Spec>(spec.volumes).flatMap(volumeLinks),
    ...containers.flatMap(environmentLinks),
    ...listOf<Spec>(spec.imagePullSecrets).flatMap(({ name }) => named("uses", "Secret", name)),
    ...named("uses", "ServiceAccount", spec.serviceAccountName),
  ]);
}

function volumeLinks(volume: Spec): Link[] {
  const sources = listOf<Spec>(nameIn(volume.projected, "sources"));
  return [
    ...named("mounts", "PersistentVolumeClaim", nameIn(volume.persistentVolumeClaim, "claimName")),
    ...[volume, ...sources].flatMap((each) => [
      ...named("mounts", "ConfigMap", nameIn(each.configMap, "name")),
      ...named("mounts", "Secret", nameIn(each.secret, "secretName") ?? nameIn(each.secret, "name")),
    ]),
  ];
}

function environmentLinks({ env, envFrom }: Spec): Link[] {
  const values = listOf<Spec>(env).map(({ valueFrom }) => valueFrom);
  return [
    ...listOf<Spec>(envFrom).flatMap((each) => [
      ...named("uses", "ConfigMap", nameIn(each.configMapRef, "name")),
      ...named("uses", "Secret", nameIn(each.secretRef, "name")),
    ]),
    ...values.flatMap((from) => [
      ...named("uses", "ConfigMap", nameIn(nameIn(from, "configMapKeyRef"), "name")),
      ...named("uses", "Secret", nameIn(nameIn(from, "secretKeyRef"), "name")),
    ]),
  ];
}

function named(relation: Relation, kind: string, name: unknown): Link[] {
  return typeof name === "string" && name !== "" ? [{ relation, kind, name }] : [];
}

function once(links: readonly Link[]): Link[] {
  return [...new Map(links.map((link) => [`${link.relation} ${link.kind}/${link.name}`, link])).values()];
}

function byLabels(selector: unknown): { selects?: Labels } {
  return listOf(nameIn(selector, "matchExpressions")).length > 0
    ? {}
    : selecting(nameIn(selector, "matchLabels"));
}

function selecting(labels: unknown): { selects?: Labels } {
  const selects = labelsIn(labels);
  return selects ? { selects } : {};
}

function labelsIn(labels: unknown): Labels | undefined {
  if (!isMap(labels) || Object.keys(labels).length === 0) return undefined;
  return Object.fromEntries(Object.entries(labels).map(([key, value]) => [key, String(value)]));
}
