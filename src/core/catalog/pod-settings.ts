import { type Static, Type } from "typebox";
import { containerSettings } from "./container.ts";
import type { Fault } from "./fault.ts";
import {
  annotations,
  asKubernetes,
  commonSettings,
  labelName,
  labels,
  listOf,
  nameOf,
  wholeNumber,
} from "./fields.ts";
import { hinted } from "./hints.ts";
import { splitSecurityContext } from "./security-context.ts";
import { sideContainer } from "./side-container.ts";
import { pick, pointer, toTexts } from "./text-values.ts";
import { volumeMount } from "./volume-mount.ts";

const toleration = Type.Object(
  {
    key: Type.Optional(Type.String({ title: "Key" })),
    operator: Type.Optional(Type.Enum(["Equal", "Exists", "Lt", "Gt"], { title: "Operator" })),
    value: Type.Optional(Type.Union([Type.String({ title: "Value" }), Type.Number(), Type.Boolean()])),
    effect: Type.Optional(Type.Enum(["NoSchedule", "PreferNoSchedule", "NoExecute"], { title: "Effect" })),
    tolerationSeconds: Type.Optional(Type.Integer({ title: "For seconds" })),
  },
  { title: "Toleration" },
);

const pullSecret = Type.Union([
  nameOf("Image pull secret"),
  Type.Object({ name: nameOf("Image pull secret") }),
]);

/** What every workload may be told. */
export const workloadSettings = hinted(
  {
    ...commonSettings,
    ...containerSettings,
    envKeys: Type.Optional(
      Type.Array(Type.Object({ name: Type.Optional(Type.String()) }), {
        title: "Variables given at run time",
      }),
    ),
    containerName: Type.Optional(Type.String({ ...labelName, title: "Container name" })),
    podLabels: Type.Optional(labels("Pod labels")),
    podAnnotations: Type.Optional({ ...annotations, title: "Pod annotations" }),
    version: Type.Optional(Type.String({ title: "Version label" })),
    volumeMounts: Type.Optional(listOf("Volume mounts", volumeMount)),
    volumes: Type.Optional(
      listOf("Volumes", Type.Object({ name: Type.String({ title: "Name" }) }, { title: "Volume" })),
    ),
    containers: Type.Optional(listOf("Further containers", sideContainer)),
    initContainers: Type.Optional(listOf("Init containers", sideContainer)),
    securityContext: Type.Optional(asKubernetes("Security context")),
    nodeSelector: Type.Optional(labels("Node selector")),
    tolerations: Type.Optional(listOf("Tolerations", toleration)),
    affinity: Type.Optional(asKubernetes("Affinity")),
    topologySpreadConstraints: Type.Optional(listOf("Topology spread", asKubernetes("Constraint"))),
    imagePullSecrets: Type.Optional(listOf("Image pull secrets", pullSecret)),
    serviceAccountName: Type.Optional(nameOf("Service account")),
    priorityClassName: Type.Optional(nameOf("Priority class")),
    terminationGracePeriodSeconds: Type.Optional(wholeNumber("Termination grace period")),
    hostNetwork: Type.Optional(Type.Boolean({ title: "Host network" })),
    hostPID: Type.Optional(Type.Boolean({ title: "Host processes" })),
  },
  {
    envKeys: {
      group: "Environment",
      widget: "names",
      description: "Names only: values are given to a run and kept in the cluster.",
    },
    podLabels: { group: "Labels" },
    podAnnotations: { group: "Labels" },
    version: { group: "Labels", description: "The label “version”, as service meshes read it." },
    containerName: { group: "Container", description: "As the node is called, without one." },
    volumeMounts: {
      group: "Storage",
      description: "What the main container sees, and where; edges bring theirs by themselves.",
    },
    volumes: {
      group: "Storage",
      widget: "yaml",
      description: "Volumes of any sort, in Kubernetes' own form.",
    },
    containers: { group: "More containers", description: "They run beside the main one." },
    initContainers: {
      group: "More containers",
      description: "They run before the others, one after another.",
    },
    nodeSelector: { group: "Scheduling", description: "Only on machines with these labels." },
    tolerations: {
      group: "Scheduling",
      description: "Machines that keep others away and may be used all the same.",
    },
    affinity: { group: "Scheduling" },
    topologySpreadConstraints: { group: "Scheduling", widget: "yaml" },
    priorityClassName: { group: "Scheduling" },
    securityContext: { group: "Security", description: "Of the pod and of its main container." },
    serviceAccountName: { group: "Security", description: "Who the pods are to the cluster." },
    imagePullSecrets: {
      group: "Security",
      widget: "names",
      description: "Secrets that open private registries.",
    },
    hostNetwork: { group: "Security", description: "The pods use the machine's own network." },
    hostPID: { group: "Security", description: "The pods see the machine's own processes." },
    terminationGracePeriodSeconds: {
      group: "Rollout",
      unit: "s",
      description: "How long pods have to end by themselves.",
    },
  },
);

const WorkloadSettings = Type.Object({ ...workloadSettings, name: Type.String() });
export type WorkloadSettings = Static<typeof WorkloadSettings>;

/** Tolerations whose parts do not go together. */
export function tolerationFaults({ tolerations = [] }: WorkloadSettings): Fault[] {
  return tolerations.flatMap(({ key, operator, value, effect, tolerationSeconds }, index) => {
    const say = (part: string, message: string): Fault[] => {
      return [{ path: pointer("tolerations", index, part), code: "toleration-unclear", message }];
    };
    if (operator === "Exists" && value !== undefined && value !== "")
      return say("value", "A toleration that asks whether a taint exists has no value");
    if (key === undefined && operator !== "Exists")
      return say("key", "A toleration without a key tolerates everything, and must say Exists");
    if (tolerationSeconds !== undefined && effect !== "NoExecute")
      return say("tolerationSeconds", "Only a toleration of NoExecute ends after seconds");
    return [];
  });
}

/** What a pod is told beside its containers and volumes. */
export function podOptions(settings: WorkloadSettings): Record<string, unknown> {
  const { nodeSelector, affinity, serviceAccountName, hostNetwork, hostPID } = settings;
  const { topologySpreadConstraints, priorityClassName, terminationGracePeriodSeconds } = settings;
  const { ofPod } = splitSecurityContext(settings.securityContext);
  const imagePullSecrets = settings.imagePullSecrets?.map((each) =>
    typeof each === "string" ? { name: each } : { name: each.name },
  );
  const tolerations = settings.tolerations?.map((each) => ({
    ...pick(each, ["key", "operator", "effect", "tolerationSeconds"]),
    ...(each.value !== undefined && { value: String(each.value) }),
  }));
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
