import type { NodeStatus } from "../../contract/health.ts";
import { type StatusLook, statusLook } from "../look/status.ts";
import { clockText } from "../parts/when-text.ts";
import type { Seen } from "./statuses.ts";

export interface StatusWords {
  look: StatusLook;
  /** What follows the word: `1 of 3`, a reason. */
  message: string;
}

/** A node's status as its pill says it. What may be old is never shown as being so now. */
export function statusWords(kind: string, seen: Seen | undefined, staleSince?: Date): StatusWords {
  if (!seen) return { look: statusLook("undeployed"), message: "" };
  if (staleSince) return { look: statusLook("unknown"), message: `since ${clockText(staleSince)}` };
  const { status } = seen;
  const isLonger = kind === "deployment" || kind === "statefulset" || kind === "daemonset";
  const word = status.state === "running" && isLonger ? "healthy" : status.state;
  return { look: statusLook(word), message: messageOf(status) };
}

function messageOf(status: NodeStatus): string {
  const { state, reason } = status;
  if (state === "error" || state === "failed" || state === "limited") return reason ?? "";
  const [ready, wanted] = [
    status.readyReplicas ?? status.numberReady,
    status.desiredReplicas ?? status.replicas ?? status.desiredNumberScheduled,
  ];
  if (state === "partial" || state === "pending" || state === "scaling")
    return wanted === undefined ? "" : `${ready ?? 0} of ${wanted}`;
  if (state === "healthy" && wanted !== undefined && wanted > 1) return `${ready ?? wanted}/${wanted}`;
  return "";
}
