import type { KubernetesObject } from "../kubernetes-object.ts";
import { type Health, listOf, ready, softly, waiting } from "./health.ts";
import { addressesOf } from "./service.ts";

/** Controllers that stand behind a fixed address never report one, so none is no failure. */
export function ingressHealth(object: KubernetesObject): Health {
  const rulesCount = listOf(object.spec?.rules).length;
  const [address] = addressesOf(object);
  if (!address) {
    const message = "No controller has given it an address yet";
    return softly(waiting("pending", message, { rulesCount }));
  }
  return ready("healthy", `Reachable at ${address.hostname ?? address.ip}`, {
    rulesCount,
    ...(address.ip && { loadBalancerIP: address.ip }),
    ...(address.hostname && { loadBalancerHostname: address.hostname }),
  });
}
