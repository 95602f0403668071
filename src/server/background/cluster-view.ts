import { assessHealth, type Health } from "../../core/health/assess-health.ts";
import {
  type KubernetesObject,
  keyOf,
  type ObjectIdentity,
  ownLabels,
} from "../../core/kubernetes-object.ts";
import type { Cluster } from "../cluster/connection.ts";
import type { Change } from "../cluster/watching.ts";
import { followKinds, ownKinds } from "./followed-kinds.ts";
import { createWarnings } from "./warnings.ts";

/** A node of a workflow of which something has changed. */
export interface Place {
  workflow_id: string;
  node_id: string;
}

export type ClusterView = ReturnType<typeof createClusterView>;

/** What is seen of our own objects in one cluster, kept current by shared watches, and what it says of their health. */
export function createClusterView(cluster: Cluster) {
  const objects = createIndex();
  const warnings = createWarnings();
  const readers = new Set<(place: Place) => void>();
  const kinds = followKinds(cluster, takeObject, takeWarning);
  let storageClasses: KubernetesObject[] = [];

  function takeObject(change: Change): void {
    if (objects.take(change)) tell(change.object);
  }

  function takeWarning({ object, isGone }: Change): void {
    const uid = isGone ? undefined : warnings.note(object);
    const about = uid === undefined ? undefined : objects.ofUid(uid);
    if (about) tell(about);
  }

  function tell(object: KubernetesObject): void {
    const place = placeOf(object);
    if (place) for (const reader of readers) reader(place);
  }

  function* own({ workflow_id, node_id }: Place, kind: string): Generator<KubernetesObject> {
    for (const object of kinds.ofWorkflow(workflow_id, kind))
      if (object.metadata.labels?.[ownLabels.node] === node_id) yield object;
  }

  return {
    async include(namespace: string, signal: AbortSignal): Promise<void> {
      await kinds.include(namespace);
      // Needed for one sentence only: why a claim waits.
      storageClasses = await cluster.list("storage.k8s.io/v1", "StorageClass", { signal }).catch(() => []);
    },

    find: (identity: ObjectIdentity): KubernetesObject | undefined => objects.find(identity),

    /** The health of an object as it is given, seen with the pods, replica sets and warnings around it. */
    assess(object: KubernetesObject): Health {
      const place = placeOf(object);
      const pods = place ? [...own(place, "Pod")] : [];
      const replicaSets = place ? [...own(place, "ReplicaSet")] : [];
      const uids = [object, ...pods, ...replicaSets].map(({ metadata }) => metadata.uid);
      return assessHealth(object, { pods, replicaSets, events: warnings.about(uids), storageClasses });
    },

    /** What a node has in the cluster, its pods and replica sets left out. */
    objectsOf: (place: Place): KubernetesObject[] => ownKinds.flatMap((kind) => [...own(place, kind)]),

    /** Every node of which something is seen, more than once where more than one thing is. */
    places: (): Place[] => objects.all().flatMap((object) => placeOf(object) ?? []),

    join(reader: (place: Place) => void): () => void {
      readers.add(reader);
      return () => readers.delete(reader);
    },

    close: () => kinds.close(),
  };
}

function placeOf({ metadata: { labels = {} } }: KubernetesObject): Place | undefined {
  const workflow_id = labels[ownLabels.workflow];
  const node_id = labels[ownLabels.node];
  return workflow_id && node_id ? { workflow_id, node_id } : undefined;
}

/** Objects by key and by uid. */
function createIndex() {
  const byKey = new Map<string, KubernetesObject>();
  const byUid = new Map<string, KubernetesObject>();

  return {
    /** Takes a change in, unless it is older than what is known. */
    take({ object, isGone }: Change): boolean {
      const { uid = "" } = object.metadata;
      const key = keyOf(object);
      if (isGone) {
        byUid.delete(uid);
        // An object deleted and made anew may be told of in either order.
        return byKey.get(key)?.metadata.uid === uid && byKey.delete(key);
      }
      byKey.set(key, object);
      byUid.set(uid, object);
      return true;
    },
    find: (identity: ObjectIdentity) => byKey.get(keyOf(identity)),
    ofUid: (uid: string) => byUid.get(uid),
    all: () => [...byKey.values()],
  };
}
