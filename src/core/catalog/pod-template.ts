import type { KubernetesObject } from "../kubernetes-object.ts";
import { type Container, toContainer } from "./container.ts";
import { containerName } from "./container-name.ts";
import type { EnvVar } from "./env.ts";
import type { Fault } from "./fault.ts";
import type { Surroundings } from "./kind.ts";
import { appLabel, metadataFaults, metadataOf } from "./metadata.ts";
import { podOptions, tolerationFaults, type WorkloadSettings } from "./pod-settings.ts";
import { runtimeEnv, runtimeSecret } from "./runtime-env.ts";
import { splitSecurityContext } from "./security-context.ts";
import { type SideContainer, toSideContainer } from "./side-container.ts";
import {
  annotationFaults,
  duplicateFaults,
  type Keys,
  labelFaults,
  pointer,
  toTexts,
} from "./text-values.ts";
import type { VolumeMount } from "./volume-mount.ts";
import { toVolumes } from "./volumes.ts";

interface Made {
  template: { metadata: object; spec: Record<string, unknown> };
  metadata: KubernetesObject["metadata"];
  /** What the pods need beside the workload itself: the environment this run was given. */
  beside: KubernetesObject[];
  faults: Fault[];
}

interface More {
  /** What the kind adds to the pod itself. */
  podSpec?: Record<string, unknown>;
  /** Volumes that are not the pod's own to make, with where they are mounted. */
  claims?: readonly { name: string; mountPath: string }[];
}

/** A container that is being made, with where its settings are and what it mounts. */
interface Draft {
  container: Container;
  at: Keys;
  mounts: readonly VolumeMount[];
  isInit: boolean;
}

/** The pod template of a workload, and the metadata of the workload itself. */
export function toPodTemplate(settings: WorkloadSettings, around: Surroundings, more: More = {}): Made {
  const { podSpec = {}, claims = [] } = more;
  const { drafts, faults } = draftContainers(settings, around, claims);
  const own = settings.volumes ?? [];
  const known = new Set([...own, ...claims].map(({ name }) => name));
  const made = toVolumes(drafts, known, around);
  const finished = drafts.map(({ container, isInit }, index) => {
    const volumeMounts = made.mounts[index] ?? [];
    return { isInit, container: { ...container, ...(volumeMounts.length > 0 && { volumeMounts }) } };
  });
  const part = (isInit: boolean) =>
    finished.filter((each) => each.isInit === isInit).map(({ container }) => container);
  const volumes = [...made.volumes, ...own];
  const spec = {
    ...podOptions(settings),
    ...podSpec,
    ...(part(true).length > 0 && { initContainers: part(true) }),
    containers: part(false),
    ...(volumes.length > 0 && { volumes }),
  };
  return {
    metadata: metadataOf(settings, around),
    template: { metadata: podMetadata(settings, around), spec },
    beside: runtimeSecret(settings.name, around),
    faults: [...faults, ...made.faults, ...nameFaults(settings, drafts, claims), ...textFaults(settings)],
  };
}

function draftContainers(
  settings: WorkloadSettings,
  around: Surroundings,
  claims: readonly VolumeMount[],
): { drafts: Draft[]; faults: Fault[] } {
  const { containers = [], initContainers = [] } = settings;
  const main = mainContainer(settings, around);
  const side = (list: readonly SideContainer[], key: string) =>
    list.map((each, index) => {
      const at = [key, index];
      const { container, faults } = toSideContainer(each, at, around);
      return { container, faults, at, mounts: each.volumeMounts ?? [], isInit: key === "initContainers" };
    });
  const [first, ...rest] = [
    ...main.drafts,
    ...side(containers, "containers"),
    ...side(initContainers, "initContainers"),
  ];
  if (!first) return { drafts: [], faults: main.faults };
  // What the node itself mounts goes to its first container, whether that is its own or listed.
  const mounts = [
    ...(settings.volumeMounts ?? []),
    ...(main.drafts.length === 0 ? first.mounts : []),
    ...claims,
  ];
  const runtime = runtimeEnv(settings.name, settings.envKeys, around);
  const container = withNodeSettings(first.container, settings, runtime.env);
  const drafts = [{ ...first, container, mounts }, ...rest];
  return { drafts, faults: [...main.faults, ...runtime.faults, ...drafts.flatMap(({ faults }) => faults)] };
}

function mainContainer(settings: WorkloadSettings, around: Surroundings) {
  if (settings.image === undefined && settings.containers?.length) return { drafts: [], faults: [] };
  if (settings.image === undefined)
    return { drafts: [], faults: [{ path: "/image", code: "required", message: "Image is missing" }] };
  const called = settings.containerName ?? containerName(settings.name);
  const made = toContainer(called, settings, [], around);
  return { drafts: [{ ...made, at: [], mounts: [], isInit: false }], faults: [] };
}

/** Values of the run win over those of the drawing. */
function withNodeSettings(
  container: Container,
  settings: WorkloadSettings,
  runtime: readonly EnvVar[],
): Container {
  const given = (container.env ?? []) as EnvVar[];
  const atRunTime = new Set(runtime.map(({ name }) => name));
  const env = [...given.filter(({ name }) => !atRunTime.has(name)), ...runtime];
  const { ofContainer } = splitSecurityContext(settings.securityContext);
  return {
    ...(ofContainer && { securityContext: ofContainer }),
    ...container,
    ...(env.length > 0 && { env }),
  };
}

/** Containers and volumes are told apart by their names. */
function nameFaults(
  { volumes = [] }: WorkloadSettings,
  drafts: readonly Draft[],
  claims: readonly { name: string }[],
): Fault[] {
  const all = [...claims.map(({ name }) => name), ...volumes.map(({ name }) => name)];
  const path = (index: number) => pointer("volumes", Math.max(0, index - claims.length), "name");
  return [
    ...duplicateFaults(
      drafts,
      ({ container }) => container.name,
      (_, { at }) => pointer(...at, "name"),
      "The container",
    ),
    ...duplicateFaults(all, (name) => name, path, "The volume"),
    ...volumes.flatMap(({ name }, index) => volumeNameFaults(name, index)),
  ];
}

function volumeNameFaults(name: string, index: number): Fault[] {
  if (/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(name)) return [];
  const message = "The volume's name may hold lower case letters, digits and dashes (63 at most)";
  return [{ path: pointer("volumes", index, "name"), code: "wrong-form", message }];
}

function textFaults(settings: WorkloadSettings): Fault[] {
  const { version, podLabels, podAnnotations, nodeSelector } = settings;
  return [
    ...metadataFaults(settings),
    ...labelFaults(version === undefined ? {} : { version }),
    ...labelFaults(podLabels, "podLabels"),
    ...annotationFaults(podAnnotations, "podAnnotations"),
    ...labelFaults(nodeSelector, "nodeSelector"),
    ...tolerationFaults(settings),
  ];
}

function podMetadata(settings: WorkloadSettings, { labels: own }: Surroundings): object {
  const { name, version, podAnnotations } = settings;
  const people = { ...toTexts(settings.labels), ...toTexts(settings.podLabels) };
  return {
    labels: { ...people, ...(version && { version }), ...appLabel(name), ...own },
    ...(podAnnotations && { annotations: toTexts(podAnnotations) }),
  };
}
