import type { ContainerStatus } from "../../../core/health/container.ts";
import { listOf } from "../../../core/health/health.ts";
import type { KubernetesObject } from "../../../core/kubernetes-object.ts";
import type { LogPlace } from "../../cluster/logs.ts";

const mostContainers = 6;

/** Where to read what the containers of these pods said that do not work: those that restarted most come first. */
export function failedContainers(pods: readonly KubernetesObject[]): LogPlace[] {
  const failed = pods.flatMap(({ metadata, status }) => {
    const { namespace = "", name: pod } = metadata;
    const statuses = [
      ...listOf<ContainerStatus>(status?.initContainerStatuses),
      ...listOf<ContainerStatus>(status?.containerStatuses),
    ];
    return statuses.filter(isFailed).map((container) => ({ namespace, pod, container }));
  });
  const worst = failed.toSorted((a, b) => restartsOf(b.container) - restartsOf(a.container));
  return worst
    .slice(0, mostContainers)
    .flatMap(({ container, ...place }) =>
      livesOf(container).map((previous) => ({ ...place, container: container.name, previous })),
    );
}

const restartsOf = ({ restartCount = 0 }: ContainerStatus) => restartCount;

function isFailed(container: ContainerStatus): boolean {
  const { ready, state, lastState } = container;
  if (livesOf(container).length === 0 || state?.terminated?.exitCode === 0) return false;
  return !ready || (lastState?.terminated?.exitCode ?? 0) !== 0;
}

/** Which of its lives have a log: the one before the last restart, and this one. */
function livesOf({ state, lastState }: ContainerStatus): boolean[] {
  const before = lastState?.terminated ? [true] : [];
  // One that waits for its next start has nothing but its last life, and gives that for either.
  return state?.running || state?.terminated ? [...before, false] : before;
}
