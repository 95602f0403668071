import type { ClusterEvent } from "../../../contract/resources.ts";
import type { KubernetesObject } from "../../../core/kubernetes-object.ts";
import { Problem } from "../../../core/problem.ts";
import { manifestOf } from "../../cluster/manifest.ts";
import type { GrantedResource } from "../../storage/resources.ts";
import type { ResourceNeeds } from "./resource-needs.ts";

type Needs = Pick<ResourceNeeds, "connect" | "now">;

const patienceMs = 10_000;

/** The object as it is now, as text. */
export async function readManifest({ connect, now }: Needs, granted: GrantedResource, managed: boolean) {
  const { cluster, resource } = granted;
  const { api_version: apiVersion, kind, name, namespace } = resource;
  const identity = { apiVersion, kind, metadata: { name, ...(namespace && { namespace }) } };
  const object = await connect(cluster).read(identity, { signal: AbortSignal.timeout(patienceMs) });
  if (!object) throw new Problem("not_found", `${kind} ${name} is no longer in the cluster`);
  return { yaml: await manifestOf(object, { managed }), fetched_at: now().toISOString() };
}

interface Told extends KubernetesObject {
  type?: string;
  reason?: string;
  message?: string;
  note?: string;
  count?: number;
  eventTime?: string | null;
  firstTimestamp?: string | null;
  lastTimestamp?: string | null;
  source?: { component?: string };
  reportingComponent?: string;
  series?: { count?: number; lastObservedTime?: string };
  involvedObject?: { uid?: string };
}

const mostEvents = 200;

/** What the cluster tells of an object, the latest first. It forgets after an hour or so. */
export async function readEvents({ connect }: Needs, granted: GrantedResource): Promise<ClusterEvent[]> {
  const { cluster, resource } = granted;
  const { kind, name, namespace, uid } = resource;
  const fieldSelector = `involvedObject.kind=${kind},involvedObject.name=${name}`;
  const part = { fieldSelector, namespace };
  const asking = { signal: AbortSignal.timeout(patienceMs), ...part };
  const events = (await connect(cluster).list("v1", "Event", asking)) as Told[];
  // Nodes are told of under their names. All others that have another uid were called the same before.
  const own = events.filter(({ involvedObject }) => kind === "Node" || involvedObject?.uid === uid);
  return own
    .map(toEvent)
    .toSorted((a, b) => (a.at < b.at ? 1 : -1))
    .slice(0, mostEvents);
}

function toEvent(event: Told): ClusterEvent {
  const { series, metadata } = event;
  const times = [series?.lastObservedTime, event.lastTimestamp, event.eventTime, event.firstTimestamp];
  return {
    at: times.find(Boolean) ?? metadata.creationTimestamp ?? "1970-01-01T00:00:00Z",
    type: event.type ?? "Normal",
    reason: event.reason ?? "",
    message: event.message ?? event.note ?? "",
    count: series?.count ?? event.count ?? 1,
    source: event.source?.component || event.reportingComponent || "",
  };
}
