import type { KubernetesObject } from "../../core/kubernetes-object.ts";
import { groupOf } from "../../core/kubernetes-object.ts";
import { Problem } from "../../core/problem.ts";
import { isClusterScoped, type Kind, kindKey } from "../../core/resources/kinds.ts";
import { isKept, sight } from "../../core/resources/seen.ts";
import type { Cluster } from "../cluster/connection.ts";
import { refusedStatus } from "../cluster/refused.ts";
import type { ResourceStore } from "../storage/resources.ts";

export interface KindNeeds {
  resources: Pick<ResourceStore, "record" | "noteSync">;
  newId(): string;
  now(): Date;
}

/** One kind that could not be listed, somewhere or everywhere. */
export interface SyncFailure {
  kind: string;
  /** Empty for all of the cluster. */
  namespace: string;
  message: string;
  /** Refused to the credential, which is no fault of the cluster's. */
  isForbidden: boolean;
}

/** What a sync saw, by namespace. */
export interface SyncTally {
  seen: Map<string, number>;
  deleted: Map<string, number>;
  failures: SyncFailure[];
}

export interface SyncPlace {
  cluster_id: string;
  cluster: Cluster;
  /** Where to look, if the credential may not look everywhere at once. */
  namespaces: readonly string[];
  signal: AbortSignal;
}

/** Lists one kind and takes in what there is. What cannot be listed is left as it is known, and told. */
export async function syncKind(needs: KindNeeds, place: SyncPlace, kind: Kind, tally: SyncTally) {
  const failure = await syncScope(needs, place, kind, undefined, tally);
  if (!failure) return;
  if (!failure.isForbidden || isClusterScoped(kind) || place.namespaces.length === 0) {
    tally.failures.push(failure);
    return;
  }
  for (const namespace of place.namespaces) {
    const narrower = await syncScope(needs, place, kind, namespace, tally);
    if (narrower) tally.failures.push(narrower);
  }
}

/** Lists one kind in one namespace, or everywhere at once. */
export async function syncScope(
  { resources, newId, now }: KindNeeds,
  { cluster_id, cluster, signal }: SyncPlace,
  kind: Kind,
  namespace: string | undefined,
  tally: SyncTally,
): Promise<SyncFailure | undefined> {
  const at = now().toISOString();
  const listing = cluster.list(kind.apiVersion, kind.kind, { signal, namespace });
  const objects = await listing.catch((error: unknown) => refusalOf(error));
  if (objects === "not served") return undefined;
  if (!Array.isArray(objects)) return { kind: kind.kind, namespace: namespace ?? "", ...objects };

  const seen = objects.filter(isKept).map(sight);
  const scope = { cluster_id, api_group: groupOf(kind.apiVersion), kind: kind.kind, namespace };
  const { deleted } = await resources.record({ ...scope, seen, gone: "all others", at, newId });
  await resources.noteSync(cluster_id, scopeOf(kind, namespace), at);
  for (const each of seen) add(tally.seen, each.namespace, 1);
  for (const [name, count] of deleted) add(tally.deleted, name, count);
  return undefined;
}

const add = (counts: Map<string, number>, name: string, more: number) =>
  counts.set(name, (counts.get(name) ?? 0) + more);

function scopeOf(kind: Kind, namespace: string | undefined): string {
  return namespace === undefined ? kindKey(kind) : `${kindKey(kind)}/${namespace}`;
}

type Refusal = Pick<SyncFailure, "message" | "isForbidden">;

/** A cluster without a kind has nothing of it that could be listed; anything that is not its word is thrown on. */
function refusalOf(error: unknown): Refusal | "not served" | KubernetesObject[] {
  if (!(error instanceof Problem)) throw error;
  const status = refusedStatus(error);
  if (status === 404) return "not served";
  return { message: error.message, isForbidden: status === 403 || status === 401 };
}
