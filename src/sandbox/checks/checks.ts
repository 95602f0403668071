import { type JsonMap, map, number, type Obj } from "../objects.ts";
import type { Cause } from "../status.ts";
import { cronJobFaults } from "./cron.ts";
import { invalidValue } from "./faults.ts";
import { fixedFaults } from "./fixed.ts";
import { keyFaults, labelFaults, nameFaults } from "./names.ts";
import { ingressFaults, networkPolicyFaults } from "./networking.ts";
import { autoscalerFaults, claimFaults, keysFaults, secretFaults } from "./others.ts";
import { podFaults } from "./pods.ts";
import { serviceFaults } from "./services.ts";
import {
  daemonSetFaults,
  deploymentFaults,
  jobFaults,
  replicaSetFaults,
  statefulSetFaults,
} from "./workloads.ts";

const byKind: Readonly<Record<string, (spec: JsonMap, object: Obj) => Cause[]>> = {
  Pod: (spec) => podFaults(spec, "spec"),
  Deployment: deploymentFaults,
  ReplicaSet: replicaSetFaults,
  StatefulSet: statefulSetFaults,
  DaemonSet: daemonSetFaults,
  Job: jobFaults,
  CronJob: cronJobFaults,
  Service: serviceFaults,
  PersistentVolumeClaim: claimFaults,
  HorizontalPodAutoscaler: autoscalerFaults,
  Ingress: ingressFaults,
  NetworkPolicy: networkPolicyFaults,
  ConfigMap: (_, { data }) => keysFaults(data),
  Secret: (_, object) => secretFaults(object),
};

/** What a real server would say of a new object, or of a new state of an old one. */
export function faultsOf(object: Obj, old: Obj | undefined): Cause[] {
  const { metadata, kind } = object;
  const own = Object.hasOwn(byKind, kind) ? byKind[kind] : undefined;
  return [
    ...(old ? [] : nameFaults(kind, metadata.name)),
    ...labelFaults(metadata.labels, "metadata.labels"),
    ...Object.keys(map(metadata.annotations)).flatMap((key) =>
      keyFaults(key.toLowerCase(), "metadata.annotations"),
    ),
    ...(own ? own(map(object.spec), object) : []),
    ...(old ? fixedFaults(object, old) : []),
  ];
}

/** The number of replicas, as it is set through `/scale`. */
export function scaleFaults(replicas: unknown): Cause[] {
  return number(replicas, 0) < 0
    ? [invalidValue("spec.replicas", Number(replicas), "must be greater than or equal to 0")]
    : [];
}
