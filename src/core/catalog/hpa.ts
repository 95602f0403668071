import { Type } from "typebox";
import { nameOfNode } from "../relations/node-names.ts";
import { scalableKinds } from "../relations/workloads.ts";
import type { Fault } from "./fault.ts";
import { annotations, labels, name, namespace, wholeNumber } from "./fields.ts";
import { nodeKind } from "./kind.ts";
import { metadataOf } from "./pod-template.ts";
import { labelFaults } from "./text-values.ts";

const percentage = (title: string) =>
  Type.Integer({ title, minimum: 1, maximum: 100, refusal: "must be a whole number from 1 to 100" });

export const hpa = nodeKind({
  title: "HorizontalPodAutoscaler",
  settings: Type.Object({
    name,
    namespace,
    scaleTargetKind: Type.Optional(Type.Enum(["Deployment", "StatefulSet"], { title: "Target kind" })),
    scaleTargetName: Type.Optional(Type.String({ title: "Target" })),
    minReplicas: Type.Optional(wholeNumber("Replicas at least", 1)),
    maxReplicas: wholeNumber("Replicas at most", 1),
    targetCPUUtilization: Type.Optional(percentage("CPU utilisation")),
    targetMemoryUtilization: Type.Optional(percentage("Memory utilisation")),
    scaleDownStabilization: Type.Optional(wholeNumber("Wait before scaling down")),
    scaleUpStabilization: Type.Optional(wholeNumber("Wait before scaling up")),
    labels: Type.Optional(labels("Labels")),
    annotations: Type.Optional(annotations),
  }),

  make(settings, around) {
    const {
      minReplicas = 1,
      maxReplicas,
      targetCPUUtilization: cpu,
      targetMemoryUtilization: memory,
    } = settings;
    const faults: Fault[] = labelFaults(settings.labels, "labels");
    const joined = around.neighbours.find(({ node }) => scalableKinds.has(node.type))?.node;
    const target = settings.scaleTargetName ?? (joined && nameOfNode(joined));
    const isJoined = joined !== undefined && nameOfNode(joined) === target;
    const kind = (isJoined ? scalableKinds.get(joined.type) : settings.scaleTargetKind) ?? "Deployment";
    if (!target)
      faults.push({
        path: "/scaleTargetName",
        code: "no-target",
        message: "The autoscaler is joined to no workload and names none",
      });
    if (minReplicas > maxReplicas)
      faults.push({
        path: "/minReplicas",
        code: "out-of-range",
        message: "Replicas at least must not be more than replicas at most",
      });
    if (cpu === undefined && memory === undefined)
      faults.push({
        path: "/targetCPUUtilization",
        code: "required",
        message: "Give a CPU or a memory utilisation to scale by",
      });

    const metrics = [...metricOf("cpu", cpu), ...metricOf("memory", memory)];
    const behavior = behaviorOf(settings.scaleDownStabilization, settings.scaleUpStabilization);
    const scaleTargetRef = { apiVersion: "apps/v1", kind, name: target };
    const spec = { scaleTargetRef, minReplicas, maxReplicas, metrics, ...(behavior && { behavior }) };
    const metadata = metadataOf(settings, around);
    return {
      objects: [{ apiVersion: "autoscaling/v2", kind: "HorizontalPodAutoscaler", metadata, spec }],
      faults,
    };
  },
});

function metricOf(name: string, averageUtilization: number | undefined) {
  if (averageUtilization === undefined) return [];
  return [{ type: "Resource", resource: { name, target: { type: "Utilization", averageUtilization } } }];
}

function behaviorOf(down: number | undefined, up: number | undefined) {
  if (down === undefined && up === undefined) return undefined;
  const half = { type: "Percent", value: 100, periodSeconds: 15 };
  const scaleDown = { stabilizationWindowSeconds: down, policies: [half] };
  const more = [half, { type: "Pods", value: 4, periodSeconds: 15 }];
  const scaleUp = { stabilizationWindowSeconds: up, selectPolicy: "Max", policies: more };
  return { ...(down !== undefined && { scaleDown }), ...(up !== undefined && { scaleUp }) };
}
