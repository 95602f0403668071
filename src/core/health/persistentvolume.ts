import type { KubernetesObject } from "../kubernetes-object.ts";
import { failed, type Health, oneLine, ready, waiting } from "./health.ts";

export function volumeHealth(object: KubernetesObject): Health {
  const { capacity } = (object.spec ?? {}) as { capacity?: { storage?: string } };
  const {
    phase = "Pending",
    message,
    reason,
  } = (object.status ?? {}) as {
    phase?: string;
    message?: string;
    reason?: string;
  };
  const told = { phase, ...(capacity?.storage && { capacity: capacity.storage }) };
  switch (phase) {
    case "Bound":
      return ready("Bound", "Bound", told);
    case "Available":
      return ready("healthy", "Free to be claimed", told);
    case "Released":
      return ready("partial", "Its claim is gone, and it still holds the data", told);
    case "Failed":
      return failed(
        "error",
        { reason: reason ?? phase, message: oneLine(message, "It could not be reclaimed") },
        told,
      );
    default:
      return waiting("Pending", "Being made", told);
  }
}
