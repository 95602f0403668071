import type { KubernetesObject } from "../kubernetes-object.ts";
import { type Condition, type Health, listOf, oneLine, ready, waiting } from "./health.ts";

/** A namespace on its way out takes nothing new, and says what still holds it. */
export function namespaceHealth(object: KubernetesObject): Health {
  const { phase = "Active" } = (object.status ?? {}) as { phase?: string };
  if (phase !== "Terminating" && !object.metadata.deletionTimestamp)
    return ready("active", "Active", { phase });
  const held = listOf<Condition>(object.status?.conditions).find(({ status }) => status === "True");
  const message = oneLine(`Being deleted${held?.message ? `: ${held.message}` : ""}`);
  return waiting("pending", message, { phase: "Terminating" }, held?.reason);
}
