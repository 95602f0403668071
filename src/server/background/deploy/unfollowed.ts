import { type KubernetesObject, keyOf, type ObjectIdentity } from "../../../core/kubernetes-object.ts";
import type { Cluster } from "../../cluster/connection.ts";
import type { ClusterView } from "../cluster-view.ts";
import { isFollowed } from "../followed-kinds.ts";

const againMs = 1_000;

/**
 * A view that also sees kinds nobody watches, such as those of an `object` node: they are read when they are
 * looked at, once a second at most, and what was seen is what was read last.
 */
export function seeingAll(view: ClusterView, cluster: Pick<Cluster, "read">, signal: AbortSignal) {
  const seen = new Map<string, { object: KubernetesObject | undefined; atMs: number }>();

  async function look(identity: ObjectIdentity): Promise<void> {
    const object = await cluster.read(identity, { signal }).catch(() => undefined);
    if (object) seen.set(keyOf(identity), { object, atMs: performance.now() });
  }

  return {
    assess: view.assess,
    join: view.join,
    find(identity: ObjectIdentity): KubernetesObject | undefined {
      if (isFollowed(identity)) return view.find(identity);
      const known = seen.get(keyOf(identity));
      if (!known || performance.now() - known.atMs > againMs) {
        seen.set(keyOf(identity), { object: known?.object, atMs: performance.now() });
        void look(identity);
      }
      return known?.object;
    },
  };
}
