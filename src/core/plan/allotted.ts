import { isMap } from "../catalog/text-values.ts";
import type { KubernetesObject } from "../kubernetes-object.ts";
import { isSame } from "./json-values.ts";

const ofService = ["clusterIP", "clusterIPs", "healthCheckNodePort"];

/**
 * What a dry run made of an object, without the numbers a Service would be allotted: they are other ones each time,
 * and the real write gets others still. What it has already, or asks for, stays.
 */
export function withoutAllotted(
  planned: KubernetesObject,
  live: KubernetesObject,
  sent: KubernetesObject,
): KubernetesObject {
  const { apiVersion, kind, spec } = planned;
  if (apiVersion !== "v1" || kind !== "Service" || !spec) return planned;
  const isKnown = (key: string) => [live, sent].some((each) => isSame(spec[key], each.spec?.[key]));
  const kept = Object.entries(spec).filter(([key]) => !ofService.includes(key) || isKnown(key));
  const known = new Set([live, sent].flatMap(portsOf).map(({ nodePort }) => nodePort));
  const ports = portsOf(planned).map(({ nodePort, ...port }) => ({
    ...port,
    ...(nodePort !== undefined && known.has(nodePort) && { nodePort }),
  }));
  return { ...planned, spec: { ...Object.fromEntries(kept), ...(ports.length > 0 && { ports }) } };
}

function portsOf({ spec }: KubernetesObject) {
  return Array.isArray(spec?.ports) ? spec.ports.filter(isMap) : [];
}
