import type { KubernetesObject } from "../kubernetes-object.ts";
import { conditionOf, failed, type Health, isTrue, oneLine, ready, waiting } from "./health.ts";

/** Names that another definition holds may be given up, though seldom while somebody waits. */
const namesSeconds = 5;

export function definitionHealth(object: KubernetesObject): Health {
  if (isTrue(object, "Established")) return ready("healthy", "Established");
  const names = conditionOf(object, "NamesAccepted");
  if (names?.status !== "False") return waiting("pending", "Waiting to be established");
  const message = oneLine(names.message, "Its names are taken");
  return failed("error", {
    reason: names.reason ?? "NamesNotAccepted",
    message,
    settleSeconds: namesSeconds,
  });
}
