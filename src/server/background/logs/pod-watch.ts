import type { KubernetesObject } from "../../../core/kubernetes-object.ts";
import { type ContainerState, containerState } from "../../../core/logs/container-state.ts";
import type { Cluster } from "../../cluster/connection.ts";

export type PodCluster = Pick<Cluster, "followWhole" | "read">;

export type PodWatch = ReturnType<typeof watchPod>;

/** One pod as it is just now, by its uid: another of its name is another pod. */
export function watchPod(cluster: PodCluster, first: KubernetesObject) {
  const { name, namespace = "", uid } = first.metadata;
  let pod: KubernetesObject | undefined = first;
  const waiting = new Set<() => void>();

  function take(next: KubernetesObject | undefined): void {
    pod = next;
    for (const wake of waiting) wake();
  }

  const following = cluster.followWhole(
    { apiVersion: "v1", kind: "Pod", namespace },
    ({ object, isGone }) => {
      if (object.metadata.uid === uid) take(isGone ? undefined : object);
    },
  );
  following.listed.catch(() => undefined);

  return {
    isGone: () => pod === undefined,
    state: (container: string): ContainerState | undefined => pod && containerState(pod, container),

    /** Asks the cluster itself: what is followed may be late by a moment, in which containers end and begin. */
    async look(signal: AbortSignal): Promise<void> {
      const identity = { apiVersion: "v1", kind: "Pod", metadata: { name, namespace } };
      const live = await cluster.read(identity, { signal });
      take(live?.metadata.uid === uid ? live : undefined);
    },

    /** Waits until something is new, or the time is over. */
    async changed(ms: number, signal: AbortSignal): Promise<void> {
      const { promise, resolve } = Promise.withResolvers<void>();
      const wake = () => resolve();
      const timer = setTimeout(wake, ms);
      waiting.add(wake);
      signal.addEventListener("abort", wake);
      await promise;
      // A pod may be followed for weeks: nothing may be left of each time that was waited.
      clearTimeout(timer);
      waiting.delete(wake);
      signal.removeEventListener("abort", wake);
      signal.throwIfAborted();
    },

    leave: following.leave,
  };
}
