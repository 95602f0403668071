import { demandNamespace, demandRole } from "../../../core/access/grant.ts";
import type { KubernetesObject } from "../../../core/kubernetes-object.ts";
import { statusOf } from "../../../core/logs/container-state.ts";
import { invalid, notFound } from "../../../core/problem.ts";
import type { Cluster } from "../../cluster/connection.ts";
import type { GrantedResource } from "../../storage/resources.ts";
import type { TerminalNeeds } from "./terminal-needs.ts";

/** A pod that somebody may have a terminal in; refuses in words where they may not. */
export async function demandPod(
  { resources }: Pick<TerminalNeeds, "resources">,
  id: string,
  user_id: string,
): Promise<GrantedResource> {
  const found = await resources.findGranted(id, user_id);
  if (!found) throw notFound("Resource");
  const { resource, grant } = found;
  if (resource.kind !== "Pod" || resource.api_group !== "")
    throw invalid("Only pods support terminal access");
  demandNamespace(grant, resource.namespace);
  demandRole(grant, "editor");
  return found;
}

export type Pod = KubernetesObject & {
  spec: { containers: Container[]; initContainers?: Container[]; ephemeralContainers?: Container[] };
  status: { phase?: string };
};

interface Container {
  name: string;
  securityContext?: Record<string, unknown>;
}

/** The pod as it is in the cluster now; nothing if there is none. */
export async function readPod(
  cluster: Pick<Cluster, "read">,
  { namespace, name }: { namespace: string; name: string },
  signal: AbortSignal,
): Promise<Pod | undefined> {
  const identity = { apiVersion: "v1", kind: "Pod", metadata: { namespace, name } };
  // A cluster's own pod has both.
  return (await cluster.read(identity, { signal })) as Pod | undefined;
}

/** The container that is asked for, or the first; refuses where it does not run. */
export function demandContainer(pod: Pod | undefined, asked: string | undefined): Container {
  if (!pod) throw invalid("The pod is gone from the cluster");
  const { containers, initContainers = [], ephemeralContainers = [] } = pod.spec;
  const all = [...containers, ...initContainers, ...ephemeralContainers];
  const container = asked === undefined ? all[0] : all.find(({ name }) => name === asked);
  if (!container) throw refusal(`The pod has no container ${asked}`);
  if (pod.status.phase !== "Running" || pod.metadata.deletionTimestamp)
    throw invalid(`The pod ${pod.metadata.name} is not running`);
  if (!statusOf(pod, container.name)?.state?.running)
    throw refusal(`The container ${container.name} is not running`);
  return container;
}

function refusal(message: string): Error {
  return invalid(message, [{ path: "/container", message }]);
}
