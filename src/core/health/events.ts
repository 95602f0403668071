import type { KubernetesObject } from "../kubernetes-object.ts";

interface Event {
  reason: string;
  message: string;
}

/** The latest event of one of these reasons about an object. */
export function eventAbout(
  { metadata }: KubernetesObject,
  events: readonly KubernetesObject[],
  reasons: readonly string[],
): Event | undefined {
  const last = events.findLast((event) => {
    const { involvedObject, reason = "" } = event as KubernetesObject & {
      involvedObject?: { uid?: string };
      reason?: string;
    };
    return involvedObject?.uid === metadata.uid && reasons.includes(reason);
  }) as (KubernetesObject & Partial<Event>) | undefined;
  return last && { reason: last.reason ?? "", message: last.message ?? "" };
}
