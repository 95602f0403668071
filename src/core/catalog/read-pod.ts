import type { KubernetesObject } from "../kubernetes-object.ts";
import { containerName } from "./container-name.ts";
import { readContainer } from "./read-container.ts";
import { asMap, asMaps, filled, given, peopleLabels, readMetadata, type Said } from "./read-metadata.ts";
import { readVolumes } from "./read-volumes.ts";
import { runtimeSecretName } from "./runtime-env.ts";
import { splitSecurityContext } from "./security-context.ts";
import { pick } from "./text-values.ts";

const passed = [
  "nodeSelector",
  "affinity",
  "serviceAccountName",
  "hostNetwork",
  "hostPID",
  "topologySpreadConstraints",
  "priorityClassName",
  "terminationGracePeriodSeconds",
  "tolerations",
];

/** A workload's metadata and pod template as settings. */
export function readWorkload(
  object: KubernetesObject,
  template: unknown,
  said: Said,
): Record<string, unknown> {
  const { metadata, spec } = asMap(template);
  const pod = asMap(spec);
  const own = readMetadata(object, said);
  const { volumes, mountsOf } = readVolumes(pod, said);
  const side = (key: "containers" | "initContainers", from = 0) =>
    filled(
      asMaps(pod[key])
        .slice(from)
        .map((each) => readSide(each, said[key], mountsOf)),
    );
  const [first] = asMaps(pod.containers);
  const hasMain = first && !(said.image === undefined && asMaps(said.containers).length > 0);
  return given({
    ...own,
    ...readPodMetadata(asMap(metadata), own),
    ...(hasMain && readMain(first, object.metadata.name, said)),
    ...(hasMain && { volumeMounts: filled(mountsOf(first)) }),
    ...pick(pod, passed),
    securityContext: readSecurity(pod, hasMain ? first : {}),
    imagePullSecrets: filled(asMaps(pod.imagePullSecrets).map(({ name }) => name)),
    containers: side("containers", hasMain ? 1 : 0),
    initContainers: side("initContainers"),
    volumes: filled(volumes),
  });
}

function readPodMetadata({ labels, annotations }: Said, own: Said): Record<string, unknown> {
  const known: Record<string, unknown> = {
    ...asMap(own.labels),
    ...(own.version !== undefined && { version: own.version }),
  };
  const further = Object.entries(peopleLabels(labels)).filter(([key, value]) => known[key] !== value);
  return { podLabels: filled(Object.fromEntries(further)), podAnnotations: filled(asMap(annotations)) };
}

function readMain(container: Record<string, unknown>, name: string, said: Said): Record<string, unknown> {
  const list = asMaps(container.env);
  const isRuntime = ({ name: key, valueFrom }: Said) => {
    const { name: from, key: of, optional } = asMap(asMap(valueFrom).secretKeyRef);
    return from === runtimeSecretName(name) && of === key && optional === true;
  };
  const last = list.findLastIndex((each) => !isRuntime(each)) + 1;
  const env = list.slice(0, last);
  return {
    ...readContainer({ ...container, env }, said),
    ...(container.name !== containerName(name) && { containerName: container.name }),
    envKeys: filled(list.slice(last).map((each) => ({ name: each.name }))),
  };
}

const passedBeside = ["name", "securityContext", "restartPolicy"];

function readSide(
  container: Record<string, unknown>,
  said: unknown,
  mountsOf: (container: Said) => Record<string, unknown>[],
): Record<string, unknown> {
  const before = asMaps(said).find(({ name }) => name === container.name) ?? {};
  return given({
    ...pick(container, passedBeside),
    ...readContainer(container, before),
    volumeMounts: filled(mountsOf(container)),
  });
}

/** Settings know one security context; what only pods or only containers have goes where it belongs. */
function readSecurity(pod: Said, container: Said): Record<string, unknown> | undefined {
  const { ofPod = {} } = splitSecurityContext(asMap(pod.securityContext));
  const { ofContainer = {} } = splitSecurityContext(asMap(container.securityContext));
  return filled({ ...ofPod, ...ofContainer });
}
