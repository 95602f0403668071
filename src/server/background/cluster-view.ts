import { assessHealth, type Health } from "../../core/health/assess-health.ts";
import { groupOf, type KubernetesObject, keyOf, type ObjectIdentity, ownLabels } from "../../core/kubernetes-object.ts";
import type { Cluster } from "../cluster/connection.ts";
import { type Change, type Following, isForbidden } from "../cluster/watching.ts";
import { createWarnings } from "./warnings.ts";

/** The kinds a design makes, and those its health is seen in. */
const followed = [
  ["v1", "Pod"],
  ["v1", "Service"],
  ["v1", "ConfigMap"],
  ["v1", "Secret"],
  ["v1", "PersistentVolumeClaim"],
  ["apps/v1", "Deployment"],
  ["apps/v1", "ReplicaSet"],
  ["apps/v1", "StatefulSet"],
  ["apps/v1", "DaemonSet"],
  ["batch/v1", "Job"],
  ["batch/v1", "CronJob"],
  ["networking.k8s.io/v1", "Ingress"],
  ["networking.k8s.io/v1", "NetworkPolicy"],
  ["autoscaling/v2", "HorizontalPodAutoscaler"],
] as const;

/** Somebody interested in what changes; `key` is the changed object's own. */
type Tell = (change: { workflow_id: string; node_id: string; key: string }) => void;

export type ClusterView = ReturnType<typeof createClusterView>;

/** What is seen of our own objects in one cluster, kept current by shared watches, and what it says of their health. */
export function createClusterView(cluster: Cluster) {
  const objects = new Map<string, KubernetesObject>();
  const followings = new Map<string, Following>();
  const readers = new Set<Tell>();
  const warnings = createWarnings();
  let storageClasses: KubernetesObject[] = [];

  function take({ object, isGone }: Change): void {
    const key = keyOf(object);
    const known = objects.get(key);
    // An object deleted and made anew may be told of in either order.
    if (isGone && known?.metadata.uid !== object.metadata.uid) return;
    if (isGone) objects.delete(key);
    else objects.set(key, object);
    tell(object);
  }

  function tell(object: KubernetesObject): void {
    const { labels = {} } = object.metadata;
    const workflow_id = labels[ownLabels.workflow];
    const node_id = labels[ownLabels.node];
    if (workflow_id === undefined || node_id === undefined) return;
    for (const reader of readers) reader({ workflow_id, node_id, key: keyOf(object) });
  }

  function following(key: string, open: () => Following): Following {
    const known = followings.get(key);
    if (known) return known;
    const opened = open();
    followings.set(key, opened);
    opened.listed.catch(() => followings.delete(key));
    return opened;
  }

  /** In all namespaces at once where the credential may, else in this one alone. */
  async function followKind(apiVersion: string, kind: string, namespace: string): Promise<void> {
    try {
      await following(kind, () => cluster.follow({ apiVersion, kind }, take)).listed;
    } catch (error) {
      if (!isForbidden(error)) throw error;
      const narrow = { apiVersion, kind, namespace };
      await following(`${kind} in ${namespace}`, () => cluster.follow(narrow, take)).listed;
    }
  }

  async function followWarnings(namespace: string): Promise<void> {
    const note = ({ object, isGone }: Change) => {
      const uid = isGone ? undefined : warnings.note(object);
      const about = uid === undefined ? undefined : objectOfUid(uid);
      if (about) tell(about);
    };
    // Events only add words to what is seen anyway, so a credential without them can still deploy.
    await following(`warnings in ${namespace}`, () => cluster.followWarnings(namespace, note)).listed.catch(
      () => undefined,
    );
  }

  function objectOfUid(uid: string): KubernetesObject | undefined {
    for (const object of objects.values()) if (object.metadata.uid === uid) return object;
    return undefined;
  }

  function* own(workflow_id: string, node_id: string, kind: string): Generator<KubernetesObject> {
    for (const [key, { objectsOf }] of followings)
      if (key === kind || key.startsWith(`${kind} in `))
        for (const object of objectsOf(workflow_id))
          if (object.metadata.labels?.[ownLabels.node] === node_id) yield object;
  }

  return {
    /** Fulfils once all that is ours in the namespace has been listed, and is followed from then on. */
    async include(namespace: string, signal: AbortSignal): Promise<void> {
      const kinds = followed.map(([apiVersion, kind]) => followKind(apiVersion, kind, namespace));
      await Promise.all([...kinds, followWarnings(namespace)]);
      // Needed for one sentence only: why a claim waits.
      storageClasses = await cluster.list("storage.k8s.io/v1", "StorageClass", { signal }).catch(() => []);
    },

    follows: ({ apiVersion, kind }: ObjectIdentity): boolean =>
      followed.some((each) => each[1] === kind && groupOf(each[0]) === groupOf(apiVersion)),

    find: (identity: ObjectIdentity): KubernetesObject | undefined => objects.get(keyOf(identity)),

    /** The health of an object as it is given, seen with the pods, replica sets and warnings around it. */
    assess(object: KubernetesObject): Health {
      const { labels = {}, uid = "" } = object.metadata;
      const workflow_id = labels[ownLabels.workflow] ?? "";
      const node_id = labels[ownLabels.node] ?? "";
      const pods = [...own(workflow_id, node_id, "Pod")];
      const replicaSets = [...own(workflow_id, node_id, "ReplicaSet")];
      const uids = [uid, ...pods.map((pod) => pod.metadata.uid), ...replicaSets.map((set) => set.metadata.uid)];
      return assessHealth(object, { pods, replicaSets, events: warnings.about(uids), storageClasses });
    },

    /** The objects of a workflow's node, its pods and replica sets left out. */
    *objectsOf(workflow_id: string, node_id: string): Generator<KubernetesObject> {
      for (const [, kind] of followed)
        if (kind !== "Pod" && kind !== "ReplicaSet") yield* own(workflow_id, node_id, kind);
    },

    /** Every node of every workflow of which something is seen. */
    *nodes(): Generator<{ workflow_id: string; node_id: string }> {
      const seen = new Set<string>();
      for (const { metadata } of objects.values()) {
        const workflow_id = metadata.labels?.[ownLabels.workflow] ?? "";
        const node_id = metadata.labels?.[ownLabels.node] ?? "";
        const key = `${workflow_id}/${node_id}`;
        if (workflow_id && node_id && !seen.has(key)) yield { workflow_id, node_id };
        seen.add(key);
      }
    },

    join(reader: Tell): () => void {
      readers.add(reader);
      return () => readers.delete(reader);
    },

    close(): void {
      for (const { leave } of followings.values()) leave();
      followings.clear();
    },
  };
}
