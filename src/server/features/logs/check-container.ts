import type { KubernetesObject } from "../../../core/kubernetes-object.ts";
import { containersOf } from "../../../core/logs/container-state.ts";
import { invalid, notFound } from "../../../core/problem.ts";
import { loggedKinds } from "../../background/logs/followed-pods.ts";
import type { LogRequest } from "../../background/logs/log-streams.ts";

/** Refuses what is not there any more, and a container that it has not. */
export async function checkContainer({ cluster, owner, container, gone }: LogRequest): Promise<void> {
  const { kind, ...metadata } = owner;
  const apiVersion = loggedKinds[kind] ?? "";
  const live = await cluster.read({ apiVersion, kind, metadata }, { signal: gone });
  if (!live) throw notFound("Resource");
  if (container === undefined || container === "*") return;
  if (containersOf(podOf(live)).includes(container)) return;
  const message = `${kind} ${owner.name} has no container ${container}`;
  throw invalid(message, [{ path: "/container", message }]);
}

/** A pod, or what a workload makes its pods of. */
function podOf(live: KubernetesObject): KubernetesObject {
  const { spec = {} } = live;
  const job = spec.jobTemplate as { spec?: typeof spec } | undefined;
  const template = (job?.spec?.template ?? spec.template) as { spec?: typeof spec } | undefined;
  return template?.spec ? { ...live, spec: template.spec } : live;
}
