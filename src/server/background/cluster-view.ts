import { assessHealth, type Health } from "../../core/health/assess-health.ts";
import type { KubernetesObject, ObjectIdentity } from "../../core/kubernetes-object.ts";
import type { Cluster } from "../cluster/connection.ts";
import type { Change } from "../cluster/watching.ts";
import { derivedKinds, followedKinds, followKinds, ownKinds } from "./followed-kinds.ts";
import { createObjectIndex, type Place, placeOf } from "./object-index.ts";
import { createStorageClasses } from "./storage-classes.ts";
import { createWarnings } from "./warnings.ts";

export type ClusterView = ReturnType<typeof createClusterView>;

/** What is seen of our own objects in one cluster, kept current by shared watches, and what it says of their health. */
export function createClusterView(cluster: Cluster) {
  const objects = createObjectIndex();
  const warnings = createWarnings();
  const readers = new Set<(place: Place) => void>();
  const kinds = followKinds(cluster, takeObject, takeWarning);
  const storageClasses = createStorageClasses(cluster);

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

  return {
    async include(namespace: string, signal: AbortSignal): Promise<void> {
      await Promise.all([kinds.include(namespace), storageClasses.look(signal)]);
    },

    includes: kinds.includes,

    find: (identity: ObjectIdentity) => objects.find(identity),

    /** The health of an object as it is given, seen with the pods, replica sets and warnings around it. */
    assess(object: KubernetesObject): Health {
      const place = placeOf(object);
      const pods = place ? objects.of(place, "Pod") : [];
      const replicaSets = place ? objects.of(place, "ReplicaSet") : [];
      const events = warnings.about([object, ...pods, ...replicaSets].map(({ metadata }) => metadata.uid));
      return assessHealth(object, { pods, replicaSets, events, storageClasses: storageClasses.seen() });
    },

    ...seenOf(objects, warnings),

    join(reader: (place: Place) => void): () => void {
      readers.add(reader);
      return () => readers.delete(reader);
    },

    close: kinds.close,
  };
}

/** What of the drawn nodes is seen. */
function seenOf(objects: ReturnType<typeof createObjectIndex>, warnings: ReturnType<typeof createWarnings>) {
  return {
    /** What a node has in the cluster, its pods and replica sets left out. */
    objectsOf: (place: Place): KubernetesObject[] => ownKinds.flatMap((kind) => objects.of(place, kind)),

    /** Whether there is something that controllers made on a node's behalf. */
    hasDerived: (place: Place): boolean => derivedKinds.some((kind) => objects.of(place, kind).length > 0),

    podsOf: (place: Place): KubernetesObject[] => objects.of(place, "Pod"),

    /** What is known to have gone wrong with anything a node has, its pods and replica sets included. */
    warningsOf: (place: Place): KubernetesObject[] => warnings.about(objects.uidsOf(place, followedKinds)),

    /** Every node of which something is seen, more than once where more than one thing is. */
    places: (): Place[] => objects.all().flatMap((object) => placeOf(object) ?? []),
  };
}
