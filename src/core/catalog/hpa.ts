import { type Static, Type } from "typebox";
import { scalableKinds, scaledWorkload } from "../relations/workloads.ts";
import type { Fault } from "./fault.ts";
import { commonSettings, name, nameOf, wholeNumber } from "./fields.ts";
import { hinted } from "./hints.ts";
import { nodeKind } from "./kind.ts";
import { metadataFaults, metadataOf } from "./metadata.ts";
import { asMap, asMaps, given as present, readMetadata } from "./read-metadata.ts";
import { pick } from "./text-values.ts";
import { kindTitles } from "./titles.ts";

const properties = {
  name,
  ...commonSettings,
  scaleTargetKind: Type.Optional(Type.Enum(["Deployment", "StatefulSet"], { title: "Target kind" })),
  scaleTargetName: Type.Optional(nameOf("Target")),
  minReplicas: Type.Integer({ ...wholeNumber("Replicas at least", 1), default: 1 }),
  maxReplicas: wholeNumber("Replicas at most", 1),
  targetCPUUtilization: Type.Optional(wholeNumber("CPU utilisation", 1, 100)),
  targetMemoryUtilization: Type.Optional(wholeNumber("Memory utilisation", 1, 100)),
  scaleDownStabilization: Type.Optional(wholeNumber("Wait before scaling down", 0, 3_600)),
  scaleUpStabilization: Type.Optional(wholeNumber("Wait before scaling up", 0, 3_600)),
};
const settings = Type.Object(
  hinted(properties, {
    minReplicas: { order: 10, description: "Never fewer pods than these." },
    maxReplicas: { order: 20, description: "Never more pods than these." },
    targetCPUUtilization: {
      order: 30,
      unit: "%",
      description: "Of what the pods request; above it pods are added.",
    },
    targetMemoryUtilization: {
      order: 40,
      unit: "%",
      description: "Of what the pods request; above it pods are added.",
    },
    scaleTargetKind: { group: "Target", description: "What is scaled where no edge says so." },
    scaleTargetName: { group: "Target", description: "The workload by its name, where no edge leads to it." },
    scaleDownStabilization: {
      group: "Behaviour",
      unit: "s",
      description: "How long it has to be quiet before pods go.",
    },
    scaleUpStabilization: {
      group: "Behaviour",
      unit: "s",
      description: "How long it has to be busy before pods come.",
    },
  }),
);
type Settings = Static<typeof settings>;

/** What Kubernetes scales by if nothing is said. */
const usualCpu = 80;

export const hpa = nodeKind({
  title: kindTitles.hpa,
  settings,
  fitting: { name: "name", maxReplicas: 2_147_483_647 },

  read(object, said) {
    const spec = asMap(object.spec);
    const target = asMap(spec.scaleTargetRef);
    const use = (name: string) =>
      asMaps(spec.metrics).find((each) => asMap(each.resource).name === name)?.resource;
    const percent = (name: string) => asMap(asMap(use(name)).target).averageUtilization;
    const [cpu, memory] = [percent("cpu"), percent("memory")];
    const pause = (way: string) => asMap(asMap(spec.behavior)[way]).stabilizationWindowSeconds;
    return present({
      ...readMetadata(object, said),
      scaleTargetKind: target.kind,
      scaleTargetName: target.name,
      ...pick(spec, ["minReplicas", "maxReplicas"]),
      // Where it scales by something else, that is said beside the settings, and overrules this.
      targetCPUUtilization: cpu ?? (memory === undefined ? usualCpu : undefined),
      targetMemoryUtilization: memory,
      scaleDownStabilization: pause("scaleDown"),
      scaleUpStabilization: pause("scaleUp"),
    });
  },

  make(given, around) {
    const { minReplicas, maxReplicas, targetCPUUtilization: cpu, targetMemoryUtilization: memory } = given;
    const target = scaledWorkload(given, around);
    const kind =
      (target?.node && scalableKinds.get(target.node.type)) ?? given.scaleTargetKind ?? "Deployment";
    const behavior = behaviorOf(given);
    const spec = {
      scaleTargetRef: { apiVersion: "apps/v1", kind, name: target?.name },
      minReplicas,
      maxReplicas,
      metrics: [...metricOf("cpu", cpu), ...metricOf("memory", memory)],
      ...(behavior && { behavior }),
    };
    const metadata = metadataOf(given, around);
    const object = { apiVersion: "autoscaling/v2", kind: "HorizontalPodAutoscaler", metadata, spec };
    return {
      objects: [object],
      faults: [...metadataFaults(given), ...ownFaults(given, target !== undefined)],
    };
  },
});

function ownFaults(given: Settings, hasTarget: boolean): Fault[] {
  const faults: Fault[] = [];
  const say = (path: string, code: string, message: string) => faults.push({ path, code, message });
  if (!hasTarget)
    say("/scaleTargetName", "no-target", "The autoscaler is joined to no workload and names none");
  if (given.minReplicas > given.maxReplicas)
    say("/minReplicas", "out-of-range", "Replicas at least must not be more than replicas at most");
  if (given.targetCPUUtilization === undefined && given.targetMemoryUtilization === undefined)
    say("/targetCPUUtilization", "required", "Give a CPU or a memory utilisation to scale by");
  return faults;
}

function metricOf(name: string, averageUtilization: number | undefined) {
  if (averageUtilization === undefined) return [];
  return [{ type: "Resource", resource: { name, target: { type: "Utilization", averageUtilization } } }];
}

function behaviorOf({ scaleDownStabilization: down, scaleUpStabilization: up }: Settings) {
  if (down === undefined && up === undefined) return undefined;
  const all = { type: "Percent", value: 100, periodSeconds: 15 };
  const scaleDown = { stabilizationWindowSeconds: down, policies: [all] };
  const more = [all, { type: "Pods", value: 4, periodSeconds: 15 }];
  const scaleUp = { stabilizationWindowSeconds: up, selectPolicy: "Max", policies: more };
  return { ...(down !== undefined && { scaleDown }), ...(up !== undefined && { scaleUp }) };
}
