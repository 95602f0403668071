import { type Static, Type } from "typebox";
import type { KubernetesObject } from "../kubernetes-object.ts";
import {
  containerSettings,
  type SideContainer,
  sideContainer,
  toContainer,
  toSideContainer,
} from "./container.ts";
import { runtimeEnv, runtimeSecretName } from "./env.ts";
import type { Fault } from "./fault.ts";
import { annotations, asKubernetes, labels, listOf, namespace, wholeNumber } from "./fields.ts";
import type { Surroundings } from "./kind.ts";
import { annotationFaults, duplicateFaults, labelFaults, pointer, toBase64, toTexts } from "./text-values.ts";
import { toVolumes, volumeMount } from "./volumes.ts";

/** What every workload may be told. */
export const workloadSettings = {
  namespace,
  ...containerSettings,
  port: Type.Optional(containerSettings.port),
  envKeys: Type.Optional(Type.Array(Type.Object({ name: Type.Optional(Type.String()) }))),
  labels: Type.Optional(labels("Labels")),
  annotations: Type.Optional(annotations),
  podLabels: Type.Optional(labels("Pod labels")),
  podAnnotations: Type.Optional(annotations),
  version: Type.Optional(Type.String({ title: "Version label" })),
  volumeMounts: Type.Optional(listOf("Volume mounts", volumeMount)),
  volumes: Type.Optional(listOf("Volumes", asKubernetes("Volume"))),
  containers: Type.Optional(listOf("Further containers", sideContainer)),
  initContainers: Type.Optional(listOf("Init containers", sideContainer)),
  securityContext: Type.Optional(asKubernetes("Security context")),
  nodeSelector: Type.Optional(labels("Node selector")),
  tolerations: Type.Optional(listOf("Tolerations", asKubernetes("Toleration"))),
  affinity: Type.Optional(asKubernetes("Affinity")),
  topologySpreadConstraints: Type.Optional(listOf("Topology spread", asKubernetes("Constraint"))),
  imagePullSecrets: Type.Optional(Type.Array(Type.Unknown(), { title: "Image pull secrets" })),
  serviceAccountName: Type.Optional(Type.String({ title: "Service account" })),
  priorityClassName: Type.Optional(Type.String({ title: "Priority class" })),
  terminationGracePeriodSeconds: Type.Optional(wholeNumber("Termination grace period")),
  hostNetwork: Type.Optional(Type.Boolean({ title: "Host network" })),
  hostPID: Type.Optional(Type.Boolean({ title: "Host processes" })),
};

const WorkloadSettings = Type.Object({ ...workloadSettings, name: Type.String() });
export type WorkloadSettings = Static<typeof WorkloadSettings>;

interface Made {
  template: { metadata: object; spec: Record<string, unknown> };
  metadata: KubernetesObject["metadata"];
  /** What the pods need beside the workload itself: the environment this run was given. */
  beside: KubernetesObject[];
  faults: Fault[];
}

/** The pod template of a workload, and the metadata of the workload itself. */
export function toPodTemplate(
  settings: WorkloadSettings,
  around: Surroundings,
  podSpec: Record<string, unknown> = {},
): Made {
  const { name } = settings;
  const volumes = toVolumes(settings.volumeMounts ?? [], around);
  const side = sideContainers(settings);
  const main = mainContainer(settings, around, volumes.mounts);
  const containers = [...main.containers, ...side.containers];
  const allVolumes = [...volumes.volumes, ...(settings.volumes ?? [])];
  const faults = [
    ...main.faults,
    ...volumes.faults,
    ...side.faults,
    ...labelFaults(settings.labels, "labels"),
    ...labelFaults(settings.podLabels, "podLabels"),
    ...labelFaults(settings.nodeSelector, "nodeSelector"),
    ...annotationFaults(settings.annotations),
    ...duplicateFaults(
      [...containers, ...side.initContainers],
      (container) => container.name,
      (index) => pointer("containers", Math.max(0, index - main.containers.length), "name"),
      "The container",
    ),
    ...duplicateFaults(
      allVolumes,
      (volume) => textOf(volume.name),
      () => "/volumes",
      "The volume",
    ),
  ];
  const spec = {
    ...podOptions(settings),
    ...podSpec,
    ...(side.initContainers.length > 0 && { initContainers: side.initContainers }),
    containers,
    ...(allVolumes.length > 0 && { volumes: allVolumes }),
  };
  return {
    metadata: metadataOf(settings, around),
    template: { metadata: podMetadata(settings, around), spec },
    beside: runtimeSecret(name, around),
    faults,
  };
}

function mainContainer(settings: WorkloadSettings, around: Surroundings, mounts: readonly object[]) {
  const further = settings.containers ?? [];
  if (settings.image === undefined && further.length > 0) return { containers: [], faults: [] };
  if (settings.image === undefined)
    return { containers: [], faults: [{ path: "/image", code: "required", message: "Image is missing" }] };
  const { container, faults } = toContainer(containerName(settings.name), settings, []);
  const runtime = runtimeEnv(settings.name, settings.envKeys, around);
  const given = (container.env ?? []) as { name: string }[];
  // Values of the run win over those of the drawing.
  const env = [...given.filter((each) => !runtime.some(({ name }) => name === each.name)), ...runtime];
  const { ofContainer } = splitSecurityContext(settings.securityContext);
  const made = {
    ...container,
    ...(env.length > 0 && { env }),
    ...(mounts.length > 0 && { volumeMounts: mounts }),
    ...(ofContainer && { securityContext: ofContainer }),
  };
  return { containers: [made], faults };
}

/** Object names may hold dots, container names may not. */
function containerName(name: string): string {
  return name.replaceAll(".", "-").slice(0, 63).replace(/-+$/, "");
}

function sideContainers({ containers = [], initContainers = [] }: WorkloadSettings) {
  const make = (list: readonly SideContainer[], key: string) =>
    list.map((settings, index) => toSideContainer(settings, [key, index]));
  const made = make(containers, "containers");
  const before = make(initContainers, "initContainers");
  return {
    containers: made.map(({ container }) => container),
    initContainers: before.map(({ container }) => container),
    faults: [...made, ...before].flatMap(({ faults }) => faults),
  };
}

function podOptions(settings: WorkloadSettings): Record<string, unknown> {
  const { nodeSelector, tolerations, affinity, serviceAccountName, hostNetwork, hostPID } = settings;
  const { topologySpreadConstraints, priorityClassName, terminationGracePeriodSeconds } = settings;
  const { ofPod } = splitSecurityContext(settings.securityContext);
  const imagePullSecrets = settings.imagePullSecrets?.map((each) =>
    typeof each === "string" ? { name: each } : each,
  );
  return {
    ...(serviceAccountName && { serviceAccountName }),
    ...(imagePullSecrets?.length && { imagePullSecrets }),
    ...(ofPod && { securityContext: ofPod }),
    ...(nodeSelector && { nodeSelector: toTexts(nodeSelector) }),
    ...(tolerations?.length && { tolerations }),
    ...(affinity && { affinity }),
    ...(topologySpreadConstraints?.length && { topologySpreadConstraints }),
    ...(priorityClassName && { priorityClassName }),
    ...(terminationGracePeriodSeconds !== undefined && { terminationGracePeriodSeconds }),
    ...(hostNetwork && { hostNetwork, dnsPolicy: "ClusterFirstWithHostNet" }),
    ...(hostPID && { hostPID }),
  };
}

/** Kubernetes has two security contexts; some fields exist in only one of them. */
const containerOnly = new Set([
  "privileged",
  "capabilities",
  "allowPrivilegeEscalation",
  "readOnlyRootFilesystem",
  "procMount",
]);

function splitSecurityContext(given: Readonly<Record<string, unknown>> | undefined) {
  const entries = Object.entries(given ?? {}).map(([key, value]): [string, unknown] =>
    key === "capabilities" && Array.isArray(value) ? [key, { add: value }] : [key, value],
  );
  const part = (isContainers: boolean) => {
    const own = entries.filter(([key]) => containerOnly.has(key) === isContainers);
    return own.length > 0 ? Object.fromEntries(own) : undefined;
  };
  return { ofPod: part(false), ofContainer: part(true) };
}

/** Metadata of a node's object: people's labels and annotations, under ours. */
export function metadataOf(
  settings: {
    name: string;
    labels?: Record<string, unknown>;
    annotations?: Record<string, unknown>;
    version?: string;
  },
  { namespace: at, labels: own }: Pick<Surroundings, "namespace" | "labels">,
): KubernetesObject["metadata"] {
  const { name, version } = settings;
  return {
    name,
    namespace: at,
    labels: { ...toTexts(settings.labels), ...(version && { version }), ...appLabel(name), ...own },
    ...(settings.annotations && { annotations: toTexts(settings.annotations) }),
  };
}

/** The label selectors go by; a name too long for a label is cut to what one may hold. */
export function appLabel(name: string): { app: string } {
  return { app: name.length <= 63 ? name : name.slice(0, 63).replace(/[^a-z0-9]+$/, "") };
}

function podMetadata(settings: WorkloadSettings, { labels: own }: Surroundings): object {
  const { name, version, podAnnotations } = settings;
  const people = { ...toTexts(settings.labels), ...toTexts(settings.podLabels) };
  return {
    labels: { ...people, ...(version && { version }), ...appLabel(name), ...own },
    ...(podAnnotations && { annotations: toTexts(podAnnotations) }),
  };
}

/** Environment given to this run, kept where it is used. */
function runtimeSecret(
  name: string,
  { namespace: at, labels: own, envValues }: Surroundings,
): KubernetesObject[] {
  const entries = Object.entries(envValues);
  if (entries.length === 0) return [];
  const data = Object.fromEntries(entries.map(([key, value]) => [key, toBase64(value)]));
  const metadata = { name: runtimeSecretName(name), namespace: at, labels: { ...appLabel(name), ...own } };
  return [{ apiVersion: "v1", kind: "Secret", metadata, type: "Opaque", data } as KubernetesObject];
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
