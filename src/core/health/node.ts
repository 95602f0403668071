import type { KubernetesObject } from "../kubernetes-object.ts";
import { conditionOf, type Health, isTrue, oneLine, ready, waiting } from "./health.ts";

const pressures = ["MemoryPressure", "DiskPressure", "PIDPressure", "NetworkUnavailable"];

export function nodeHealth(object: KubernetesObject): Health {
  const condition = conditionOf(object, "Ready");
  if (condition?.status !== "True") {
    const state = condition?.status === "False" ? "error" : "unknown";
    return waiting(state, oneLine(condition?.message, "Not heard of yet"), {}, condition?.reason);
  }
  const trouble = pressures.filter((type) => isTrue(object, type));
  if (trouble.length > 0) return ready("partial", `Ready, under ${trouble.join(", ")}`);
  const { unschedulable } = (object.spec ?? {}) as { unschedulable?: boolean };
  return unschedulable ? ready("partial", "Ready, but closed to new pods") : ready("healthy", "Ready");
}
