import type { KubernetesObject } from "../../core/kubernetes-object.ts";

const mostObjects = 2_000;
const mostEach = 10;

/** The latest warnings by the uid of what they are about; the longest silent objects are forgotten first. */
export function createWarnings() {
  const byUid = new Map<string, Map<string, KubernetesObject>>();

  return {
    /** Keeps a warning, and answers whose it is. */
    note(event: KubernetesObject): string | undefined {
      const { involvedObject } = event as KubernetesObject & { involvedObject?: { uid?: string } };
      const uid = involvedObject?.uid;
      if (!uid) return undefined;
      const own = byUid.get(uid) ?? new Map<string, KubernetesObject>();
      own.delete(event.metadata.name);
      own.set(event.metadata.name, event);
      dropOldest(own, mostEach);
      byUid.delete(uid);
      byUid.set(uid, own);
      dropOldest(byUid, mostObjects);
      return uid;
    },

    about(uids: readonly (string | undefined)[]): KubernetesObject[] {
      return uids.flatMap((uid) => [...(byUid.get(uid ?? "")?.values() ?? [])]);
    },
  };
}

/** Maps keep their entries in the order they came. */
function dropOldest<K, V>(map: Map<K, V>, most: number): void {
  for (const key of map.keys()) {
    if (map.size <= most) return;
    map.delete(key);
  }
}
