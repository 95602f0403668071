import { setTimeout as sleep } from "node:timers/promises";
import type { Evidence } from "../../../contract/runs.ts";
import type { KubernetesObject } from "../../../core/kubernetes-object.ts";
import { Problem } from "../../../core/problem.ts";
import type { Cluster } from "../../cluster/connection.ts";
import type { LogPlace } from "../../cluster/logs.ts";
import type { ClusterView } from "../cluster-view.ts";
import type { Place } from "../object-index.ts";
import type { EvidenceNotes } from "./evidence.ts";
import { logEntries } from "./evidence.ts";
import { failedContainers } from "./failed-containers.ts";
import type { Mask } from "./mask.ts";

export interface FailureNeeds {
  cluster: Pick<Cluster, "logs">;
  view: Pick<ClusterView, "podsOf" | "warningsOf">;
  evidence: Pick<EvidenceNotes, "note">;
  mask: Mask;
}

const lines = 100;
const readMs = 3_000;
/** Warnings are watched apart from what they are about, and may come a little later. */
const warningsMs = 300;

/** Keeps what a node that failed says of itself: the last words of its containers, and the cluster's warnings. */
export async function keepFailure(needs: FailureNeeds, place: Place): Promise<void> {
  const { view, evidence } = needs;
  const reads = failedContainers(view.podsOf(place)).map((log) => readLog(needs, place.node_id, log));
  const [logs] = await Promise.all([Promise.all(reads), sleep(warningsMs)]);
  for (const warning of view.warningsOf(place))
    evidence.note(toEvidence(place.node_id, warning), atOf(warning));
  for (const entry of logs.flat()) evidence.note(entry);
}

async function readLog({ cluster, mask }: FailureNeeds, node_id: string, log: LogPlace): Promise<Evidence[]> {
  const { pod, container, previous } = log;
  try {
    const text = await cluster.logs(log, { lines, signal: AbortSignal.timeout(readMs) });
    // Masked as a whole: a value may be longer than a line is kept.
    return logEntries({ node_id, pod, container, ...(previous && { previous }) }, mask.text(text));
  } catch (error) {
    const why = error instanceof Problem ? error.message : "Something went wrong on the server";
    const message = `The log of ${container} could not be read: ${why}`;
    const about = { node_id, object: `Pod/${pod}`, type: "Warning", reason: "LogNotRead" };
    return [{ kind: "event", ...about, message, count: 1 }];
  }
}

interface Warning extends KubernetesObject {
  involvedObject?: { kind?: string; name?: string };
  type?: string;
  reason?: string;
  message?: string;
  count?: number;
  lastTimestamp?: string | null;
  eventTime?: string | null;
  series?: { count?: number; lastObservedTime?: string };
}

function toEvidence(node_id: string, event: Warning): Evidence {
  const {
    involvedObject: { kind = "", name = "" } = {},
    type = "",
    reason = "",
    message = "",
    series,
  } = event;
  const count = event.count ?? series?.count ?? 1;
  return { kind: "event", node_id, object: `${kind}/${name}`, type, reason, message, count };
}

/** When it last happened; nothing where the cluster gives no time that is one. */
function atOf({ series, lastTimestamp, eventTime, metadata }: Warning): string | undefined {
  const given = series?.lastObservedTime ?? lastTimestamp ?? eventTime ?? metadata.creationTimestamp;
  const ms = Date.parse(given ?? "");
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString();
}
