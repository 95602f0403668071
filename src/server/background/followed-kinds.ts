import { groupOf, type ObjectIdentity } from "../../core/kubernetes-object.ts";
import type { Cluster } from "../cluster/connection.ts";
import { type Change, type Following, isForbidden } from "../cluster/watching.ts";

/** The kinds a design makes, and those its health is seen in. */
const kinds = [
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

/** Made by controllers on behalf of the others, and never a node's own object. */
const derived = new Set(["Pod", "ReplicaSet"]);
export const followedKinds = kinds.map(([, kind]) => kind);
export const ownKinds = followedKinds.filter((kind) => !derived.has(kind));

export function isFollowed({ apiVersion, kind }: ObjectIdentity): boolean {
  return kinds.some((each) => each[1] === kind && groupOf(each[0]) === groupOf(apiVersion));
}

type Tell = (change: Change) => void;

/** The watches one view needs: each kind in all namespaces at once where the credential may, else in single ones. */
export function followKinds(cluster: Cluster, tellObject: Tell, tellWarning: Tell) {
  const followings = new Map<string, Following>();

  async function follow(key: string, open: () => Following): Promise<void> {
    const known = followings.get(key);
    if (known) return known.listed;
    const following = open();
    followings.set(key, following);
    try {
      await following.listed;
    } catch (error) {
      followings.delete(key);
      throw error;
    }
  }

  async function followKind(apiVersion: string, kind: string, namespace: string): Promise<void> {
    try {
      await follow(kind, () => cluster.follow({ apiVersion, kind }, tellObject));
    } catch (error) {
      if (!isForbidden(error)) throw error;
      const narrow = { apiVersion, kind, namespace };
      await follow(`${kind} in ${namespace}`, () => cluster.follow(narrow, tellObject));
    }
  }

  async function followWarnings(namespace: string): Promise<void> {
    const key = `Event in ${namespace}`;
    // Warnings only add words to what is seen anyway, so a credential without them can still deploy.
    await follow(key, () => cluster.followWarnings(namespace, tellWarning)).catch(() => undefined);
  }

  return {
    /** Fulfils once all that is ours in the namespace has been listed; it is followed from then on. */
    async include(namespace: string): Promise<void> {
      const each = kinds.map(([apiVersion, kind]) => followKind(apiVersion, kind, namespace));
      await Promise.all([...each, followWarnings(namespace)]);
    },

    close(): void {
      for (const following of followings.values()) following.leave();
      followings.clear();
    },
  };
}
