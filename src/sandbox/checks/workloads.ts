import { at, type Json, type JsonMap, list, map, number, type Obj, same, text } from "../objects.ts";
import type { Cause } from "../status.ts";
import { forbiddenValue, invalidValue, negative, notSupported, oneOf, required } from "./faults.ts";
import { dnsLabel, labelFaults, ruleFaults } from "./names.ts";
import { podFaults, restartPolicies } from "./pods.ts";

export function deploymentFaults(spec: JsonMap): Cause[] {
  const deadline = number(spec.progressDeadlineSeconds, 600);
  return [
    ...negative("spec.replicas", spec.replicas),
    ...negative("spec.minReadySeconds", spec.minReadySeconds),
    ...negative("spec.revisionHistoryLimit", spec.revisionHistoryLimit),
    ...selectorFaults(spec, "deployment"),
    ...strategyFaults(map(spec.strategy)),
    ...(deadline <= number(spec.minReadySeconds, 0)
      ? [invalidValue("spec.progressDeadlineSeconds", deadline, "must be greater than minReadySeconds")]
      : []),
    ...templateFaults(spec),
  ];
}

function strategyFaults(strategy: JsonMap): Cause[] {
  const { type, rollingUpdate } = strategy;
  const where = "spec.strategy.rollingUpdate";
  if (type === "Recreate")
    return rollingUpdate === undefined
      ? []
      : [forbiddenValue(where, "may not be specified when strategy `type` is 'Recreate'")];
  if (type !== "RollingUpdate")
    return [
      notSupported("spec.strategy", { Type: type ?? "", RollingUpdate: null }, ["Recreate", "RollingUpdate"]),
    ];
  const { maxSurge, maxUnavailable } = map(rollingUpdate);
  return [
    ...shareFaults(`${where}.maxUnavailable`, maxUnavailable),
    ...shareFaults(`${where}.maxSurge`, maxSurge),
    ...(isNothing(maxSurge) && isNothing(maxUnavailable)
      ? [invalidValue(`${where}.maxUnavailable`, maxUnavailable, "may not be 0 when `maxSurge` is 0")]
      : []),
  ];
}

const isNothing = (share: Json | undefined) => share === 0 || share === "0%";

function shareFaults(field: string, share: Json | undefined): Cause[] {
  if (typeof share === "string" && !/^\d+%$/.test(share))
    return [
      invalidValue(
        field,
        share,
        "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')",
      ),
    ];
  return negative(field, share);
}

export function statefulSetFaults(spec: JsonMap): Cause[] {
  const claims = list(spec.volumeClaimTemplates).map(({ metadata }) => text(map(metadata).name));
  const policy = spec.podManagementPolicy;
  return [
    ...(["OrderedReady", "Parallel"].includes(text(policy))
      ? []
      : [invalidValue("spec.podManagementPolicy", policy, "must be 'OrderedReady' or 'Parallel'")]),
    ...negative("spec.replicas", spec.replicas),
    ...(text(spec.serviceName) ? ruleFaults("spec.serviceName", text(spec.serviceName), dnsLabel) : []),
    ...selectorFaults(spec, "statefulset"),
    ...templateFaults(spec, claims),
  ];
}

export function daemonSetFaults(spec: JsonMap): Cause[] {
  const { maxSurge, maxUnavailable } = map(map(spec.updateStrategy).rollingUpdate);
  const where = "spec.updateStrategy.rollingUpdate.maxUnavailable";
  return [
    ...selectorFaults(spec, "daemonset"),
    ...templateFaults(spec),
    ...(isNothing(maxUnavailable) && isNothing(maxSurge ?? 0)
      ? [required(where, "cannot be 0 when maxSurge is 0")]
      : []),
  ];
}

export function replicaSetFaults(spec: JsonMap): Cause[] {
  return [
    ...negative("spec.replicas", spec.replicas),
    ...selectorFaults(spec, "replicaset"),
    ...templateFaults(spec),
  ];
}

/** The selector of a workload has to find the workload's own pods. */
function selectorFaults(spec: JsonMap, kind: string): Cause[] {
  const { selector } = spec;
  const labels = map(at(spec, "template", "metadata", "labels"));
  const mismatch = invalidValue(
    "spec.template.metadata.labels",
    labels,
    "`selector` does not match template `labels`",
  );
  if (selector === undefined) return [required("spec.selector"), mismatch];
  const wanted = map(map(selector).matchLabels);
  const isEmpty = Object.keys(wanted).length + list(map(selector).matchExpressions).length === 0;
  if (isEmpty) return [invalidValue("spec.selector", selector, `empty selector is invalid for ${kind}`)];
  return Object.entries(wanted).every(([key, value]) => labels[key] === value) ? [] : [mismatch];
}

function templateFaults(spec: JsonMap, claims: readonly string[] = []): Cause[] {
  const inner = map(at(spec, "template", "spec"));
  const policy = inner.restartPolicy;
  return [
    ...labelFaults(at(spec, "template", "metadata", "labels"), "spec.template.labels"),
    ...podFaults(inner, "spec.template.spec", claims),
    ...(policy === "Always" ? [] : [notSupported("spec.template.spec.restartPolicy", policy, ["Always"])]),
  ];
}

const jobNumbers = [
  "parallelism",
  "completions",
  "activeDeadlineSeconds",
  "backoffLimit",
  "ttlSecondsAfterFinished",
];

export function jobFaults(spec: JsonMap, object: Obj): Cause[] {
  const own = { "batch.kubernetes.io/controller-uid": object.metadata.uid };
  const isOwn = spec.manualSelector === true || same(map(spec.selector).matchLabels, own);
  return [
    ...jobSpecFaults(spec, "spec"),
    ...(isOwn ? [] : [invalidValue("spec.selector", spec.selector, "`selector` not auto-generated")]),
    ...labelFaults(at(spec, "template", "metadata", "labels"), "spec.template.labels"),
  ];
}

export function jobSpecFaults(spec: JsonMap, where: string): Cause[] {
  const pod = map(at(spec, "template", "spec"));
  const isKnown = ["OnFailure", "Never"].includes(text(pod.restartPolicy));
  const isForever = restartPolicies.includes(text(pod.restartPolicy, "Always"));
  const policy = `${where}.template.spec.restartPolicy`;
  return [
    ...jobNumbers.flatMap((field) => negative(`${where}.${field}`, spec[field])),
    ...oneOf(`${where}.completionMode`, spec.completionMode, ["NonIndexed", "Indexed"]),
    ...(spec.completionMode === "Indexed" && spec.completions === undefined
      ? [required(`${where}.completions`, "when completion mode is Indexed")]
      : []),
    ...podFaults(pod, `${where}.template.spec`),
    ...(isKnown || !isForever ? [] : [required(policy, 'valid values: "OnFailure", "Never"')]),
  ];
}
