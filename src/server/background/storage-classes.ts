import type { KubernetesObject } from "../../core/kubernetes-object.ts";
import type { Cluster } from "../cluster/connection.ts";

const lookAgainMs = 60_000;

/** Storage classes say why a claim waits. They seldom change, so that not every run has to ask for them. */
export function createStorageClasses(cluster: Pick<Cluster, "list">) {
  let classes: KubernetesObject[] = [];
  let lookedMs = Number.NEGATIVE_INFINITY;

  return {
    seen: () => classes,
    async look(signal: AbortSignal): Promise<void> {
      if (performance.now() - lookedMs < lookAgainMs) return;
      lookedMs = performance.now();
      try {
        classes = await cluster.list("storage.k8s.io/v1", "StorageClass", { signal });
      } catch {
        lookedMs = Number.NEGATIVE_INFINITY;
      }
    },
  };
}
