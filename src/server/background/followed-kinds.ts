import { setTimeout as sleep } from "node:timers/promises";
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
export const derivedKinds = ["Pod", "ReplicaSet"];
export const followedKinds = kinds.map(([, kind]) => kind);
export const ownKinds = followedKinds.filter((kind) => !derivedKinds.includes(kind));

export function isFollowed({ apiVersion, kind }: ObjectIdentity): boolean {
  return kinds.some((each) => each[1] === kind && groupOf(each[0]) === groupOf(apiVersion));
}

type FollowingCluster = Pick<Cluster, "follow" | "followWarnings">;
type Tell = (change: Change) => void;

/** As long as one list may take: a kind that needs longer than the others and that does not keep them waiting. */
const lateMs = 15_000;

/** The watches one view needs: each kind in all namespaces at once where the credential may, else in single ones. */
export function followKinds(cluster: FollowingCluster, tellObject: Tell, tellWarning: Tell, waitMs = lateMs) {
  const followings = new Map<string, Following>();
  const included = new Set<string>();

  async function follow(key: string, open: () => Following, tell: Tell): Promise<void> {
    const known = followings.get(key);
    if (known) return known.listed;
    const following = open();
    followings.set(key, following);
    try {
      await following.listed;
    } catch (error) {
      followings.delete(key);
      following.leave();
      throw error;
    }
    // What others followed already is not told to who comes later.
    for (const object of following.objects()) tell({ object, isGone: false });
  }

  async function followKind(apiVersion: string, kind: string, namespace: string): Promise<void> {
    try {
      await follow(kind, () => cluster.follow({ apiVersion, kind }, tellObject), tellObject);
    } catch (error) {
      if (!isForbidden(error)) throw error;
      const narrow = { apiVersion, kind, namespace };
      await follow(`${kind} in ${namespace}`, () => cluster.follow(narrow, tellObject), tellObject);
    }
  }

  async function followWarnings(namespace: string): Promise<void> {
    const open = () => cluster.followWarnings(namespace, tellWarning);
    // Warnings only add words to what is seen anyway, so a credential without them can still deploy.
    await follow(`Event in ${namespace}`, open, tellWarning).catch(() => undefined);
  }

  return {
    /**
     * Fulfils once all that is ours in the namespace has been listed; it is followed from then on. A kind that cannot be
     * listed, where others can, is not waited for: it is seen when it can be.
     */
    async include(namespace: string): Promise<void> {
      const each = kinds.map(([apiVersion, kind]) => followKind(apiVersion, kind, namespace));
      const all = Promise.all([...each, followWarnings(namespace)]);
      included.add(namespace);
      try {
        await unlessLate(all, Promise.any(each), waitMs);
      } catch (error) {
        included.delete(namespace);
        throw error;
      }
    },

    /** Whether the namespace is followed, or is about to be. */
    includes: (namespace: string): boolean => included.has(namespace),

    close(): void {
      for (const following of followings.values()) following.leave();
      followings.clear();
    },
  };
}

/** Waits for all, but once the first is there only for so long. */
async function unlessLate(all: Promise<unknown>, first: Promise<unknown>, ms: number): Promise<void> {
  const settled = new AbortController();
  const late = first.then(
    () => sleep(ms, undefined, { signal: settled.signal, ref: false }).catch(() => undefined),
    () => all,
  );
  try {
    await Promise.race([all, late]);
  } finally {
    settled.abort();
  }
}
